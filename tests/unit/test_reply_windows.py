"""How often and how long a channel lets us write (官方文档 客服消息: 下发条数限制)."""

from datetime import timedelta

import pytest

from bot.domain.conversations import Kind, Speaker
from bot.domain.reply_windows import CLOSED, Occasion, ReplyWindow
from bot.testing import START as NOW

SECOND = timedelta(seconds=1)


def spent(window: ReplyWindow, times: int) -> ReplyWindow:
    for _ in range(times):
        window = window.spent(NOW)
    return window


@pytest.mark.parametrize(
    ("occasion", "number", "lasts"),
    [
        (Occasion.WROTE, 5, timedelta(hours=48)),
        (Occasion.TAPPED, 3, timedelta(minutes=1)),
        (Occasion.FOLLOWED, 3, timedelta(minutes=1)),
        (Occasion.SCANNED, 3, timedelta(minutes=1)),
    ],
)
def test_each_occasion_gives_so_many_for_so_long(occasion: Occasion, number: int, lasts: timedelta) -> None:
    window = ReplyWindow().opened(occasion, NOW)
    assert window.left(NOW) == window.left(NOW + lasts - SECOND) == number
    assert window.left(NOW + lasts) == 0
    assert window.closes_at(NOW) == NOW + lasts
    assert window.closes_at(NOW + lasts) is None
    assert (window.is_open(NOW), window.is_open(NOW + lasts)) == (True, False)


def test_without_an_occasion_nothing_may_be_sent() -> None:
    assert ReplyWindow().left(NOW) == CLOSED.left(NOW) == 0
    assert ReplyWindow().spent(NOW) == CLOSED
    assert not ReplyWindow().allows(Kind.SAFETY, Speaker.BOT, NOW)


def test_writing_again_begins_anew_and_adds_nothing() -> None:
    window = spent(ReplyWindow().opened(Occasion.WROTE, NOW), 3)
    again = window.opened(Occasion.WROTE, NOW + timedelta(hours=1))
    assert (window.left(NOW), again.left(NOW + timedelta(hours=1))) == (2, 5)
    assert again.closes_at(NOW) == NOW + timedelta(hours=49)


@pytest.mark.parametrize("occasion", list(Occasion))
def test_an_unspent_window_need_not_be_opened_again_for_a_while(occasion: Occasion) -> None:
    window = ReplyWindow().opened(occasion, NOW)
    assert window.is_fresh(occasion, NOW)
    assert not spent(window, 1).is_fresh(occasion, NOW)
    assert not ReplyWindow().is_fresh(occasion, NOW)
    closes = window.closes_at(NOW)
    assert closes
    lasts = closes - NOW
    assert window.is_fresh(occasion, NOW + lasts * 0.019)
    assert not window.is_fresh(occasion, NOW + lasts * 0.021)


def test_a_tap_is_spent_first_because_it_is_lost_first() -> None:
    window = ReplyWindow().opened(Occasion.WROTE, NOW).opened(Occasion.TAPPED, NOW)
    assert window.left(NOW) == 8
    window = spent(window, 4)
    assert window.left(NOW) == 4
    assert window.left(NOW + timedelta(minutes=1)) == 4, "only those of the tap were spent, and one more"


def test_a_tap_does_not_open_the_48_hours() -> None:
    window = ReplyWindow().opened(Occasion.TAPPED, NOW)
    assert window.left(NOW + timedelta(minutes=1)) == 0


def test_no_more_is_spent_than_there_is() -> None:
    window = spent(ReplyWindow().opened(Occasion.WROTE, NOW), 9)
    assert (window.left(NOW), window.is_open(NOW)) == (0, True)


def test_what_the_channel_says_counts_more_than_what_was_counted() -> None:
    window = ReplyWindow().opened(Occasion.WROTE, NOW).used_up(NOW)
    assert (window.left(NOW), window.is_open(NOW)) == (0, True), "the number is used up, the time is not over"
    assert window.opened(Occasion.WROTE, NOW).left(NOW) == 5
    assert not CLOSED.is_open(NOW)


AUTOMATIC = [Kind.WAITING_PROMPT, Kind.NOTICE, Kind.GREETING, Kind.SURVEY]
ANSWERS = [Kind.ANSWER, Kind.QUESTION, Kind.SAFETY]


@pytest.mark.parametrize("kind", AUTOMATIC)
def test_prompts_leave_the_last_two_for_answers(kind: Kind) -> None:
    window = ReplyWindow().opened(Occasion.WROTE, NOW)
    assert [spent(window, n).allows(kind, Speaker.SYSTEM, NOW) for n in range(6)] == [True] * 3 + [False] * 3


@pytest.mark.parametrize("kind", ANSWERS)
def test_answers_may_take_all_there_is(kind: Kind) -> None:
    window = ReplyWindow().opened(Occasion.WROTE, NOW)
    assert [spent(window, n).allows(kind, Speaker.BOT, NOW) for n in range(6)] == [True] * 5 + [False]


def test_whatever_an_agent_says_is_an_answer() -> None:
    assert spent(ReplyWindow().opened(Occasion.WROTE, NOW), 4).allows(Kind.NOTICE, Speaker.AGENT, NOW)
