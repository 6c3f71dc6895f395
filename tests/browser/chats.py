"""Customers who chat all the while, and whether each of their messages and answers is there once and in its place."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta

from bot.adapters.sql.database import Database
from bot.adapters.sql.transcripts import SqlTranscripts
from bot.channels.web_chat import contact_of
from bot.clock import SystemClock, pause
from bot.domain.conversations import Message, Speaker
from tests.gasdesk_process import until
from tests.web_customer import WebCustomer, web_customer

#: What each says, again and again: the assistant settles all of it.
SAYS = ("你好", "云顶小区通气了吗", "营业厅几点下班", "现在天然气多少钱一方", "燃气费在哪里交", "谢谢你")
#: Between an answer and the next message; five who never think would keep two cores busy by themselves.
THINKING = timedelta(seconds=1)
ANSWER_SECONDS = 60.0


class Chat:
    """One customer in one conversation: each message has a number, and the next waits for an answer."""

    def __init__(self, customer: WebCustomer, name: str) -> None:
        self._customer = customer
        self._name = name
        #: By the message's id its number in the conversation, as it was acknowledged.
        self.acknowledged: dict[str, int] = {}

    async def go_on(self, enough: asyncio.Event) -> None:
        clock = SystemClock()
        while not enough.is_set():
            number = len(self.acknowledged)
            await self._ask(SAYS[number % len(SAYS)], f"{self._name}-{number}")
            await pause(clock, clock.now() + THINKING)

    async def _ask(self, text: str, message_id: str) -> None:
        answer = await self._customer.say(text, message_id, seconds=ANSWER_SECONDS)
        assert answer["ok"], answer
        self.acknowledged[message_id] = answer["seq"]
        await self._customer.hears(
            lambda heard: heard.metadata["id"].startswith(f"{message_id}/answer/"), ANSWER_SECONDS
        )

    async def is_whole(self, database: Database) -> None:
        """Compare what was said and heard with what is stored. Raises AssertionError."""
        contact_id = contact_of(self._customer.session_id).id

        async def heard_all() -> bool:
            told = [m for m in await stored(database, contact_id) if m.speaker is not Speaker.CUSTOMER]
            return len(self._customer.heard) >= len(told)

        await until(heard_all)
        messages = await stored(database, contact_id)
        said = [m for m in messages if m.speaker is Speaker.CUSTOMER]
        told = [m for m in messages if m.speaker is not Speaker.CUSTOMER]
        assert [m.seq for m in messages] == list(range(1, len(messages) + 1)), "a number is missing"
        assert [(m.id, m.seq) for m in said] == list(self.acknowledged.items()), "lost, doubled or out of order"
        assert [m.text for m in said] == [SAYS[number % len(SAYS)] for number in range(len(said))]
        heard = [(one.metadata["seq"], one.text) for one in self._customer.heard]
        assert heard == [(m.seq, m.text) for m in told], "what was heard is not what was said, in its order"
        assert self._customer.again == [], "heard twice"
        assert self._customer.errors == []
        assert answers_follow(messages), "an answer is not between its question and the next"


def answers_follow(messages: Sequence[Message]) -> bool:
    """Whatever was said by us belongs to the customer's message before it, and each of his has an answer."""
    asked, answered = "", True
    for message in messages:
        if message.speaker is Speaker.CUSTOMER:
            if not answered:
                return False
            asked, answered = message.id, False
        elif message.id.startswith(f"{asked}/"):
            answered = True
        else:
            return False
    return answered


async def stored(database: Database, contact_id: str) -> list[Message]:
    """Of the contact's one conversation."""
    transcripts = SqlTranscripts(database)
    conversation = await transcripts.of_contact(contact_id)
    assert conversation is not None
    return await transcripts.messages(conversation.id)


@asynccontextmanager
async def chats_go_on(url: str, database: Database, number: int) -> AsyncIterator[list[Chat]]:
    """They chat until the end of the block, which then says whether anything was lost, doubled or out of order."""
    enough = asyncio.Event()
    async with AsyncExitStack() as stack:
        customers = [await stack.enter_async_context(web_customer(url)) for _ in range(number)]
        chats = [Chat(customer, f"chat-{place}") for place, customer in enumerate(customers)]
        try:
            async with asyncio.TaskGroup() as group:
                for chat in chats:
                    group.create_task(chat.go_on(enough))
                yield chats
                enough.set()
        finally:
            enough.set()
        for chat in chats:
            await chat.is_whole(database)
