"""What a channel keeps of a customer changes with what he wrote, or not at all; on both databases."""

import asyncio
from typing import Any

import pytest

from bot.adapters.sql.channel_state import SqlChannelState
from bot.adapters.sql.database import Database
from bot.domain.conversations import Draft, Kind, Speaker
from bot.ports import Beside, Contact
from tests.contract.chat import Chat

NAME = "window:web:ann"


def one_more(found: dict[str, Any] | None) -> dict[str, Any]:
    return {"count": (found or {"count": 0})["count"] + 1}


ANN = Contact("web:ann", "web", Beside(NAME, one_more))


@pytest.fixture
def chat(database: Database) -> Chat:
    return Chat(database)


async def write(chat: Chat, contact: Contact = ANN) -> None:
    async with chat.conversations.open_for(contact) as work:
        work.post(Draft(Speaker.CUSTOMER, Kind.TEXT, "你好"))


async def test_it_is_stored_with_the_message_however_it_was_opened(chat: Chat) -> None:
    state = SqlChannelState(chat.database)
    await write(chat)
    assert await state.get(NAME) == {"count": 1}
    async with chat.conversations.open_latest(ANN):
        pass
    assert await state.get(NAME) == {"count": 2}


async def test_what_fails_leaves_it_as_it_was(chat: Chat) -> None:
    async def fail() -> None:
        async with chat.conversations.open_for(ANN):
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()
    assert await SqlChannelState(chat.database).get(NAME) is None


async def test_it_may_stay_as_it_is(chat: Chat) -> None:
    state = SqlChannelState(chat.database)
    await write(chat)
    await write(chat, Contact(ANN.id, ANN.channel, Beside(NAME, lambda _: None)))
    assert await state.get(NAME) == {"count": 1}


async def test_whoever_changes_it_alone_meanwhile_waits_for_it(chat: Chat) -> None:
    state = SqlChannelState(chat.database)
    await asyncio.gather(*[write(chat) if n % 2 else state.change(NAME, one_more) for n in range(10)])
    assert await state.get(NAME) == {"count": 10}


def test_a_customer_is_the_same_whatever_is_kept_of_him() -> None:
    assert Contact(ANN.id, ANN.channel) == ANN
