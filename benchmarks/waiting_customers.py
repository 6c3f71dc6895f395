"""Writes many conversations in which a customer waits for an agent, as gasdesk itself would have stored them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import batched
from uuid import UUID, uuid5

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.adapters.sql import rows
from bot.adapters.sql.database import Database
from bot.adapters.sql.staff import Account, SqlStaff
from bot.adapters.sql.tables_chat import conversations, messages, timers
from bot.channels.web_chat import contact_of
from bot.desk.accounts import NewStaff
from bot.domain.conversations import Conversation, Kind, Message, Owner, Speaker
from bot.domain.staff import Presence, Role
from bot.ports import Contact
from bot.sla.deadlines import deadlines
from bot.sla.limits import Limits

_BATCH = 2000
_NAMES = UUID("3b8f4c56-0f0e-4c39-8c43-3e5a3d7d9f10")


@dataclass(frozen=True)
class WaitingCustomer:
    conversation: Conversation
    message: Message


async def hire(database: Database, numbers: Sequence[str], now: datetime) -> None:
    """Agents who are online; nobody can sign in as one of them."""
    staff = SqlStaff(database)
    new = [NewStaff(staff_id=number, name=f"员工{number}", role=Role.AGENT, capacity=50) for number in numbers]
    await staff.create([Account(each, "-") for each in new], now)
    for number in numbers:
        await staff.set_presence(number, Presence.ONLINE, "", now)


def on_the_page(number: int) -> Contact:
    return contact_of(f"waiting-{number}")


def waiting_customers(
    agents: Sequence[str], waiting_since: Sequence[datetime], who: Callable[[int], Contact] = on_the_page
) -> Iterator[WaitingCustomer]:
    """One for each moment, spread evenly over the agents; `who` says who the customer of a number is."""
    for number, since in enumerate(waiting_since):
        contact = who(number)
        conversation = Conversation(
            id=str(uuid5(_NAMES, contact.id)),
            contact_id=contact.id,
            channel=contact.channel,
            owner=Owner.AGENT,
            staff_id=agents[number % len(agents)],
            opened_at=since,
            last_at=since,
            last_seq=1,
            customer_seq=1,
            answered_seq=1,
            waiting_since=since,
            queued_at=since,
            handoff_reason="用户要求人工服务",
            agent_since=since,
        )
        text = "我的燃气卡丢了，补一张要带什么？"
        message = Message(
            id=str(uuid5(_NAMES, f"message {contact.id}")),
            conversation_id=conversation.id,
            seq=1,
            at=since,
            speaker=Speaker.CUSTOMER,
            kind=Kind.TEXT,
            text=text,
        )
        yield WaitingCustomer(conversation, message)


async def store(database: Database, customers: Sequence[WaitingCustomer], limits: Limits) -> None:
    """In one transaction, with the timers that their state asks for."""
    async with database.writer.begin() as connection:
        for some in batched(customers, _BATCH):
            await _store(connection, some, limits)


async def _store(connection: AsyncConnection, customers: Sequence[WaitingCustomer], limits: Limits) -> None:
    states = [customer.conversation for customer in customers]
    await connection.execute(insert(conversations), [rows.changed_columns(None, c) for c in states])
    said = [rows.message_row(customer.conversation.contact_id, customer.message) for customer in customers]
    await connection.execute(insert(messages), said)
    armed = [timer for c in states for timer in deadlines(c, limits)]
    values = [{"key": t.key, "kind": t.kind, "subject": t.subject, "due_at": t.due_at} for t in armed]
    await connection.execute(insert(timers), values)


def evenly(start: datetime, span: timedelta, count: int) -> list[datetime]:
    """`count` moments from `start` on, over `span`."""
    return [start + span * number / count for number in range(count)]
