"""A model is tried on a share of the new conversations: which they are, and what both models do with theirs."""

import asyncio
import hashlib
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

import structlog

from bot.ports import AssistantAnswer
from bot.training.review import FALLBACK

log = structlog.get_logger()

#: Conversations whose model is remembered; of the others it is worked out again.
REMEMBERED = 10_000

#: When a conversation was opened; None: there is none.
OpenedAt = Callable[[str], Awaitable[datetime | None]]


@dataclass(frozen=True, kw_only=True)
class Answered:
    """One answer of one of the two models, to a conversation that was opened during the trial."""

    release_id: str
    message_id: str
    conversation_id: str
    candidate: bool
    at: datetime
    milliseconds: float
    #: There was no answer.
    failed: bool = False
    #: It did not understand.
    fallback: bool = False
    handed_over: bool = False
    #: The customer said that the answer before was no help.
    unhelpful: bool = False


class AnswerStore(Protocol):
    async def add(self, answered: Answered) -> None:
        """The same message of the same release counts once, as it was first answered."""
        ...

    async def of(self, release_id: str) -> Sequence[Answered]: ...


def chosen(release_id: str, conversation_id: str, share: int) -> bool:
    """Whether the conversation is among `share` percent: the same for ever, another choice for another release."""
    digest = hashlib.sha256(f"{release_id}:{conversation_id}".encode()).digest()
    return int.from_bytes(digest[:8]) % 100 < share


class CanaryBook:
    """Looks up when conversations began, and writes answers down beside them."""

    def __init__(self, store: AnswerStore, opened_at: OpenedAt, now: Callable[[], datetime]) -> None:
        self._store = store
        self.opened_at = opened_at
        self._now = now
        self._writing: set[asyncio.Task[None]] = set()

    def note(
        self, canary: "Canary", conversation_id: str, message_id: str, answer: AssistantAnswer | None, seconds: float
    ) -> None:
        """`answer` None: there was none. Nobody waits until it is written."""
        task = asyncio.create_task(
            self._write(
                Answered(
                    release_id=canary.release_id,
                    message_id=message_id,
                    conversation_id=conversation_id,
                    candidate=canary.chooses(conversation_id),
                    at=self._now(),
                    milliseconds=seconds * 1000,
                    **_outcome(answer),
                )
            )
        )
        self._writing.add(task)
        task.add_done_callback(self._writing.discard)

    async def settle(self) -> None:
        while self._writing:
            await asyncio.wait(self._writing)

    async def _write(self, answered: Answered) -> None:
        try:
            await self._store.add(answered)
        except Exception:  # figures are lost, no answer
            log.exception("an answer was not counted", action="canary_note_failed")


def _outcome(answer: AssistantAnswer | None) -> dict[str, bool]:
    if answer is None:
        return {"failed": True}
    return {
        "fallback": answer.intent is not None and answer.intent.name == FALLBACK,
        "handed_over": answer.handoff is not None,
        "unhelpful": any(use.verdict == "unhelpful" for use in answer.articles),
    }


@dataclass
class Canary:
    """A trial that is on. Its choice depends on its row and the conversation's only: a restart changes nothing."""

    release_id: str
    #: Percent.
    share: int
    since: datetime
    book: CanaryBook
    _new: dict[str, bool] = field(default_factory=dict)

    def chooses(self, conversation_id: str) -> bool:
        return chosen(self.release_id, conversation_id, self.share)

    async def is_new(self, conversation_id: str) -> bool:
        """It was opened during the trial; earlier ones stay with the model they began with, and are not counted."""
        if conversation_id not in self._new:
            opened = await self.book.opened_at(conversation_id)
            if len(self._new) >= REMEMBERED:
                del self._new[next(iter(self._new))]
            self._new[conversation_id] = opened is not None and opened >= self.since
        return self._new[conversation_id]
