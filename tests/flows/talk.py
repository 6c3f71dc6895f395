"""What gasdesk keeps of its talk with a customer of any channel, and what it says of its own accord."""

from typing import Protocol

from bot.domain.conversations import Conversation, Draft, Message
from tests.flows.desk import Desk


class Customer(Protocol):
    """Whoever a channel's tests play."""

    @property
    def contact_id(self) -> str: ...


async def conversation_of(desk: Desk, customer: Customer) -> Conversation:
    found = await desk.gasdesk.stores.transcripts.of_contact(customer.contact_id)
    assert found
    return found


async def history(desk: Desk, customer: Customer) -> list[Message]:
    return await desk.gasdesk.stores.transcripts.history(customer.contact_id, 0)


async def timeline(desk: Desk, customer: Customer) -> list[str]:
    conversation = await conversation_of(desk, customer)
    return [fact.text for fact in await desk.gasdesk.stores.transcripts.facts(conversation.id)]


async def post(desk: Desk, customer: Customer, *drafts: Draft) -> None:
    """Say something to the customer."""
    conversation = await conversation_of(desk, customer)
    async with desk.gasdesk.stores.conversations.open(conversation.id) as work:
        for draft in drafts:
            work.post(draft)
    await desk.gasdesk.settle()
