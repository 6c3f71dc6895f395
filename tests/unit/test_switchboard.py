"""Two Rasas behind one assistant: new questions to the live one, a dialogue ends where it began."""

import asyncio

from bot.adapters.rasa.switchboard import Switchboard
from bot.ports import AssistantAnswer, Bubble
from bot.testing import ScriptedAssistant

ASKS = AssistantAnswer(bubbles=(Bubble("户号是多少？"),), asks=True)


def both() -> tuple[ScriptedAssistant, ScriptedAssistant, Switchboard]:
    old, new = ScriptedAssistant({"报数": ASKS}), ScriptedAssistant()
    return old, new, Switchboard(old)


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
