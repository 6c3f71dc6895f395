"""The people behind the contacts, on both databases."""

import pytest

from bot.adapters.sql.back_office import SqlBackOffice
from bot.adapters.sql.customers import SqlCustomers, SqlTags
from bot.adapters.sql.database import Database
from bot.domain.conversations import Conversation
from bot.domain.customers import Tag
from bot.domain.gas import Reading
from bot.domain.transitions import assigned, closed
from tests.contract.business import SHANGHAI, account, community, fill
from tests.contract.chat import Chat

ANN, BOB = "web:ann", "web:bob"


@pytest.fixture
def chat(database: Database) -> Chat:
    return Chat(database)


async def talked(chat: Chat, name: str, staff_id: str | None = None) -> Conversation:
    """A conversation of this customer from its beginning to its end."""
    await chat.write(name)
    before = await chat.conversation(name)
    async with chat.conversations.open(before.id) as work:
        if staff_id:
            work.conversation = assigned(work.conversation, staff_id, chat.clock.now(), 0)
            work.note("assigned", "…", staff_id)
        work.conversation = closed(work.conversation, chat.clock.now())
    chat.clock.advance(60)
    return await chat.conversation(name)


async def test_a_contact_without_a_link_is_alone(chat: Chat) -> None:
    assert await SqlCustomers(chat.database).contacts(ANN) == [ANN]


async def test_the_latest_conversations_come_first(chat: Chat) -> None:
    first, second = await talked(chat, "ann"), await talked(chat, "ann")
    other = await talked(chat, "bob")
    customers = SqlCustomers(chat.database)
    assert await customers.conversations([ANN], 5) == [second, first]
    assert await customers.conversations([ANN, BOB], 2) == [other, second]


async def test_who_had_it_is_known_afterwards(chat: Chat) -> None:
    had = await talked(chat, "ann", "101")
    async with chat.conversations.open(had.id) as work:
        work.change(staff_id="102")
    customers = SqlCustomers(chat.database)
    held = [await customers.has_held(had.id, staff_id) for staff_id in ("101", "102", "103")]
    assert held == [True, True, False]


async def test_a_tag_is_one_however_often_and_on_whichever_contact(chat: Chat) -> None:
    tags, now = SqlTags(chat.database), chat.clock.now()
    for contact_id, text in ((ANN, "老年用户"), (ANN, "老年用户"), (BOB, "老年用户"), (BOB, "急")):
        await tags.put(Tag(contact_id=contact_id, text=text, staff_id="101", at=now))
    assert sorted(tag.text for tag in await tags.of([ANN, BOB])) == ["急", "老年用户"]
    await tags.remove([ANN, BOB], "老年用户")
    assert [tag.text for tag in await tags.of([ANN, BOB])] == ["急"]
    assert await tags.of([ANN]) == []


async def test_the_latest_readings_come_first(chat: Chat) -> None:
    await fill(chat.database, [community("幸福小区")], [account("10010001", "幸福小区", "1号楼101室")])
    office = SqlBackOffice(chat.database, chat.clock, SHANGHAI)
    known = await office.account("10010001")
    assert known is not None
    for more in range(3):
        chat.clock.advance(86_400)
        await office.save_reading(
            Reading(
                account_number=known.number,
                value_m3=known.last_reading_m3 + more,
                reported_at=chat.clock.now(),
                conversation_id="c",
            )
        )
    found = await office.latest_readings(known.number, 2)
    assert [reading.value_m3 - known.last_reading_m3 for reading in found] == [2, 1]
