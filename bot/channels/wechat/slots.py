"""Requests of WeChat's that still wait for an answer: the first thing said to that customer goes into one, for free."""

import asyncio
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.clock import Clock
from bot.domain.conversations import Conversation

#: WeChat cuts the connection after five seconds; half a second is for the way.
LONGEST = timedelta(seconds=4.5)


@dataclass(eq=False)
class Slot:
    """One open request of a customer's."""

    contact_id: str
    until: datetime
    #: The number of his message that came with it; None until it is stored.
    seq: int | None = None
    text: str | None = None
    #: He has to wait longer than a request may last.
    late: bool = False
    done: asyncio.Event = field(default_factory=asyncio.Event)


@dataclass
class _Customer:
    slots: list[Slot] = field(default_factory=list)
    conversation: Conversation | None = None
    #: Messages up to this number have left.
    handed_over: int = 0


class Slots:
    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._customers: dict[str, _Customer] = {}
        #: Replies on their way: what is said next must not overtake them.
        self._leaving: dict[str, asyncio.Event] = {}

    def open(self, contact_id: str) -> Slot:
        """To be opened before the push is dealt with, so that no answer comes too early for it."""
        slot = Slot(contact_id, self._clock.now() + LONGEST)
        self._customers.setdefault(contact_id, _Customer()).slots.append(slot)
        return slot

    def stored(self, slot: Slot, seq: int) -> None:
        """The message that came with it has this number: only what is known of it from now on counts."""
        slot.seq = seq
        if slot.contact_id in self._customers:  # not, if it has its answer already
            self._release(slot.contact_id)

    async def wait(self, slot: Slot) -> str | None:
        """What to answer; None when there is nothing to say, or it is not known in time."""
        await self._clock.wait_until(slot.until, slot.done)
        if not slot.done.is_set():
            self.close(slot)
            slot.late = True
        return slot.text

    def close(self, slot: Slot) -> None:
        """Nothing is waited for any more."""
        customer = self._customers.get(slot.contact_id)
        if customer and slot in customer.slots:
            customer.slots.remove(slot)
            slot.done.set()
            if not customer.slots:
                del self._customers[slot.contact_id]

    def is_open(self, contact_id: str) -> bool:
        return contact_id in self._customers

    def fill(self, contact_id: str, text: str) -> bool:
        """Answer the customer's oldest open request with it. False if there is none."""
        customer = self._customers.get(contact_id)
        if customer is None:
            return False
        slot = customer.slots[0]
        slot.text = text
        self._leaving[contact_id] = asyncio.Event()
        self.close(slot)
        return True

    def has_left(self, contact_id: str) -> None:
        """The reply to a request of the customer's was written."""
        if leaving := self._leaving.pop(contact_id, None):
            leaving.set()

    async def until_left(self, contact_id: str) -> None:
        """Wait for the reply that is on its way, if one is; not for ever, the connection may have broken."""
        if leaving := self._leaving.get(contact_id):
            await self._clock.wait_until(self._clock.now() + LONGEST, leaving)
            self._leaving.pop(contact_id, None)

    def handed_over(self, contact_id: str, seq: int) -> None:
        """Messages to the customer up to number `seq` have left."""
        if customer := self._customers.get(contact_id):
            customer.handed_over = seq
            self._release(contact_id)

    def heard_of(self, conversation: Conversation) -> None:
        """The customer's conversation has changed."""
        if customer := self._customers.get(conversation.contact_id):
            customer.conversation = conversation
            self._release(conversation.contact_id)

    def _release(self, contact_id: str) -> None:
        """Let those go to whom nothing more is going to be said."""
        customer = self._customers[contact_id]
        c = customer.conversation
        if c is None or c.assistant_owes or c.last_seq > max(c.customer_seq, customer.handed_over):
            return
        for slot in [slot for slot in customer.slots if slot.seq and slot.seq <= c.customer_seq]:
            self.close(slot)
