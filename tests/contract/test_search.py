"""Searching and paging back, on both databases."""

from collections.abc import Sequence

import pytest
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import Connection, text

from bot.adapters.sql.archive import SqlArchive
from bot.adapters.sql.back_office import SqlBackOffice
from bot.adapters.sql.customers import SqlTags
from bot.adapters.sql.database import Database
from bot.adapters.sql.message_index import NAME
from bot.adapters.sql.migrations.versions import v0021_message_search
from bot.adapters.sql.search import SqlSearch
from bot.customers.ports import Place
from bot.customers.search import PAGE, Found, Search, Why
from bot.domain.conversations import Conversation, Draft, Kind, Message, Speaker
from bot.domain.customers import Tag
from bot.domain.staff import Role, Staff
from bot.domain.text import BadText
from bot.domain.transitions import assigned, closed
from bot.domain.work_orders import Handling, OrderState, OrderType, Record
from tests.contract.business import SHANGHAI, account, community, fill
from tests.contract.chat import Chat

LEAD = Staff(staff_id="201", name="班长", role=Role.LEAD)
AGENT = Staff(staff_id="101", name="坐席", role=Role.AGENT)


@pytest.fixture
def chat(database: Database) -> Chat:
    return Chat(database)


@pytest.fixture
def search(chat: Chat) -> Search:
    return Search(store=SqlSearch(chat.database), accounts=SqlBackOffice(chat.database, chat.clock, SHANGHAI))


async def talked(chat: Chat, name: str, *texts: str, staff_id: str = "101") -> Conversation:
    """A conversation of this customer with this agent, from its beginning to its end."""
    for text_ in texts:
        await chat.write(name, text_)
        chat.clock.advance(1)
    before = await chat.conversation(name)
    async with chat.conversations.open(before.id) as work:
        work.conversation = closed(assigned(work.conversation, staff_id, chat.clock.now(), 0), chat.clock.now())
    chat.clock.advance(60)
    return await chat.conversation(name)


def texts(found: Found) -> list[str]:
    return [hit.message.text for hit in found.hits if hit.message]


def keyed(found: Found) -> list[tuple[Why, str]]:
    return [(hit.why, hit.conversation_id) for hit in found.hits if hit.message is None]


async def test_words_of_two_characters_are_found_the_latest_first(chat: Chat, search: Search) -> None:
    await talked(chat, "ann", "我家漏气了", "灶也打不着")
    await talked(chat, "bob", "没有漏水", "漏，气味很大", "请问漏气怎么办")
    assert texts(await search(LEAD, "漏气")) == ["请问漏气怎么办", "我家漏气了"]
    assert texts(await search(LEAD, "漏气 我家")) == ["我家漏气了"]
    assert texts(await search(LEAD, "气漏")) == []


async def test_an_agent_finds_his_own_only(chat: Chat, search: Search) -> None:
    await talked(chat, "ann", "我家漏气了", staff_id="101")
    await talked(chat, "bob", "他家漏气了", staff_id="102")
    assert texts(await search(AGENT, "漏气")) == ["我家漏气了"]


@pytest.mark.parametrize("query", ["漏", "！？", "  ", "漏 气"])
async def test_too_little_to_look_for_is_said(search: Search, query: str) -> None:
    with pytest.raises(BadText, match="至少"):
        await search(LEAD, query)


@pytest.mark.parametrize(
    "query", ['漏水"灶气', "漏水* OR 灶气", "普通' --", "%%普通", "NEAR(漏气)", "pairs:漏气", "漏气)"]
)
async def test_what_a_database_might_take_for_its_own_is_text(chat: Chat, search: Search, query: str) -> None:
    await talked(chat, "ann", "普通的话")
    assert texts(await search(LEAD, query)) == []


async def test_what_the_assistant_and_the_clock_say_is_not_found(chat: Chat, search: Search) -> None:
    await chat.write("ann", "你好")
    c = await chat.conversation("ann")
    for speaker, kind in (
        (Speaker.BOT, Kind.ANSWER),
        (Speaker.SYSTEM, Kind.WAITING_PROMPT),
        (Speaker.AGENT, Kind.GREETING),
    ):
        async with chat.conversations.open(c.id) as work:
            work.post(Draft(speaker, kind, "请您耐心等待"))
    async with chat.conversations.open(c.id) as work:
        work.post(Draft(Speaker.AGENT, Kind.ANSWER, "师傅在路上，请您耐心等待"))
    assert texts(await search(LEAD, "耐心等待")) == ["师傅在路上，请您耐心等待"]


async def test_pages_go_on_where_they_ended(chat: Chat, search: Search) -> None:
    said = [f"漏气第{number}次" for number in range(PAGE * 2 + 3)]
    await talked(chat, "ann", *said)
    seen, before = [], None
    for _ in range(3):
        page = await search(LEAD, "漏气", before)
        seen += texts(page)
        before = page.before
    assert (seen, before) == (said[::-1], None)


async def test_candidates_without_the_words_do_not_end_the_search(chat: Chat, search: Search) -> None:
    """漏水 and 水漏 have the pairs of 漏水漏 between them; only one text holds it."""
    await talked(chat, "ann", "漏水漏了", *[f"漏水，水漏 {number}" for number in range(PAGE * 2)])
    assert texts(await search(LEAD, "漏水漏")) == ["漏水漏了"]


async def test_names_and_ends_of_numbers_find_verified_accounts(chat: Chat, search: Search) -> None:
    await fill(chat.database, [community("幸福小区")], [account("10010001", "幸福小区", "1号楼101室")])
    for name, state in (("ann", "matched"), ("bob", "not_matched")):
        await talked(chat, name, "你好")
        async with chat.conversations.open((await chat.conversation(name)).id) as work:
            work.change(account_number="10010001", account_state=state)
    ann = await chat.conversation("ann")
    for query in ("测试用户", "0001", "10010001", "13000000001"):
        assert keyed(await search(LEAD, query)) == [(Why.ACCOUNT, ann.id)], query
    assert keyed(await search(LEAD, "测试")) == []
    assert keyed(await search(LEAD, "001")) == []
    assert keyed(await search(Staff(staff_id="102", name="", role=Role.AGENT), "0001")) == []


async def test_work_orders_are_found_by_number_and_telephone(chat: Chat, search: Search) -> None:
    c = await talked(chat, "ann", "灶坏了")
    record = Record(
        type=OrderType.DISPATCH,
        handling=Handling.TO_REPAIR,
        state=OrderState.OPEN,
        summary="灶",
        contact_phone="13900007777",
    )
    async with chat.conversations.open(c.id) as work:
        order = await work.file(record.within(c.id))
    for query in (order.number, order.number[-4:], "7777"):
        assert keyed(await search(LEAD, query)) == [(Why.ORDER, c.id)], query


async def test_a_tag_finds_the_customer(chat: Chat, search: Search) -> None:
    c = await talked(chat, "ann", "你好")
    await talked(chat, "bob", "你好")
    await SqlTags(chat.database).put(Tag(contact_id=c.contact_id, text="老年用户", staff_id="101", at=chat.clock.now()))
    for query in ("老年用户", "#老年用户"):
        assert keyed(await search(LEAD, query)) == [(Why.TAG, c.id)]


async def test_messages_from_before_the_index_are_found_after_the_migration(
    chat: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(v0021_message_search, "BATCH", 2)
    await talked(chat, "ann", "我家漏气了", "第二句", "第三句漏气")

    def migrate_again(connection: Connection) -> None:
        connection.execute(text(f"DROP TABLE {NAME}"))
        with Operations.context(MigrationContext.configure(connection)):
            v0021_message_search.upgrade()

    async with chat.database.writer.begin() as connection:
        await connection.run_sync(migrate_again)
    found = await SqlSearch(chat.database).messages(["漏气"], None, None, 10)
    assert [said.message.text for said in found] == ["第三句漏气", "我家漏气了"]


# --- paging back ---


def said_in(page: Sequence[Message]) -> list[str]:
    return [message.text for message in page]


async def test_earlier_conversations_come_page_by_page_and_unmixed(chat: Chat) -> None:
    await talked(chat, "ann", "一", "二")
    await talked(chat, "bob", "三", "四")
    await talked(chat, "ann", "五")
    await talked(chat, "cleo", "别人的")
    await chat.write("ann", "现在")
    now, archive = await chat.conversation("ann"), SqlArchive(chat.database)
    contacts = ["web:ann", "web:bob"]
    first = await archive.before(contacts, Place(now), 2)
    assert said_in(first) == ["四", "五"]
    second = await archive.before(contacts, await place(archive, first[0]), 10)
    assert said_in(second) == ["一", "二", "三"]
    assert await archive.before(contacts, await place(archive, second[0]), 5) == []


async def place(archive: SqlArchive, message: Message) -> Place:
    """Where to go on before this message."""
    return Place((await archive.get_all([message.conversation_id]))[message.conversation_id], message.seq)
