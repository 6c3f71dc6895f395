"""A report that may be mere talk waits for the assistant's opinion, and never longer than a moment."""

import asyncio

import pytest

from bot.conversation import emergency_doubt
from bot.domain.conversations import Kind
from bot.domain.emergencies import EmergencyKind
from bot.ports import AssistantAnswer, Bubble
from tests.flows.desk import Desk

TALK = "群里说着火了，是真的吗，我想问问保险"
PLAIN = "我家厨房里有很重的煤气味"


def opinion(chance: float | None) -> AssistantAnswer:
    return AssistantAnswer(bubbles=(Bubble("好的。"),), emergency_chance=chance)


async def alarmed(desk: Desk) -> bool:
    return any(m.kind is Kind.SAFETY for m in await desk.gasdesk.stores.transcripts.history("test:ann", 0))


def test_only_talk_waits() -> None:
    assert emergency_doubt.may_wait(TALK)
    assert not emergency_doubt.may_wait(PLAIN)
    assert not emergency_doubt.may_wait("现在漏气了怎么关，是不是要换")


async def test_talk_the_assistant_is_nearly_sure_about_is_answered_as_talk(desk: Desk) -> None:
    desk.assistant.answers[TALK] = opinion(0.02)
    await desk.write(TALK)
    assert not await alarmed(desk)
    assert desk.heard()[-1] == "好的。"


@pytest.mark.parametrize("chance", [None, 0.1, 0.6])
async def test_any_doubt_of_the_assistant_is_an_alarm(desk: Desk, chance: float | None) -> None:
    desk.assistant.answers[TALK] = opinion(chance)
    await desk.write(TALK)
    assert await alarmed(desk)
    conversation = await desk.conversation("ann")
    assert conversation.emergency is not None
    assert conversation.emergency.kind is EmergencyKind.FIRE


async def test_without_the_assistant_every_doubt_is_an_alarm(desk: Desk) -> None:
    desk.assistant.ready = False
    await desk.write(TALK)
    assert await alarmed(desk)


async def test_a_plain_report_asks_nobody(desk: Desk) -> None:
    desk.assistant.answers[PLAIN] = opinion(0.0)
    await desk.write(PLAIN)
    assert await alarmed(desk)
    assert desk.assistant.asked == []


async def test_an_assistant_that_thinks_too_long_is_not_waited_for(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(emergency_doubt, "PATIENCE", 0.01)
    desk.assistant.hold = asyncio.Event()
    await desk.write(TALK)
    await desk.gasdesk.settle()
    assert await alarmed(desk)


async def test_an_agents_customer_is_told_at_once(desk: Desk) -> None:
    await desk.staff("101")
    desk.assistant.answers["转人工"] = AssistantAnswer(handoff="用户要求人工", bubbles=(Bubble("好的。"),))
    await desk.write("转人工")
    asked = len(desk.assistant.asked)
    await desk.write(TALK)
    assert await alarmed(desk)
    assert len(desk.assistant.asked) == asked
