"""Private notes: said among staff, seen by no customer, and no answer to the clock."""

from collections.abc import Callable, Sequence
from typing import Protocol

from bot.clock import Clock
from bot.desk.permission import refuse_if
from bot.domain.conversations import Conversation, Owner
from bot.domain.events import Event, NoteWritten
from bot.domain.notes import Note
from bot.domain.staff import Role, Staff
from bot.domain.text import clean
from bot.ports import NoSuchConversation, Transcripts


class NoteStore(Protocol):
    async def add(self, note: Note) -> Note:
        """Keep it; the one there is when this conversation has one with its id."""
        ...

    async def of(self, conversation_id: str) -> list[Note]:
        """The earliest first."""
        ...


class WriteNote:
    def __init__(
        self, store: NoteStore, transcripts: Transcripts, clock: Clock, publish: Callable[[Sequence[Event]], None]
    ) -> None:
        self._store = store
        self._transcripts = transcripts
        self._clock = clock
        self._publish = publish

    async def __call__(self, conversation_id: str, who: Staff, note_id: str, raw: object) -> Note:
        """Raises BadText, NotAllowed, NoSuchConversation. The same id twice is one note."""
        text = clean(raw)
        c = await self._transcripts.get(conversation_id)
        if c is None:
            raise NoSuchConversation(conversation_id)
        refuse_if(not _concerns(c, who), "这个会话不在您手中，不能写备注。")
        now = self._clock.now()
        note = await self._store.add(Note(id=note_id, conversation_id=c.id, at=now, staff_id=who.staff_id, text=text))
        self._publish([NoteWritten(c, note)])
        return note


def _concerns(c: Conversation, who: Staff) -> bool:
    """Leads see all; agents what waits and what is or was theirs, also after it was closed."""
    return who.role is Role.LEAD or c.staff_id == who.staff_id or c.owner is Owner.QUEUE
