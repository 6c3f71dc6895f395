"""Agents point at what the assistant got wrong: with a key on the desk, or in a private note that corrects it."""

import asyncio
import re
from collections.abc import Sequence

import structlog

from bot.clock import Clock
from bot.domain.conversations import Kind, Message, Speaker
from bot.domain.events import NoteWritten
from bot.domain.text import tidy
from bot.ports import AssistantDown, NoSuchConversation, Transcripts
from bot.training.anonymous import anonymous
from bot.training.flags import LONGEST_REASON, Flag, corrects
from bot.training.labelling import ReviewStore
from bot.training.recorder import Parser
from bot.training.review import Guess, Reason, State, find

log = structlog.get_logger()

_PERSON = re.compile("人工|客服")


class CannotFlag(Exception):
    """The text (Chinese) says why, and what to do."""


class FlagMessages:
    def __init__(self, *, store: ReviewStore, transcripts: Transcripts, parse: Parser, clock: Clock) -> None:
        self._store = store
        self._transcripts = transcripts
        self._parse = parse
        self._clock = clock
        self._looking: set[asyncio.Task[None]] = set()

    async def flag(self, conversation_id: str, seq: int, staff_id: str, why: str) -> State:
        """Put a customer's message into the inbox; what has become of it there already. Again replaces the reason.

        Raises NoSuchConversation, CannotFlag.
        """
        if await self._transcripts.get(conversation_id) is None:
            raise NoSuchConversation(conversation_id)
        said = await self._transcripts.messages(conversation_id, seq - 1)
        message = next((m for m in said if m.seq == seq), None)
        if message is None or message.speaker is not Speaker.CUSTOMER:
            raise CannotFlag("只能标记用户说的话。")
        added = await self._add(conversation_id, message.text, staff_id, why, by_note=False)
        if added is None:
            raise CannotFlag("这条只有数字、太长，或含有无法隐去的个人信息，不能用于训练，没有标记。")
        return added

    def noted(self, event: NoteWritten) -> None:
        """An agent's note may say what the customer really meant. Beside the conversation, which waits for nothing."""
        if corrects(event.note.text):
            task = asyncio.create_task(self._look_at_note(event))
            self._looking.add(task)
            task.add_done_callback(self._looking.discard)

    async def settle(self) -> None:
        """Wait until every note has been looked at."""
        while self._looking:
            await asyncio.wait(self._looking)

    async def _look_at_note(self, event: NoteWritten) -> None:
        try:
            said = await self._transcripts.messages(event.conversation.id)
            if meant := _last_answered_by_assistant(said):
                await self._add(event.conversation.id, meant.text, event.note.staff_id, event.note.text, by_note=True)
        except Exception:
            log.exception("a note could not be looked at", action="review_failed")

    async def _add(self, conversation_id: str, text: str, staff_id: str, why: str, *, by_note: bool) -> State | None:
        """None: nothing in it that an example could show."""
        now = self._clock.now()
        flag = Flag(staff_id, now, anonymous(tidy(why))[:LONGEST_REASON], by_note)
        reason = Reason.NOTED if by_note else Reason.FLAGGED
        found = find(text, frozenset({reason}), await self._guesses(text), conversation_id, flag)
        return await self._store.add(found, now) if found else None

    async def _guesses(self, text: str) -> Sequence[Guess]:
        try:
            return (await self._parse(text)).ranking[:3]
        except AssistantDown:
            return ()


def _last_answered_by_assistant(said: Sequence[Message]) -> Message | None:
    """What the customer had said when the assistant answered last; the greeting answers nothing."""
    answers = [m.seq for m in said if m.speaker is Speaker.BOT and m.kind is not Kind.GREETING]
    asked = [m for m in said if answers and m.seq < answers[-1] and m.speaker is Speaker.CUSTOMER]
    # Who is handed over said last that he wants a person: what he wanted it for stands before.
    telling = [m for m in asked if not _PERSON.search(m.text)]
    return (telling or asked)[-1] if asked else None
