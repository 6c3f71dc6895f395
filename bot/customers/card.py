"""The customer's card beside the chat: everything masked, nothing guessed."""

from dataclasses import dataclass

from bot.customers.permission import is_matched, may_serve
from bot.customers.ports import AccountBook, Customers, Tags
from bot.domain.conversations import Conversation
from bot.domain.customers import Tag
from bot.domain.gas import Account, Community, Reading
from bot.domain.notes import Note
from bot.domain.staff import Staff
from bot.domain.work_orders import WorkOrder

CONVERSATIONS, ORDERS, NOTES, READINGS = 20, 20, 10, 3
"""So many of each are on a card."""


@dataclass(frozen=True, kw_only=True)
class Card:
    conversation: Conversation
    #: Of the same person, this conversation's contact first.
    contact_ids: tuple[str, ...]
    #: The account verified in this conversation.
    account: Account | None
    community: Community | None
    readings: tuple[Reading, ...]
    #: The latest other conversation of the same person in which an account was verified.
    matched_before: Conversation | None
    #: All of the same person, this one included, the latest first.
    conversations: tuple[Conversation, ...]
    orders: tuple[WorkOrder, ...]
    notes: tuple[Note, ...]
    tags: tuple[Tag, ...]
    #: Whether the reader may see a masked field, verify the account and change tags.
    may_serve: bool


class Cards:
    def __init__(self, *, customers: Customers, tags: Tags, accounts: AccountBook) -> None:
        self._customers = customers
        self._tags = tags
        self._accounts = accounts

    async def __call__(self, c: Conversation, who: Staff) -> Card:
        contact_ids = await self._customers.contacts(c.contact_id)
        known = await self._customers.conversations(contact_ids, CONVERSATIONS)
        account = await self._accounts.account(c.account_number) if is_matched(c) and c.account_number else None
        number = account.number if account else None
        return Card(
            conversation=c,
            contact_ids=tuple(contact_ids),
            account=account,
            community=await self._accounts.community(account.community_id) if account else None,
            readings=tuple(await self._accounts.latest_readings(number, READINGS)) if number else (),
            matched_before=next((each for each in known if is_matched(each) and each.id != c.id), None),
            conversations=tuple(known),
            orders=tuple(await self._customers.orders(contact_ids, number, ORDERS)),
            notes=tuple(await self._customers.notes(contact_ids, NOTES)),
            tags=tuple(await self._tags.of(contact_ids)),
            may_serve=may_serve(who, held=await self._customers.has_held(c.id, who.staff_id)),
        )
