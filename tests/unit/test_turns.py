"""Turns of the assistant: a few at a time, each conversation's one after the other."""

import asyncio
from typing import Any, cast

from bot.conversation.turns import Turns


class Thinker:
    """Takes a turn when it is told to."""

    def __init__(self) -> None:
        self.thinking: list[str] = []
        self.most = 0
        self.done: list[str] = []
        self.go_on = asyncio.Event()

    async def take_turn(self, conversation_id: str) -> bool:
        self.thinking.append(conversation_id)
        self.most = max(self.most, len(self.thinking))
        await self.go_on.wait()
        self.thinking.remove(conversation_id)
        self.done.append(conversation_id)
        return False


def turns_of(thinker: Thinker, at_once: int) -> Turns:
    return Turns(thinker.take_turn, cast(Any, None), at_once)


async def everybody_moves() -> None:
    for _ in range(20):
        await asyncio.sleep(0)  # noqa: TID251 -- gives the others a turn, no time passes


async def test_no_more_than_so_many_at_once_and_all_in_the_end_in_order() -> None:
    thinker = Thinker()
    turns = turns_of(thinker, at_once=2)
    for name in "abcde":
        turns.start(name)
    await everybody_moves()
    assert thinker.thinking == ["a", "b"]
    thinker.go_on.set()
    await turns.settle()
    assert thinker.done == list("abcde")
    assert thinker.most == 2
    assert turns.idle


async def test_a_message_during_a_turn_is_taken_after_it_and_one_before_it_with_it() -> None:
    thinker = Thinker()
    turns = turns_of(thinker, at_once=1)
    turns.start("a")
    turns.start("b")
    await everybody_moves()
    turns.start("a")  # its turn is under way: another one has to follow
    turns.start("b")  # its turn has not begun: that one will see both messages
    thinker.go_on.set()
    await turns.settle()
    assert sorted(thinker.done) == ["a", "a", "b"]


async def test_closing_stops_those_who_think_and_those_who_wait() -> None:
    thinker = Thinker()
    turns = turns_of(thinker, at_once=1)
    turns.start("a")
    turns.start("b")
    await everybody_moves()
    await turns.close()
    assert turns.idle
    assert thinker.done == []
