"""Link codes, and which contacts are one person."""

from collections.abc import Callable, Sequence
from datetime import datetime

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.adapters.sql import rows
from bot.adapters.sql.database import Database, locked
from bot.adapters.sql.tables_chat import messages
from bot.adapters.sql.tables_customers import contact_people, link_codes, link_tries
from bot.customers.linking import Limits, Outcome, Redeemed
from bot.domain.conversations import Message

#: One at a time does anything with codes, so that limits hold and a code is used once.
_LOCK = "linking"
_ISSUED, _WRONG = "issued", "wrong"


class SqlLinks:
    """See bot.customers.linking.Links."""

    def __init__(self, database: Database, new_id: Callable[[], str]) -> None:
        self._database = database
        self._new_id = new_id

    async def issue(
        self, contact_id: str, hashes: Sequence[str], now: datetime, expires_at: datetime, since: datetime, most: int
    ) -> int | None:
        async with locked(self._database, _LOCK) as connection:
            if await _count(connection, _ISSUED, since, contact_id) >= most:
                return None
            await connection.execute(delete(link_tries).where(link_tries.c.at < since))
            mine_or_over = (link_codes.c.contact_id == contact_id) | (link_codes.c.expires_at <= now)
            await connection.execute(delete(link_codes).where(mine_or_over))
            taken = set((await connection.execute(select(link_codes.c.code_hash))).scalars())
            place = next((place for place, hash_ in enumerate(hashes) if hash_ not in taken), None)
            if place is not None:
                row = {"contact_id": contact_id, "code_hash": hashes[place], "expires_at": expires_at}
                await connection.execute(insert(link_codes).values(row))
                await _note(connection, _ISSUED, contact_id, now)
            return place

    async def redeem(self, contact_id: str, hash_: str, now: datetime, limits: Limits) -> Redeemed:
        async with locked(self._database, _LOCK) as connection:
            own = await _count(connection, _WRONG, limits.since, contact_id)
            if own >= limits.own or await _count(connection, _WRONG, limits.since) >= limits.all:
                return Redeemed(Outcome.TOO_OFTEN)
            this_one = (link_codes.c.code_hash == hash_) & (link_codes.c.expires_at > now)
            of_another = this_one & (link_codes.c.contact_id != contact_id)
            found = (await connection.execute(select(link_codes.c.contact_id).where(of_another))).scalar()
            if found is None:
                await _note(connection, _WRONG, contact_id, now)
                return Redeemed(Outcome.WRONG)
            await connection.execute(delete(link_codes).where(link_codes.c.contact_id.in_([found, contact_id])))
            await self._join(connection, found, contact_id, now)
            return Redeemed(Outcome.LINKED, found)

    async def asking(self, contact_id: str, now: datetime) -> bool:
        mine = (link_codes.c.contact_id == contact_id) & (link_codes.c.expires_at > now)
        async with self._database.reader.connect() as connection:
            return (await connection.execute(select(link_codes.c.code_hash).where(mine))).first() is not None

    async def void(self, hashes: Sequence[str], now: datetime) -> bool:
        these = link_codes.c.code_hash.in_(hashes) & (link_codes.c.expires_at > now)
        async with self._database.reader.connect() as connection:
            if (await connection.execute(select(link_codes.c.code_hash).where(these))).first() is None:
                return False  # hardly any number is a code: no write for it
        async with locked(self._database, _LOCK) as connection:
            return (await connection.execute(delete(link_codes).where(these))).rowcount > 0

    async def unlink(self, contact_id: str) -> bool:
        async with locked(self._database, _LOCK) as connection:
            person_id = await _person_of(connection, contact_id)
            if person_id is None:
                return False
            await connection.execute(delete(contact_people).where(contact_people.c.contact_id == contact_id))
            of_person = contact_people.c.person_id == person_id
            left = (
                await connection.execute(select(func.count()).select_from(contact_people).where(of_person))
            ).scalar_one()
            if left == 1:  # who is alone is linked to nobody
                await connection.execute(delete(contact_people).where(of_person))
            return True

    async def heard(self, contact_id: str, message_id: str) -> Message | None:
        query = select(messages).where(messages.c.contact_id == contact_id, messages.c.id == message_id)
        async with self._database.reader.connect() as connection:
            row = (await connection.execute(query)).mappings().first()
            return rows.message(row) if row else None

    async def _join(self, connection: AsyncConnection, one: str, other: str, now: datetime) -> None:
        first, second = await _person_of(connection, one), await _person_of(connection, other)
        person_id = first or second or self._new_id()
        if first and second and first != second:
            both = update(contact_people).where(contact_people.c.person_id == second)
            await connection.execute(both.values(person_id=first))
        new = [(contact_id, known) for contact_id, known in ((one, first), (other, second)) if known is None]
        for contact_id, _ in new:
            row = {"contact_id": contact_id, "person_id": person_id, "linked_at": now}
            await connection.execute(insert(contact_people).values(row))


async def _person_of(connection: AsyncConnection, contact_id: str) -> str | None:
    query = select(contact_people.c.person_id).where(contact_people.c.contact_id == contact_id)
    found: str | None = (await connection.execute(query)).scalar()
    return found


async def _count(connection: AsyncConnection, what: str, since: datetime, contact_id: str | None = None) -> int:
    query = select(func.count()).where(link_tries.c.what == what, link_tries.c.at > since)
    if contact_id is not None:
        query = query.where(link_tries.c.contact_id == contact_id)
    return (await connection.execute(query)).scalar_one()


async def _note(connection: AsyncConnection, what: str, contact_id: str, now: datetime) -> None:
    await connection.execute(insert(link_tries).values(contact_id=contact_id, what=what, at=now))
