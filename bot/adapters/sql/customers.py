"""The people behind the contacts, in the database."""

from collections.abc import Sequence

from sqlalchemy import delete, false, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.adapters.sql import rows
from bot.adapters.sql.database import Database
from bot.adapters.sql.order_rows import order_of
from bot.adapters.sql.tables_business import work_orders
from bot.adapters.sql.tables_chat import conversations, facts
from bot.adapters.sql.tables_composer import notes
from bot.adapters.sql.tables_customers import contact_people, customer_tags
from bot.domain.conversations import Conversation
from bot.domain.customers import Tag
from bot.domain.notes import Note
from bot.domain.work_orders import WorkOrder


class SqlCustomers:
    """See bot.customers.ports.Customers."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def contacts(self, contact_id: str) -> list[str]:
        person = select(contact_people.c.person_id).where(contact_people.c.contact_id == contact_id)
        query = select(contact_people.c.contact_id).where(contact_people.c.person_id == person.scalar_subquery())
        async with self._database.reader.connect() as connection:
            known = (await connection.execute(query.order_by(contact_people.c.linked_at))).scalars()
            return [contact_id, *(each for each in known if each != contact_id)]

    async def conversations(self, contact_ids: Sequence[str], limit: int) -> list[Conversation]:
        query = select(conversations).where(conversations.c.contact_id.in_(contact_ids))
        latest = query.order_by(conversations.c.opened_at.desc(), conversations.c.last_seq.desc()).limit(limit)
        async with self._database.reader.connect() as connection:
            return [rows.conversation(row) for row in (await connection.execute(latest)).mappings()]

    async def orders(self, contact_ids: Sequence[str], account_number: str | None, limit: int) -> list[WorkOrder]:
        theirs = select(conversations.c.id).where(conversations.c.contact_id.in_(contact_ids))
        of_account = work_orders.c.account_number == account_number if account_number is not None else false()
        wanted = or_(work_orders.c.conversation_id.in_(theirs), of_account)
        query = select(work_orders).where(wanted).order_by(work_orders.c.created_at.desc(), work_orders.c.number.desc())
        async with self._database.reader.connect() as connection:
            return [order_of(row) for row in (await connection.execute(query.limit(limit))).mappings()]

    async def notes(self, contact_ids: Sequence[str], limit: int) -> list[Note]:
        theirs = select(conversations.c.id).where(conversations.c.contact_id.in_(contact_ids))
        query = select(notes).where(notes.c.conversation_id.in_(theirs)).order_by(notes.c.at.desc(), notes.c.id.desc())
        async with self._database.reader.connect() as connection:
            return [Note(**row) for row in (await connection.execute(query.limit(limit))).mappings()]

    async def has_held(self, conversation_id: str, staff_id: str) -> bool:
        has = select(conversations.c.id).where(conversations.c.id == conversation_id)
        had = select(facts.c.conversation_id).where(
            facts.c.conversation_id == conversation_id, facts.c.what == "assigned", facts.c.staff_id == staff_id
        )
        either = has.where(conversations.c.staff_id == staff_id).union_all(had).limit(1)
        async with self._database.reader.connect() as connection:
            return (await connection.execute(either)).first() is not None


async def served_last(connection: AsyncConnection, contact_id: str) -> str | None:
    """Who served the person behind a linked contact last, on whichever channel; None for a contact that is alone."""
    person = select(contact_people.c.person_id).where(contact_people.c.contact_id == contact_id).scalar_subquery()
    theirs = select(contact_people.c.contact_id).where(contact_people.c.person_id == person)
    who = func.coalesce(conversations.c.staff_id, conversations.c.served_by)
    query = select(who).where(conversations.c.contact_id.in_(theirs), who.is_not(None))
    found: str | None = (await connection.execute(query.order_by(conversations.c.last_at.desc()).limit(1))).scalar()
    return found


class SqlTags:
    """See bot.customers.ports.Tags."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._insert = database.insert(customer_tags).on_conflict_do_nothing()

    async def of(self, contact_ids: Sequence[str]) -> list[Tag]:
        query = select(customer_tags).where(customer_tags.c.contact_id.in_(contact_ids))
        async with self._database.reader.connect() as connection:
            found = (await connection.execute(query.order_by(customer_tags.c.at, customer_tags.c.text))).mappings()
            tags = [Tag(**row) for row in found]
        return list({tag.text: tag for tag in reversed(tags)}.values())[::-1]

    async def put(self, tag: Tag) -> None:
        async with self._database.writer.begin() as connection:
            await connection.execute(self._insert, [vars(tag)])

    async def remove(self, contact_ids: Sequence[str], text: str) -> None:
        theirs = customer_tags.c.contact_id.in_(contact_ids)
        async with self._database.writer.begin() as connection:
            await connection.execute(delete(customer_tags).where(theirs, customer_tags.c.text == text))
