"""Two Rasas behind one assistant: new questions to the live one, a dialogue ends where it began."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

from bot.adapters.rasa.switchboard import Switchboard
from bot.domain.conversations import SeenIntent
from bot.domain.emergencies import EmergencyKind
from bot.ports import Assistant, AssistantAnswer, AssistantDown, Bubble
from bot.testing import ScriptedAssistant, ScriptedParser
from bot.training.canary import Answered, Canary, CanaryBook, chosen
from bot.training.judged import Parsed

ASKS = AssistantAnswer(bubbles=(Bubble("户号是多少？"),), asks=True)


def both() -> tuple[ScriptedAssistant, ScriptedAssistant, Switchboard]:
    old, new = ScriptedAssistant({"报数": ASKS}), ScriptedAssistant()
    return old, new, Switchboard(old, ScriptedParser())


async def test_a_dialogue_under_way_ends_on_the_old_model() -> None:
    old, new, switchboard = both()
    await switchboard.reply("c1", "报数", "m1")
    switchboard.switch(new)
    assert not switchboard.is_done_with(old)
    await switchboard.reply("c1", "10010001", "m2")
    await switchboard.reply("c2", "你好", "m3")
    assert (old.asked, new.asked) == ([("c1", "报数"), ("c1", "10010001")], [("c2", "你好")])
    assert switchboard.is_done_with(old)
    await switchboard.reply("c1", "谢谢", "m4")
    assert new.asked[-1] == ("c1", "谢谢")


async def test_while_it_thinks_it_is_not_done() -> None:
    old, new, switchboard = both()
    old.hold = asyncio.Event()
    thinking = asyncio.create_task(switchboard.reply("c1", "你好", "m1"))
    await old.thinking.wait()
    switchboard.switch(new)
    assert not switchboard.is_done_with(old)
    old.hold.set()
    await thinking
    assert switchboard.is_done_with(old)


async def test_who_was_on_a_model_that_is_stopped_or_dead_goes_on_with_the_live_one() -> None:
    old, new, switchboard = both()
    await switchboard.reply("c1", "报数", "m1")
    await switchboard.reply("c2", "报数", "m2")
    switchboard.switch(new)
    old.ready = False
    await switchboard.reply("c1", "10010001", "m3")
    old.ready = True
    switchboard.forget(old)
    await switchboard.reply("c2", "10010001", "m4")
    assert [conversation for conversation, _ in new.asked] == ["c1", "c2"]


async def test_it_is_as_ready_as_the_live_one() -> None:
    _, new, switchboard = both()
    new.ready = False
    assert switchboard.ready
    switchboard.switch(new)
    assert not switchboard.ready


# --- a model on trial ---

SINCE = datetime(2026, 3, 2, 9, tzinfo=UTC)
LEAK = Parsed((("report_leak", 0.8), ("greet", 0.1)), True, 1.0)


class Book:
    """Implements canary.AnswerStore; every conversation was opened after the trial began, except "early"."""

    def __init__(self) -> None:
        self.answered: list[Answered] = []
        self.book = CanaryBook(self, self.opened_at, lambda: SINCE)

    async def add(self, answered: Answered) -> None:
        self.answered.append(answered)

    async def of(self, release_id: str) -> Sequence[Answered]:
        return self.answered

    async def opened_at(self, conversation_id: str) -> datetime | None:
        return SINCE - timedelta(seconds=1) if conversation_id == "early" else SINCE


def ids(candidate: bool, share: int = 20) -> str:
    """A conversation that is, or is not, among the chosen ones."""
    return next(f"c{n}" for n in range(1000) if chosen("r1", f"c{n}", share) is candidate)


def on_trial(share: int = 20) -> tuple[ScriptedAssistant, ScriptedAssistant, Switchboard, Book]:
    live, candidate, switchboard = both()
    book = Book()
    switchboard.try_out(Canary("r1", share, SINCE, book.book), candidate)
    return live, candidate, switchboard, book


def test_the_share_is_chosen_for_ever_and_anew_for_each_release() -> None:
    conversations = [f"conversation-{n}" for n in range(4000)]
    first = {each for each in conversations if chosen("r1", each, 20)}
    assert 0.18 < len(first) / len(conversations) < 0.22
    assert first == {each for each in conversations if chosen("r1", each, 20)}
    assert first < {each for each in conversations if chosen("r1", each, 50)}
    both_times = {each for each in first if chosen("r2", each, 20)}
    assert 0.1 < len(both_times) / len(first) < 0.3


async def test_its_share_of_new_conversations_goes_to_it_and_earlier_ones_stay() -> None:
    live, candidate, switchboard, book = on_trial()
    mine, other = ids(True), ids(False)
    for conversation in (mine, other, "early", mine):
        await switchboard.reply(conversation, "你好", f"m-{conversation}")
    await book.book.settle()
    assert [each for each, _ in candidate.asked] == [mine, mine]
    assert [each for each, _ in live.asked] == [other, "early"]
    assert [(one.conversation_id, one.candidate) for one in book.answered] == [
        (mine, True), (other, False), (mine, True)
    ]  # fmt: skip


async def test_a_dialogue_that_began_on_the_trial_ends_on_it_when_the_trial_is_over() -> None:
    live, candidate, switchboard, _ = on_trial(50)
    candidate.answers = {"报数": ASKS}
    mine = ids(True, 50)
    await switchboard.reply(mine, "报数", "m1")
    switchboard.end_trial()
    await switchboard.reply(mine, "10010001", "m2")
    assert [text for _, text in candidate.asked] == ["报数", "10010001"]
    await switchboard.reply(mine, "谢谢", "m3")
    assert live.asked == [(mine, "谢谢")]


async def test_a_dead_model_on_trial_leaves_its_customers_to_the_live_one() -> None:
    live, candidate, switchboard, book = on_trial()
    candidate.ready = False
    await switchboard.reply(ids(True), "你好", "m1")
    await book.book.settle()
    assert live.asked == [(ids(True), "你好")]
    assert book.answered == [], "the live model's answer is not the other's merit"


async def test_what_became_of_an_answer_is_noted() -> None:
    _, candidate, switchboard, book = on_trial()
    unsure = SeenIntent("nlu_fallback", 0.3, "？")
    candidate.answers = {"？": AssistantAnswer(bubbles=(Bubble("没听懂"),), intent=unsure, handoff="没听懂")}
    await switchboard.reply(ids(True), "？", "m1")
    candidate.answers = {"你好": AssistantDown("gone")}
    with pytest.raises(AssistantDown):
        await switchboard.reply(ids(True), "你好", "m2")
    await book.book.settle()
    first, second = book.answered
    assert (first.fallback, first.handed_over, first.failed) == (True, True, False)
    assert (second.failed, second.fallback) == (True, False)


async def test_it_never_hears_less_danger_than_the_live_model() -> None:
    live, candidate = ScriptedAssistant(), ScriptedAssistant({"户号": AssistantAnswer(no_emergency=True)})
    switchboard = Switchboard(live, ScriptedParser({"有点怪味": LEAK, "户号": LEAK}))
    switchboard.try_out(Canary("r1", 20, SINCE, Book().book), candidate)
    heard = await switchboard.reply(ids(True), "有点怪味", "m1")
    assert (heard.emergency, heard.emergency_suspected) == (EmergencyKind.INDOOR_LEAK, EmergencyKind.INDOOR_LEAK)
    assert heard.emergency_chance == 0.8
    assert heard.bubbles == (Bubble("您说的是：有点怪味"),)
    answered = await switchboard.reply(ids(True), "户号", "m2")
    assert answered.emergency is None, "it answers the dialogue's own question"
    assert (await switchboard.reply(ids(False), "有点怪味", "m3")).emergency is None, "the live model asks nobody"


async def test_the_louder_of_both_counts() -> None:
    sure = AssistantAnswer(emergency=EmergencyKind.FIRE, emergency_chance=0.9)
    candidate = ScriptedAssistant({"冒烟": sure})
    switchboard = Switchboard(ScriptedAssistant(), ScriptedParser({"冒烟": LEAK}))
    switchboard.try_out(Canary("r1", 20, SINCE, Book().book), candidate)
    assert await switchboard.reply(ids(True), "冒烟", "m1") == sure


# --- what the customer has told already ---


class Carried:
    def __init__(self, problem: AssistantDown | None = None) -> None:
        self.problem = problem
        self.moves: list[tuple[str, Assistant, Assistant]] = []

    async def __call__(self, conversation_id: str, of: Assistant, to: Assistant) -> None:
        self.moves.append((conversation_id, of, to))
        if self.problem:
            raise self.problem


async def test_who_changes_models_takes_along_what_he_has_told() -> None:
    old, new, carry = ScriptedAssistant(), ScriptedAssistant(), Carried()
    switchboard = Switchboard(old, ScriptedParser(), carry)
    await switchboard.reply("c1", "你好", "m1")
    switchboard.switch(new)
    await switchboard.reply("c1", "谢谢", "m2")
    await switchboard.reply("c1", "再见", "m3")
    await switchboard.reply("c2", "你好", "m4")
    assert carry.moves == [("c1", old, new)]


async def test_a_dialogue_is_carried_over_before_its_model_is_stopped() -> None:
    old, new, carry = ScriptedAssistant({"报数": ASKS}), ScriptedAssistant(), Carried()
    switchboard = Switchboard(old, ScriptedParser(), carry)
    await switchboard.reply("c1", "报数", "m1")
    switchboard.switch(new)
    await switchboard.hand_over(old)
    await switchboard.reply("c1", "10010001", "m2")
    assert carry.moves == [("c1", old, new)]
    assert new.asked == [("c1", "10010001")]


async def test_what_cannot_be_carried_over_holds_nobody_up() -> None:
    old, new = ScriptedAssistant(), ScriptedAssistant()
    switchboard = Switchboard(old, ScriptedParser(), Carried(AssistantDown("too slow")))
    await switchboard.reply("c1", "你好", "m1")
    switchboard.switch(new)
    await switchboard.reply("c1", "谢谢", "m2")
    assert new.asked == [("c1", "谢谢")]
