"""What the assistant has just said, and what of an answer is new."""

from dataclasses import replace
from datetime import timedelta

from bot.conversation.repetition import IN_SIGHT, what_is_new
from bot.domain.conversations import Button, Kind, Message, Speaker
from bot.ports import Bubble
from bot.testing import START

PAPERS = "到营业厅开纸质发票，请带：户号、缴费凭证、单位名称、纳税人识别号"
HALLS = "安居燃气中心营业厅：安居市平安路1号，周一至周日08:30-17:30"
QUESTION = "请问您要开的是电子发票，还是纸质发票呢？请告诉我一声"
ASKED = Message(
    id="1", conversation_id="c", seq=1, at=START, speaker=Speaker.CUSTOMER, kind=Kind.TEXT, text="发票怎么开"
)
TOLD = [ASKED, *(replace(ASKED, speaker=Speaker.BOT, kind=Kind.ANSWER, text=text) for text in (PAPERS, QUESTION))]


def new(*texts: str, asks: bool = False, wrote: str = "抬头要写公司", after: timedelta = timedelta()) -> list[str]:
    bubbles = tuple(Bubble(text) for text in texts)
    message = replace(ASKED, text=wrote, at=START + after)
    return [bubble.text for bubble in what_is_new(bubbles, asks=asks, message=message, before=TOLD)]


def test_what_was_said_just_now_is_left_out() -> None:
    assert new(PAPERS, HALLS) == [HALLS]
    assert new(PAPERS) == []


def test_a_courtesy_alone_is_no_answer() -> None:
    assert new(PAPERS, "请问还有什么可以帮助您吗？") == []


def test_a_question_is_put_however_often_it_takes() -> None:
    assert new(PAPERS, QUESTION, asks=True) == [QUESTION]
    assert new(QUESTION) == [], "but told as such it is known"


def test_who_repeats_his_words_wants_it_again() -> None:
    assert new(PAPERS, wrote="发票怎么开") == [PAPERS]


def test_what_has_gone_out_of_sight_is_told_again() -> None:
    assert new(PAPERS, after=IN_SIGHT) == []
    assert new(PAPERS, after=IN_SIGHT + timedelta(seconds=1)) == [PAPERS]


def test_what_can_be_tapped_comes_again() -> None:
    menu = Bubble(PAPERS, (Button("是", "是"),))
    assert what_is_new((menu,), asks=False, message=replace(ASKED, text="嗯"), before=TOLD) == (menu,)
