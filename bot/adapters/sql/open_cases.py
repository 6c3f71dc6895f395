"""What a shift leaves to the next: conversations with people, and orders to answer."""

from sqlalchemy import select

from bot.adapters.sql import rows
from bot.adapters.sql.database import Database
from bot.adapters.sql.tables_business import work_orders
from bot.adapters.sql.tables_chat import conversations
from bot.desk.shifts import OpenCase
from bot.domain.conversations import Conversation, Owner
from bot.domain.work_orders import OrderState

#: On one form; a shift that leaves more has another problem.
MOST = 300


async def open_cases(database: Database) -> list[OpenCase]:
    """Conversations first, the longest wait first; then the orders by when they are due."""
    owner = conversations.c.owner
    talks = select(conversations).where(owner.in_([Owner.QUEUE.value, Owner.AGENT.value]))
    orders = select(work_orders).where(work_orders.c.state == OrderState.OPEN.value)
    async with database.searcher.connect() as connection:
        waits = talks.order_by(conversations.c.waiting_since.asc().nulls_last(), conversations.c.id)
        found = [_talk(rows.conversation(row)) for row in (await connection.execute(waits.limit(MOST))).mappings()]
        due = orders.order_by(work_orders.c.due_at.asc().nulls_last(), work_orders.c.number)
        for row in (await connection.execute(due.limit(MOST))).mappings():
            at = row["due_at"].isoformat() if row["due_at"] else None
            about = f"{row['type']}（{row['handling']}）：{row['summary'][:80]}"
            found.append(OpenCase(kind="order", id=row["number"], title=f"工单 {row['number']}", about=about, at=at))
    return found


def _talk(c: Conversation) -> OpenCase:
    holder = f"工号 {c.staff_id} 接待" if c.owner is Owner.AGENT else "离线留言" if c.offline else "排队中"
    urgent = "，险情未处理完" if c.emergency and c.emergency.concerns_everybody else ""
    about = f"{holder}{urgent}{'，' + c.handoff_reason if c.handoff_reason else ''}"
    at = c.waiting_since.isoformat() if c.waiting_since else None
    return OpenCase(kind="conversation", id=c.id, title=f"访客 {c.contact_id[-4:].upper()}", about=about, at=at)
