"""Messages are never lost and never doubled on their way out (design 5)."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from functools import partial

import pytest

from bot.channel import SENT, UNCERTAIN, ChannelDown, Outcome, gone
from bot.domain.conversations import Delivery, Kind, Message
from bot.ports import AssistantAnswer, Bubble, Contact
from bot.testing import RecordingChannel
from tests.flows.desk import Desk
from tests.flows.live import eventually

ANN = Contact("test:ann", "test")


async def states(desk: Desk, who: str = "ann") -> list[str]:
    history = await desk.gasdesk.stores.transcripts.history(f"test:{who}", 0)
    return [message.delivery.value for message in history if message.speaker.value != "customer"]


async def hand_over(desk: Desk, text: str) -> None:
    """Ann writes and is answered; the state of the answer is not written yet."""
    await say(desk, text)
    await desk.gasdesk.core.outbox.settle()


async def say(desk: Desk, text: str) -> None:
    """Ann writes, and the answer is stored."""
    await desk.gasdesk.core.receive(ANN, None, text)
    await desk.gasdesk.reactions.settle()
    await desk.gasdesk.core.turns.settle()
    await desk.gasdesk.reactions.settle()


def retrying(desk: Desk) -> bool:
    return bool(desk.gasdesk.core.outbox._lines)


async def back_up(desk: Desk) -> None:
    """The channel works again, and the next attempt is due."""
    desk.channel.down = False
    desk.clock.advance(120)
    await eventually(lambda: not retrying(desk))
    await desk.gasdesk.settle()


async def test_what_a_dead_channel_did_not_take_is_sent_later_in_order(desk: Desk) -> None:
    desk.channel.down = True
    for text in ("一", "二", "三"):
        await desk.write(text)
    assert await states(desk) == ["pending"] * 3
    await back_up(desk)
    assert desk.heard() == ["您说的是：一", "您说的是：二", "您说的是：三"]
    assert await states(desk) == ["sent"] * 3


async def test_a_dead_channel_is_asked_less_and_less_often(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[float] = []
    began = desk.clock.now()

    async def dead(*_: object) -> Sequence[Outcome]:
        asked.append((desk.clock.now() - began).total_seconds())
        raise ChannelDown("scripted to be down")

    monkeypatch.setattr(desk.channel, "send", dead)
    await desk.write("一")

    def has_asked(times: int) -> bool:
        return len(asked) == times

    for attempts, seconds in enumerate((1, 2, 4, 8), start=2):
        desk.clock.advance(seconds)
        await eventually(partial(has_asked, attempts))
    assert asked == [0, 1, 3, 7, 15]


async def test_one_customers_dead_line_holds_up_nobody_else(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    send = desk.channel.send

    async def dead_for_ann(contact_id: str, messages: Sequence[Message]) -> Sequence[Outcome]:
        if contact_id == ANN.id:
            raise ChannelDown("scripted to be down")
        return await send(contact_id, messages)

    monkeypatch.setattr(desk.channel, "send", dead_for_ann)
    await desk.write("一")
    await desk.write("一", "bob")
    assert desk.heard("bob") == ["您说的是：一"]


async def test_what_is_said_while_the_last_one_is_being_retried_is_not_forgotten(desk: Desk) -> None:
    """The retry had read what to send before this message was stored."""
    desk.channel.down = True
    await desk.write("一")
    desk.channel.down = False
    sending, go_on = asyncio.Event(), asyncio.Event()
    send = desk.channel.send

    async def slow(contact_id: str, messages: Sequence[Message]) -> Sequence[Outcome]:
        sending.set()
        await go_on.wait()
        return await send(contact_id, messages)

    desk.channel.send = slow  # type: ignore[method-assign]
    desk.clock.advance(1)
    await sending.wait()
    await say(desk, "二")
    go_on.set()
    await eventually(lambda: not retrying(desk))
    assert desk.heard() == ["您说的是：一", "您说的是：二"]


async def test_a_retry_does_not_repeat_what_was_sent_a_moment_ago(desk: Desk) -> None:
    """Its state is written with the next bundle only."""
    desk.assistant.answers["一"] = "第一句"
    await hand_over(desk, "一")
    assert await states(desk) == ["pending"], "sent, and not written yet"
    desk.channel.down = True
    await hand_over(desk, "二")
    await back_up(desk)
    assert desk.heard() == ["第一句", "您说的是：二"]


async def test_an_uncertain_one_between_two_sent_ones_stays_uncertain(desk: Desk) -> None:
    """All three states are written in one bundle."""
    desk.channel.answer = lambda message: Delivery.UNCERTAIN if "二" in message.text else Delivery.SENT
    for text in ("一", "二", "三"):
        await hand_over(desk, text)
    await desk.gasdesk.settle()
    assert await states(desk) == ["sent", "uncertain", "sent"]
    assert desk.heard() == ["您说的是：一", "您说的是：二", "您说的是：三"], "nor is it repeated"


async def test_an_uncertain_safety_instruction_is_repeated(desk: Desk) -> None:
    answers = iter([Delivery.UNCERTAIN, Delivery.SENT])
    desk.channel.answer = lambda message: next(answers) if message.kind is Kind.SAFETY else Delivery.SENT
    await desk.write("我家漏气了")
    assert len(desk.heard(kind=Kind.SAFETY)) == 2
    assert await states(desk) == ["sent", "sent"]


async def test_an_instruction_that_stays_uncertain_is_not_repeated_for_ever(desk: Desk) -> None:
    desk.channel.answer = lambda message: Delivery.UNCERTAIN
    await desk.write("我家漏气了")
    assert len(desk.heard(kind=Kind.SAFETY)) == 3
    assert await states(desk) == ["uncertain", "uncertain"]


async def test_states_survive_a_database_that_is_gone(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    async def lost(*_: object) -> None:
        raise ConnectionError("the database is gone")

    with monkeypatch.context() as outage:
        outage.setattr(desk.gasdesk.stores.transcripts, "mark_delivery", lost)
        await desk.write("一")
        assert not await desk.gasdesk.core.outbox.marks.flush()
    assert await states(desk) == ["pending"]
    assert await desk.gasdesk.core.outbox.marks.flush()
    assert await states(desk) == ["sent"]


async def test_what_an_earlier_run_left_is_sent_at_the_start(desk: Desk) -> None:
    desk.channel.down = True
    await desk.write("一")
    await desk.write("一", "bob")
    await desk.gasdesk.core.outbox.close()
    desk.channel.down = False
    await desk.gasdesk.core.outbox.deliver_left_over()
    await eventually(lambda: not retrying(desk))
    assert desk.heard() == desk.heard("bob") == ["您说的是：一"]
    await desk.gasdesk.core.outbox.deliver_left_over()
    await eventually(lambda: not retrying(desk))
    assert desk.heard() == ["您说的是：一"], "once"


async def test_a_customer_who_is_not_there_is_not_waited_for(desk: Desk) -> None:
    """A page fetches what it missed; nobody keeps trying."""
    desk.channel.answer = lambda _: Delivery.PENDING
    await desk.write("一")
    assert not retrying(desk)
    assert await states(desk) == ["pending"]


async def test_each_message_goes_to_its_own_channel(desk: Desk) -> None:
    other = RecordingChannel("other")
    desk.gasdesk.core.outbox._channels = {**desk.gasdesk.core.outbox._channels, "other": other}
    await desk.gasdesk.core.receive(Contact("other:zoe", "other"), None, "一")
    await desk.gasdesk.settle()
    assert [m.text for m in other.sent["other:zoe"]] == ["您说的是：一"]


async def test_a_channel_that_is_switched_off_keeps_its_messages(desk: Desk) -> None:
    desk.gasdesk.core.outbox._channels = {}
    await desk.write("一")
    assert await states(desk) == ["pending"]
    desk.gasdesk.core.outbox._channels = {"test": desk.channel}
    await desk.gasdesk.core.outbox.deliver_left_over()
    await desk.gasdesk.settle()
    assert desk.heard() == ["您说的是：一"]


async def test_a_channel_that_says_when_to_come_back_is_not_asked_sooner(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[float] = []
    began = desk.clock.now()

    async def busy(*_: object) -> Sequence[Outcome]:
        asked.append((desk.clock.now() - began).total_seconds())
        if len(asked) == 1:
            raise ChannelDown("too many requests", timedelta(seconds=30))
        return [SENT]

    monkeypatch.setattr(desk.channel, "send", busy)
    await desk.write("一")
    desk.clock.advance(29)
    await desk.gasdesk.settle()
    desk.clock.advance(1)
    await eventually(lambda: not retrying(desk))
    assert asked == [0, 30]


async def test_the_agent_is_told_of_what_can_never_arrive(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    async def blocked(*_: object) -> Sequence[Outcome]:
        return [gone("用户已屏蔽本账号")]

    monkeypatch.setattr(desk.channel, "send", blocked)
    await desk.write("一")
    assert await states(desk) == ["failed"]
    facts = await desk.gasdesk.stores.transcripts.facts((await desk.conversation()).id)
    assert [fact.text for fact in facts if fact.what == "undelivered"] == ["第 2 条消息无法送达：用户已屏蔽本账号"]


async def test_what_may_not_be_sent_now_is_sent_when_the_customer_writes_again(desk: Desk) -> None:
    desk.channel.answer = lambda _: Delivery.PENDING
    await desk.write("一")
    desk.channel.sent.clear()
    desk.channel.answer = lambda _: Delivery.SENT
    await desk.write("二")
    assert desk.heard() == ["您说的是：一", "您说的是：二"]
    assert await states(desk) == ["sent", "sent"]


async def test_a_channel_may_take_several_messages_as_one(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.assistant.answers["一"] = AssistantAnswer(bubbles=(Bubble("甲"), Bubble("乙"), Bubble("丙")))
    offered: list[list[str]] = []

    async def two_at_a_time(contact_id: str, messages: Sequence[Message]) -> Sequence[Outcome]:
        offered.append([message.text for message in messages])
        return [SENT, UNCERTAIN][: len(messages)]

    monkeypatch.setattr(desk.channel, "send", two_at_a_time)
    await desk.write("一")
    assert offered == [["甲", "乙", "丙"], ["丙"]]
    assert await states(desk) == ["sent", "uncertain", "sent"]


async def test_after_an_outage_the_safety_instruction_goes_first(desk: Desk) -> None:
    desk.channel.down = True
    await desk.write("一")
    await desk.write("我家漏气了")
    await back_up(desk)
    kinds = [message.kind for message in desk.channel.sent[ANN.id]]
    assert kinds[:3] == [Kind.SAFETY, Kind.ANSWER, Kind.QUESTION]
    assert kinds.count(Kind.SAFETY) == 1
    assert set(await states(desk)) == {"sent"}
