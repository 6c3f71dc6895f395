"""Finds conversations by what was said in them, by account, by order and by tag."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select, or_, select, text, true

from bot.adapters.sql import rows
from bot.adapters.sql.database import Database
from bot.adapters.sql.message_index import NAME, matching
from bot.adapters.sql.tables_business import work_orders
from bot.adapters.sql.tables_chat import conversations, messages
from bot.adapters.sql.tables_customers import contact_people, customer_tags
from bot.customers.ports import Said
from bot.domain.conversations import Conversation


class SqlSearch:
    """See bot.customers.ports.SearchStore."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._dialect = database.reader.dialect.name
        self._place = "p.rowid" if database.is_sqlite else "p.id"

    async def messages(self, words: Sequence[str], staff_id: str | None, before: int | None, limit: int) -> list[Said]:
        condition, wanted = matching(self._dialect, words)
        if not wanted:
            return []
        named: dict[str, object] = {"wanted": wanted, "limit": limit}
        conditions, source = [condition], f"{NAME} p"
        if before is not None:
            conditions.append(f"{self._place} < :before")
            named["before"] = before
        if staff_id is not None:
            source += " JOIN conversations c ON c.id = p.conversation_id"
            conditions.append("c.staff_id = :staff_id")
            named["staff_id"] = staff_id
        query = (
            f"SELECT {self._place} AS place, p.conversation_id, p.seq FROM {source} "
            f"WHERE {' AND '.join(conditions)} ORDER BY {self._place} DESC LIMIT :limit"
        )
        async with self._database.searcher.connect() as connection:
            places = (await connection.execute(text(query), named)).all()
            keys = {(row.conversation_id, row.seq): row.place for row in places}
            wide = select(messages).where(
                messages.c.conversation_id.in_({key[0] for key in keys}), messages.c.seq.in_({key[1] for key in keys})
            )
            found = [rows.message(row) for row in (await connection.execute(wide)).mappings()]
        said = [Said(keys[m.conversation_id, m.seq], m) for m in found if (m.conversation_id, m.seq) in keys]
        return sorted(said, key=lambda each: -each.place)

    async def of_accounts(self, numbers: Sequence[str], staff_id: str | None, limit: int) -> list[Conversation]:
        verified = conversations.c.account_state == "matched"
        return await self._conversations(conversations.c.account_number.in_(numbers) & verified, staff_id, limit)

    async def of_order(self, number: str, staff_id: str | None, limit: int) -> list[Conversation]:
        ends = [
            column.endswith(number, autoescape=True) for column in (work_orders.c.number, work_orders.c.contact_phone)
        ]
        filed = select(work_orders.c.conversation_id).where(or_(*ends))
        return await self._conversations(conversations.c.id.in_(filed), staff_id, limit)

    async def of_tag(self, text: str, staff_id: str | None, limit: int) -> list[Conversation]:
        tagged = select(customer_tags.c.contact_id).where(customer_tags.c.text == text)
        people = select(contact_people.c.person_id).where(contact_people.c.contact_id.in_(tagged))
        linked = select(contact_people.c.contact_id).where(contact_people.c.person_id.in_(people))
        contact_id = conversations.c.contact_id
        return await self._conversations(or_(contact_id.in_(tagged), contact_id.in_(linked)), staff_id, limit)

    async def _conversations(self, wanted: ColumnElement[bool], staff_id: str | None, limit: int) -> list[Conversation]:
        own = true() if staff_id is None else conversations.c.staff_id == staff_id
        query: Select[tuple[object, ...]] = select(conversations).where(wanted, own)
        latest = query.order_by(conversations.c.last_at.desc()).limit(limit)
        async with self._database.searcher.connect() as connection:
            return [rows.conversation(row) for row in (await connection.execute(latest)).mappings()]
