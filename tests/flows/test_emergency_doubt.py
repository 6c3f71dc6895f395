"""A report that may be mere talk waits for the assistant's opinion, and never longer than a moment."""

import asyncio

import pytest

from bot.conversation import emergency_check, emergency_doubt
from bot.conversation.emergency_doubt import Verdict, weigh
from bot.conversation.emergency_finding import Finding, Grade
from bot.conversation.emergency_screen import look
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
    assert emergency_doubt.may_wait(look(TALK))
    assert not emergency_doubt.may_wait(look(PLAIN))
    assert not emergency_doubt.may_wait(look("现在煤气漏了怎么关，是不是要换"))


async def test_talk_the_assistant_is_nearly_sure_about_is_answered_as_talk(desk: Desk) -> None:
    desk.assistant.answers[TALK] = opinion(0.02)
    await desk.write(TALK)
    assert not await alarmed(desk)
    assert desk.heard()[-1] == "好的。"


async def test_a_customer_is_asked_when_nobody_is_sure(desk: Desk) -> None:
    desk.assistant.answers[TALK] = opinion(0.2)
    await desk.write(TALK)
    assert not await alarmed(desk)
    say = desk.company.emergency_scripts
    assert desk.heard() == [desk.company.fill(say.check), "好的。"]
    assert [button.title for button in desk.channel.sent["test:ann"][-1].buttons] == [say.check_fire]


async def test_who_was_asked_is_not_asked_again_for_a_faint_likeness(desk: Desk) -> None:
    first, faint, nearer = "用罐行不", "那我先不开了", "头有点晕"
    for text, chance in ((first, 0.2), (faint, 0.2), (nearer, 0.3)):
        desk.assistant.answers[text] = opinion(chance)
        await desk.write(text)
    check = desk.company.fill(desk.company.emergency_scripts.check)
    assert desk.heard() == [check, "好的。", "好的。", check, "好的。"]


@pytest.mark.parametrize("yes", ["有", "是的", "对", "有的", "现在着火了"])
async def test_a_yes_to_the_check_is_an_alarm(desk: Desk, yes: str) -> None:
    desk.assistant.answers[TALK] = opinion(0.2)
    await desk.write(TALK)
    await desk.write(yes)
    conversation = await desk.conversation("ann")
    assert conversation.emergency is not None
    assert conversation.emergency.kind is EmergencyKind.FIRE


@pytest.mark.parametrize("other", ["没有", "没有险情", "电费多少"])
async def test_any_other_answer_to_the_check_is_none(desk: Desk, other: str) -> None:
    desk.assistant.answers[TALK] = opinion(0.2)
    desk.assistant.answers[other] = opinion(0.0)
    await desk.write(TALK)
    await desk.write(other)
    assert not await alarmed(desk)


async def test_a_yes_to_another_question_is_no_alarm(desk: Desk) -> None:
    for text in (TALK, "发票", "有"):
        desk.assistant.answers[text] = opinion(0.2 if text == TALK else 0.0)
        await desk.write(text)
    assert not await alarmed(desk)


@pytest.mark.parametrize("chance", [0.7, 1.0])
async def test_where_the_assistant_reports_what_the_customer_denied_it_asks(desk: Desk, chance: float) -> None:
    """However sure it is: who says outright that all is well is not sent the fire brigade."""
    denied = "没有漏气"
    desk.assistant.answers[denied] = AssistantAnswer(emergency=EmergencyKind.INDOOR_LEAK, emergency_chance=chance)
    await desk.write(denied)
    assert not await alarmed(desk)
    say = desk.company.emergency_scripts
    assert desk.heard() == [desk.company.fill(say.check)]
    assert [b.title for b in desk.channel.sent["test:ann"][-1].buttons] == [say.check_leak, say.check_nothing]


@pytest.mark.parametrize("kind", EmergencyKind)
def test_the_screen_hears_the_buttons_of_the_check(desk: Desk, kind: EmergencyKind) -> None:
    """Whoever has the conversation when they are touched."""
    title = emergency_check.question(desk.company, kind, alone=True).buttons[0].title
    heard = look(title).kind
    assert heard is kind or (heard is EmergencyKind.INDOOR_LEAK and "leak" in kind)


def test_the_more_speaks_for_an_emergency_the_less_the_assistant_has_to_be_sure() -> None:
    chances = [n / 100 for n in range(101)]
    for verdicts in ({Verdict.ALARM}, {Verdict.ALARM, Verdict.ASK}):
        counts = [sum(weigh(Finding(grade), chance) in verdicts for chance in chances) for grade in Grade]
        assert counts == sorted(counts)


@pytest.mark.parametrize("chance", [None, 0.8, 0.9])
async def test_an_assistant_that_is_for_it_or_silent_raises_the_alarm(desk: Desk, chance: float | None) -> None:
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


@pytest.mark.parametrize("text", ["不知道", "现在就来", "你自己查啊", "随便", "没有"])
def test_words_that_fit_any_matter_raise_nothing(text: str) -> None:
    assert emergency_doubt.decide(text, 0.4) == "none"
    assert emergency_doubt.decide(text, 0.9) == "ask"


@pytest.mark.parametrize("text", ["快来", "我在楼下", "怎么办"])
def test_words_that_may_be_a_cry_are_heard(text: str) -> None:
    assert emergency_doubt.decide(text, 0.4) == "alarm"
