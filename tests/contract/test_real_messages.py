"""The latest real messages for the comparison of two models."""

from bot.adapters.sql.database import Database
from bot.adapters.sql.real_messages import latest_texts
from bot.domain.conversations import Draft, Kind, Speaker
from tests.contract.chat import Chat, contact


async def test_the_latest_first_without_answers_to_questions(database: Database) -> None:
    chat = Chat(database)
    await chat.write("ann", text="我要报数")
    async with chat.conversations.open_for(contact("ann")) as work:
        work.post(Draft(Speaker.BOT, Kind.QUESTION, "户号是多少？"))
    await chat.write("ann", text="10020001")
    async with chat.conversations.open_for(contact("ann")) as work:
        work.post(Draft(Speaker.BOT, Kind.ANSWER, "登记好了。"))
    await chat.write("ann", text="气价多少")
    await chat.write("bob", text="停气了吗")
    assert sorted(await latest_texts(database)) == ["停气了吗", "我要报数", "气价多少"]
    assert len(await latest_texts(database, 1)) == 1
