"""When something last came in and went out on a channel."""

from datetime import datetime

from sqlalchemy import func, select

from bot.adapters.sql.database import Database
from bot.adapters.sql.tables_chat import conversations, messages
from bot.domain.conversations import Delivery, Speaker

#: The newest conversations of the channel: looking at all messages ever written would take long.
_LOOKED_AT = 50
_LEFT = (Delivery.SENT.value, Delivery.DELIVERED.value)


class SqlChannelFigures:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def last(self, channel: str) -> tuple[datetime | None, datetime | None]:
        """The last message of a customer, and the last to one that has left; None: none of late."""
        newest = (
            select(conversations.c.id)
            .where(conversations.c.channel == channel)
            .order_by(conversations.c.last_at.desc())
            .limit(_LOOKED_AT)
        )
        theirs = messages.c.speaker == Speaker.CUSTOMER.value
        here = messages.c.conversation_id.in_(newest)
        came = select(func.max(messages.c.at)).where(here, theirs)
        left = select(func.max(messages.c.at)).where(here, ~theirs, messages.c.delivery.in_(_LEFT))
        async with self._database.searcher.connect() as connection:
            return (await connection.execute(came)).scalar(), (await connection.execute(left)).scalar()
