"""What a customer said before, on both databases."""

from itertools import count

from bot.adapters.sql.archive import SqlArchive
from bot.adapters.sql.database import Database
from bot.customers.ports import Place
from bot.domain.conversations import Conversation
from bot.domain.transitions import closed
from tests.contract.chat import Chat

ANN = ["web:ann"]


async def talked(chat: Chat) -> Conversation:
    await chat.write("ann")
    now = await chat.conversation("ann")
    async with chat.conversations.open(now.id) as work:
        work.conversation = closed(work.conversation, chat.clock.now())
    return await chat.conversation("ann")


async def test_conversations_of_one_moment_stand_in_their_order_whatever_their_ids(database: Database) -> None:
    falling = count(900, -1)
    chat, archive = Chat(database, new_id=lambda: f"id-{next(falling)}"), SqlArchive(database)
    first, second, third = [await talked(chat) for _ in range(3)]
    told = await archive.before(ANN, Place(third), 100)
    assert list(dict.fromkeys(message.conversation_id for message in told)) == [first.id, second.id]
    latest = told[-1]
    assert await archive.before(ANN, Place(third), 1) == [latest]
    assert await archive.before(ANN, Place(second, latest.seq), 100) == told[:-1]
