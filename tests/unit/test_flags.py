"""Which notes of agents correct the assistant, and what is taken from a message as examples."""

import pytest

from bot.training.examples import BadExample, Entity, Example, checked, plain, read_line
from bot.training.flags import corrects


@pytest.mark.parametrize(
    "note",
    [
        "其实是要过户，不是开户",
        "机器人理解错了，用户要报修",
        "用户真正想问的是发票",
        "助手没听懂，他说的是燃气本",
        "应该算投诉",
        "不是报修，是投诉",
        "智能客服答非所问",
    ],
)
def test_a_note_that_corrects(note: str) -> None:
    assert corrects(note)


@pytest.mark.parametrize(
    "note", ["用户下午三点方便", "已联系维修班", "客户姓李，住三楼", "不是很着急", "助手已收集户号", "用户情绪不太好"]
)
def test_a_note_that_does_not(note: str) -> None:
    assert not corrects(note)


MESSAGE = "幸福小区没气了，还有气费怎么缴"


def test_parts_are_what_the_customer_wrote() -> None:
    parts = [Example("幸福小区没气了", "report_no_gas"), Example("气费怎么缴", "pay_bill")]
    assert checked(MESSAGE, parts) == tuple(parts)


@pytest.mark.parametrize(
    ("texts", "why"),
    [
        ([], "至少留下一句"),
        (["气"], "太短"),
        (["小区停气了"], "不是用户的原话"),
        (["气费怎么缴", "气费怎么缴"], "两句一样"),
        ([" 没气了"], "前后有空格"),
    ],
)
def test_other_parts_are_refused(texts: list[str], why: str) -> None:
    with pytest.raises(BadExample, match=why):
        checked(MESSAGE, [Example(text, "pay_bill") for text in texts])


def test_a_story_has_to_be_divided() -> None:
    with pytest.raises(BadExample, match="拆成几句"):
        checked("长" * 130, [Example("长" * 130, "pay_bill")])


def test_marks_are_written_as_rasa_does_and_read_back() -> None:
    marked = Example(MESSAGE, "report_no_gas", (Entity(8, 8, "time"),))
    with pytest.raises(BadExample, match="超出"):
        checked(MESSAGE, [marked])
    (one,) = checked(
        MESSAGE, [Example(MESSAGE, "report_no_gas", (Entity(10, 12, "amount"), Entity(0, 4, "community")))]
    )
    assert one.line == "[幸福小区](community)没气了，还有[气费](amount)怎么缴"
    assert read_line(one.line) == (MESSAGE, one.entities)
    assert plain('去[明天]{"entity": "time"}来') == "去明天来"


@pytest.mark.parametrize(
    ("entities", "why"),
    [
        ((Entity(0, 4, "community"), Entity(3, 6, "time")), "重叠"),
        ((Entity(0, 99, "community"),), "超出"),
        ((Entity(0, 4, "soul"),), "没有“soul”"),
    ],
)
def test_marks_that_cannot_be(entities: tuple[Entity, ...], why: str) -> None:
    with pytest.raises(BadExample, match=why):
        checked(MESSAGE, [Example(MESSAGE, "report_no_gas", entities)])
