"""Link codes and persons, on both databases."""

import asyncio
from datetime import timedelta

import pytest

from bot.adapters.sql.customers import SqlCustomers
from bot.adapters.sql.database import Database
from bot.adapters.sql.linking import SqlLinks
from bot.customers.linking import Limits, Outcome, Redeemed
from bot.domain.transitions import assigned, closed
from tests.contract.chat import Chat

ANN, BOB, CLEO = "web:ann", "wechat:bob", "telegram:cleo"
TEN = timedelta(minutes=10)


class Hands:
    """The links, at the time of the chat's clock."""

    def __init__(self, chat: Chat) -> None:
        self.clock = chat.clock
        numbers = iter(range(1000))
        self.links = SqlLinks(chat.database, lambda: f"person-{next(numbers)}")
        self.customers = SqlCustomers(chat.database)

    async def issue(self, contact_id: str, *hashes: str, most: int = 5) -> int | None:
        now = self.clock.now()
        return await self.links.issue(contact_id, hashes, now, now + TEN, now - timedelta(hours=1), most)

    async def redeem(self, contact_id: str, hash_: str, own: int = 5, all_: int = 100) -> Redeemed:
        now = self.clock.now()
        return await self.links.redeem(contact_id, hash_, now, Limits(now - TEN, own, all_))

    async def linked(self, contact_id: str, other: str, code: str) -> None:
        assert await self.issue(contact_id, code) == 0
        assert (await self.redeem(other, code)).outcome is Outcome.LINKED


@pytest.fixture
def chat(database: Database) -> Chat:
    return Chat(database)


@pytest.fixture
def hands(chat: Chat) -> Hands:
    return Hands(chat)


async def test_a_code_links_two_contacts_once(hands: Hands) -> None:
    await hands.issue(ANN, "a")
    assert await hands.redeem(BOB, "a") == Redeemed(Outcome.LINKED, ANN)
    assert await hands.customers.contacts(ANN) == [ANN, BOB]
    assert await hands.customers.contacts(BOB) == [BOB, ANN]
    assert (await hands.redeem(CLEO, "a")).outcome is Outcome.WRONG


async def test_of_two_at_the_same_moment_one_gets_it(hands: Hands) -> None:
    await hands.issue(ANN, "a")
    outcomes = await asyncio.gather(hands.redeem(BOB, "a"), hands.redeem(CLEO, "a"))
    assert sorted(each.outcome for each in outcomes) == [Outcome.LINKED, Outcome.WRONG]


@pytest.mark.parametrize(("seconds", "outcome"), [(599, Outcome.LINKED), (600, Outcome.WRONG)])
async def test_a_code_is_good_for_ten_minutes(hands: Hands, seconds: int, outcome: Outcome) -> None:
    await hands.issue(ANN, "a")
    hands.clock.advance(seconds)
    assert await hands.links.asking(ANN, hands.clock.now()) is (seconds < 600)
    assert (await hands.redeem(BOB, "a")).outcome is outcome


async def test_one_s_own_code_is_no_proof(hands: Hands) -> None:
    await hands.issue(ANN, "a")
    assert (await hands.redeem(ANN, "a")).outcome is Outcome.WRONG
    assert (await hands.redeem(BOB, "a")).outcome is Outcome.LINKED


async def test_a_new_code_takes_the_place_of_the_old(hands: Hands) -> None:
    await hands.issue(ANN, "a")
    await hands.issue(ANN, "b")
    assert (await hands.redeem(BOB, "a")).outcome is Outcome.WRONG
    assert (await hands.redeem(BOB, "b")).outcome is Outcome.LINKED


async def test_nobody_gets_a_code_that_another_holds(hands: Hands) -> None:
    assert await hands.issue(ANN, "a") == 0
    assert await hands.issue(BOB, "a", "b") == 1
    assert await hands.issue(CLEO, "a", "b") is None


async def test_codes_are_rationed_by_the_hour(hands: Hands) -> None:
    assert [await hands.issue(ANN, code, most=2) for code in "abc"] == [0, 0, None]
    hands.clock.advance(3601)
    assert await hands.issue(ANN, "d", most=2) == 0


async def test_wrong_codes_of_one_and_of_all_are_limited(hands: Hands) -> None:
    await hands.issue(ANN, "a")
    for _ in range(2):
        assert (await hands.redeem(BOB, "x", own=2)).outcome is Outcome.WRONG
    assert (await hands.redeem(BOB, "a", own=2)).outcome is Outcome.TOO_OFTEN
    assert (await hands.redeem(CLEO, "a", all_=2)).outcome is Outcome.TOO_OFTEN
    hands.clock.advance(601)
    await hands.issue(ANN, "b")
    assert (await hands.redeem(BOB, "b", own=2)).outcome is Outcome.LINKED


async def test_three_channels_are_one_person_however_they_were_linked(hands: Hands) -> None:
    await hands.linked(ANN, BOB, "a")
    await hands.linked(CLEO, "web:dan", "b")
    hands.clock.advance(1)
    await hands.linked(BOB, "web:dan", "c")
    assert sorted(await hands.customers.contacts(ANN)) == sorted([ANN, BOB, CLEO, "web:dan"])


async def test_a_link_is_undone_for_one_and_the_last_is_alone(hands: Hands) -> None:
    await hands.linked(ANN, BOB, "a")
    await hands.linked(BOB, CLEO, "b")
    assert await hands.links.unlink(ANN)
    assert not await hands.links.unlink(ANN)
    assert await hands.customers.contacts(ANN) == [ANN]
    assert await hands.customers.contacts(BOB) == [BOB, CLEO]
    assert await hands.links.unlink(BOB)
    assert not await hands.links.unlink(CLEO)


async def test_a_code_that_was_given_away_is_void(hands: Hands) -> None:
    await hands.issue(ANN, "a")
    assert not await hands.links.void(["x"], hands.clock.now())
    assert await hands.links.void(["x", "a"], hands.clock.now())
    assert (await hands.redeem(BOB, "a")).outcome is Outcome.WRONG


async def test_who_served_the_person_last_serves_him_again(chat: Chat, hands: Hands) -> None:
    for name, staff_id in (("ann", "101"), ("bob", "102")):
        await chat.write(name)
        async with chat.conversations.open((await chat.conversation(name)).id) as work:
            work.conversation = closed(assigned(work.conversation, staff_id, chat.clock.now(), 0), chat.clock.now())
        chat.clock.advance(60)
    await chat.write("ann")
    assert (await chat.conversation("ann")).served_by == "101"
    async with chat.conversations.open((await chat.conversation("ann")).id) as work:
        work.conversation = closed(work.conversation, chat.clock.now())
    await hands.linked("web:ann", "web:bob", "a")
    async with chat.conversations.open((await chat.conversation("bob")).id) as work:
        work.change(last_at=chat.clock.now() + timedelta(seconds=1))
    chat.clock.advance(60)
    await chat.write("ann")
    assert (await chat.conversation("ann")).served_by == "102"
