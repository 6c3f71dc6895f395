"""A desk with much on it: 200 conversations of one agent and 1,800 in the queue, each with something said."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import batched
from uuid import UUID, uuid5

from sqlalchemy import insert

from bot.adapters.sql import rows
from bot.adapters.sql.database import Database
from bot.adapters.sql.tables_chat import conversations, messages
from bot.channels.web_chat import contact_of
from bot.domain.conversations import Conversation, Delivery, Kind, Message, Owner, Speaker

_NAMES = UUID("9d0c2f62-7f58-4f0c-a6d7-6d0f7f1f0a44")
_BATCH = 1000
#: Messages in each conversation.
SAID = 12
_LINES = (
    "我的燃气卡丢了，补一张要带什么？",
    "您好，补卡请带身份证和购气本到营业厅办理。",
    "好的，几点下班？",
    "下午五点半下班。",
)


def session_of(number: int) -> str:
    """The session id of a customer's page, by his number in the list."""
    return f"desk-bench-session-{number:04}"


def conversation_id(number: int) -> str:
    return str(uuid5(_NAMES, str(number)))


async def seed(database: Database, agent: str, open_: int, queued: int, now: datetime) -> None:
    """The first `open_` are the agent's; of these every tenth customer waits, of the queued everyone."""
    count = open_ + queued
    moments = [now - timedelta(minutes=30) * (count - number) / count for number in range(count)]
    made = [_conversation(number, agent if number < open_ else None, at) for number, at in enumerate(moments)]
    async with database.writer.begin() as connection:
        for some in batched(made, _BATCH):
            await connection.execute(insert(conversations), [rows.changed_columns(None, c) for c in some])
            said = [rows.message_row(c.contact_id, m) for c in some for m in _messages(c)]
            await connection.execute(insert(messages), said)


def _conversation(number: int, agent: str | None, at: datetime) -> Conversation:
    contact = contact_of(session_of(number))
    waits = agent is None or number % 10 == 0
    found = Conversation(
        id=conversation_id(number),
        contact_id=contact.id,
        channel=contact.channel,
        owner=Owner.AGENT if agent else Owner.QUEUE,
        staff_id=agent,
        opened_at=at,
        last_at=at,
        last_seq=SAID,
        customer_seq=SAID - 1,
        answered_seq=SAID - 1,
        queued_at=at,
        asked_at=at,
        handoff_reason="用户要求人工服务",
    )
    return replace(found, waiting_since=at, agent_since=at if agent else None) if waits else found


def _messages(c: Conversation) -> Iterator[Message]:
    for seq in range(1, SAID + 1):
        customer = seq % 2 == 1
        yield Message(
            id=str(uuid5(_NAMES, f"{c.id} {seq}")),
            conversation_id=c.id,
            seq=seq,
            at=c.last_at,
            speaker=Speaker.CUSTOMER if customer else Speaker.BOT,
            kind=Kind.TEXT if customer else Kind.ANSWER,
            text=_LINES[(seq - 1) % len(_LINES)],
            delivery=Delivery.DELIVERED,
        )
