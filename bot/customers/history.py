"""What the customer said before: over sessions and linked channels, page by page, and who read it is known."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby

from bot.clock import Clock
from bot.customers.permission import Refused, may_serve
from bot.customers.ports import Archive, Customers, Log, Place
from bot.domain.conversations import Conversation, Message
from bot.domain.desk_log import Did, LogEntry
from bot.domain.staff import Role, Staff

#: Who looks again within this is still reading: one line in the log.
STILL_READING = timedelta(minutes=10)


@dataclass(frozen=True)
class Past:
    """A piece of an earlier conversation."""

    conversation: Conversation
    messages: tuple[Message, ...]


@dataclass(frozen=True)
class Page:
    #: The earliest first.
    pieces: tuple[Past, ...]
    #: Where to go on; None: nothing is before it.
    before: Place | None


class History:
    def __init__(self, *, archive: Archive, customers: Customers, log: Log, clock: Clock) -> None:
        self._archive = archive
        self._customers = customers
        self._log = log
        self._clock = clock

    async def __call__(self, c: Conversation, who: Staff, cursor: tuple[str, int] | None, limit: int) -> Page:
        """Up to `limit` messages before the cursor (a conversation's id and a message's number), or before `c`.

        Raises Refused for an agent who never had `c`, and for a cursor into somebody else's conversation.
        """
        contact_ids = await self._of(c, who)
        place = await self._place(c, cursor, contact_ids)
        found = await self._archive.before(contact_ids, place, limit + 1)
        more, page = len(found) > limit, found[-limit:]
        known = await self._archive.get_all(list({message.conversation_id for message in page}))
        pieces = [Past(known[id_], tuple(said)) for id_, said in groupby(page, lambda m: m.conversation_id)]
        for piece in pieces:
            await self.read(piece.conversation, who)
        before = Place(pieces[0].conversation, pieces[0].messages[0].seq) if more else None
        return Page(tuple(pieces), before)

    async def piece(self, c: Conversation, who: Staff, past_id: str) -> Conversation:
        """One of the conversations that the history of `c` holds, for what was sent in it; logged as reading is.

        Raises Refused for who may not read that history, and for a conversation that is not in it.
        """
        contact_ids = await self._of(c, who)
        found = (await self._archive.get_all([past_id])).get(past_id)
        if found is None or found.contact_id not in contact_ids or not _earlier(found, c):
            raise Refused("没有更早的会话。")
        await self.read(found, who)
        return found

    async def _of(self, c: Conversation, who: Staff) -> Sequence[str]:
        """The contacts whose history it is."""
        held = await self._customers.has_held(c.id, who.staff_id)
        if who.role is not Role.INSPECTOR and not may_serve(who, held=held):
            raise Refused("您没有接待这个会话，不能查看客户以前的会话。")
        return await self._customers.contacts(c.contact_id)

    async def read(self, c: Conversation, who: Staff) -> None:
        """Somebody reads a conversation that is over: a line in the log, unless he had it himself."""
        if not c.closed or await self._customers.has_held(c.id, who.staff_id):
            return
        now = self._clock.now()
        text = (
            f"工号 {who.staff_id} 查看工号 {c.staff_id} 接待过的会话" if c.staff_id else f"工号 {who.staff_id} 查看会话"
        )
        entry = LogEntry(
            at=now, did=Did.HISTORY, staff_id=who.staff_id, about=c.staff_id, conversation_id=c.id, text=text
        )
        await self._log.note_once(entry, since=now - STILL_READING)

    async def _place(self, c: Conversation, cursor: tuple[str, int] | None, contact_ids: Sequence[str]) -> Place:
        if cursor is None:
            return Place(c)
        found = (await self._archive.get_all([cursor[0]])).get(cursor[0])
        if found is None or found.contact_id not in contact_ids:
            raise Refused("没有更早的会话。")
        return Place(found, cursor[1])


def _earlier(past: Conversation, c: Conversation) -> bool:
    """In the order of Archive.before."""
    return (past.opened_at, past.last_seq, past.id) < (c.opened_at, c.last_seq, c.id)
