"""The same customer on two channels, proved by a one-time code: shown on one, sent on the other, never guessed.

The assistant never sees a code: these messages are answered here, and kept without it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from bot.clock import Clock
from bot.customers.permission import Refused
from bot.customers.ports import Customers
from bot.domain.company import CompanyProfile
from bot.domain.conversations import Conversation, Draft, Kind, Message, Owner, Speaker
from bot.domain.desk_log import Did
from bot.domain.linking import (
    CODE_MESSAGE,
    Wish,
    Wished,
    channel_name,
    channel_names,
    code_hash,
    codes_in,
    wished,
    without_codes,
)
from bot.domain.staff import Staff
from bot.ports import Contact, Conversations, Work

HOUR = timedelta(hours=1)
#: Two customers may not hold the same code; so many are thrown before it is given up.
THROWS = 5


class Outcome(StrEnum):
    LINKED = "linked"
    WRONG = "wrong"
    TOO_OFTEN = "too_often"


@dataclass(frozen=True)
class Redeemed:
    outcome: Outcome
    #: Whose code it was.
    contact_id: str = ""


@dataclass(frozen=True)
class Limits:
    """Wrong codes since then: of this customer, and of all."""

    since: datetime
    own: int
    all: int


class Links(Protocol):
    """Codes and who is linked. Each call is one transaction, and one at a time over all replicas."""

    async def issue(
        self, contact_id: str, hashes: Sequence[str], now: datetime, expires_at: datetime, since: datetime, most: int
    ) -> int | None:
        """Give the contact the first of these that nobody has, in place of an earlier one; which, or None.

        None: he has got `most` since then.
        """
        ...

    async def redeem(self, contact_id: str, hash_: str, now: datetime, limits: Limits) -> Redeemed:
        """Use a code up and link both contacts, with all those they are linked to already."""
        ...

    async def asking(self, contact_id: str, now: datetime) -> bool:
        """The contact has a code."""
        ...

    async def void(self, hashes: Sequence[str], now: datetime) -> bool:
        """Use these codes up, linking nobody. True if one of them was somebody's."""
        ...

    async def unlink(self, contact_id: str) -> bool:
        """The contact is a person of his own again. False if he was."""
        ...

    async def heard(self, contact_id: str, message_id: str) -> Message | None: ...


class LinkChannels:
    def __init__(
        self,
        *,
        links: Links,
        customers: Customers,
        conversations: Conversations,
        company: CompanyProfile,
        clock: Clock,
        new_code: Callable[[], str],
        new_id: Callable[[], str],
    ) -> None:
        self._links = links
        self._customers = customers
        self._conversations = conversations
        self._company = company
        self._wording = company.linking
        self._clock = clock
        self._new_code = new_code
        self._new_id = new_id

    async def __call__(self, contact: Contact, message_id: str | None, text: str) -> Message | None:
        """The customer's message, if it is about linking and has been answered; None if it is about something else."""
        now, codes = self._clock.now(), codes_in(text)
        asking = bool(codes) and await self._links.asking(contact.id, now)
        wish = wished(text, self._wording, asking=asking)
        if wish is None and not codes:
            return None
        if message_id and (known := await self._links.heard(contact.id, message_id)):
            return known
        if wish is None:
            void = await self._links.void([code_hash(code) for code in codes], now)
            return await self._answer(contact, message_id, text, self._wording.void) if void else None
        return await self._grant(contact, message_id, text, wish)

    async def send_code(self, conversation_id: str, who: Staff) -> Conversation:
        """The agent has a code shown to the customer. Raises Refused, NoSuchConversation."""
        async with self._conversations.open(conversation_id) as work:
            contact_id = _must_have(work, who)
        code = await self._issue(contact_id)
        if code is None:
            raise Refused("给这位客户发的验证码太多了，请稍后再试。")
        async with self._conversations.open(conversation_id) as work:
            _must_have(work, who)
            self._show(work, code)
            work.note("link", f"工号 {who.staff_id} 请用户关联另一个渠道", who.staff_id)
            work.log(Did.LINK, f"工号 {who.staff_id} 发送关联验证码", who.staff_id)
            return work.conversation

    async def undo(self, conversation_id: str, who: Staff) -> Conversation:
        """The agent takes this channel out of the customer's others. Raises Refused, NoSuchConversation."""
        async with self._conversations.open(conversation_id) as work:
            contact_id = _must_have(work, who)
        if not await self._links.unlink(contact_id):
            raise Refused("这位客户没有关联其他渠道。")
        async with self._conversations.open(conversation_id) as work:
            self._tell(work, self._wording.undone)
            work.note("link", f"工号 {who.staff_id} 取消了渠道关联", who.staff_id)
            work.log(Did.LINK, f"工号 {who.staff_id} 取消渠道关联", who.staff_id)
            return work.conversation

    async def _grant(self, contact: Contact, message_id: str | None, text: str, wish: Wished) -> Message:
        match wish.wish:
            case Wish.ASK:
                return await self._ask(contact, message_id, text)
            case Wish.UNDO:
                undone = await self._links.unlink(contact.id)
                sentence = self._wording.undone if undone else self._wording.alone
                return await self._answer(contact, message_id, text, sentence, "用户取消了渠道关联" if undone else "")
            case Wish.REDEEM:
                return await self._redeem(contact, message_id, text, wish.code)

    async def _ask(self, contact: Contact, message_id: str | None, text: str) -> Message:
        code = await self._issue(contact.id)
        if code is None:
            return await self._answer(contact, message_id, text, self._wording.too_often)
        async with self._conversations.open_for(contact) as work:
            message = _hear(work, message_id, text)
            self._show(work, code)
            return message

    async def _redeem(self, contact: Contact, message_id: str | None, text: str, code: str) -> Message:
        now, wording = self._clock.now(), self._wording
        limits = Limits(now - timedelta(minutes=wording.code_minutes), wording.tries, wording.tries_of_all)
        redeemed = await self._links.redeem(contact.id, code_hash(code), now, limits)
        if redeemed.outcome is not Outcome.LINKED:
            sentence = wording.wrong if redeemed.outcome is Outcome.WRONG else wording.too_often
            return await self._answer(contact, message_id, text, sentence)
        others = [each for each in await self._customers.contacts(contact.id) if each != contact.id]
        channels = channel_names(others)
        served_by = await self._tell_there(redeemed.contact_id, channel_name(contact.id))
        async with self._conversations.open_for(contact) as work:
            message = _hear(work, message_id, text)
            self._tell(work, wording.linked, channel=channels)
            work.note("link", f"用户关联了另一个渠道：{channels}")
            work.change(served_by=work.conversation.served_by or served_by)
            return message

    async def _tell_there(self, contact_id: str, channel: str) -> str | None:
        """Where the code was shown: if somebody else has got hold of it, its customer learns of it.

        Returns who serves or served the customer there.
        """
        async with self._conversations.open_latest(Contact(contact_id, contact_id.partition(":")[0])) as work:
            self._tell(work, self._wording.linked_there, channel=channel)
            work.note("link", f"用户关联了另一个渠道：{channel}")
            return work.conversation.staff_id or work.conversation.served_by

    async def _issue(self, contact_id: str) -> str | None:
        now, wording = self._clock.now(), self._wording
        codes = [self._new_code() for _ in range(THROWS)]
        expires_at = now + timedelta(minutes=wording.code_minutes)
        hashes = [code_hash(code) for code in codes]
        place = await self._links.issue(contact_id, hashes, now, expires_at, now - HOUR, wording.codes_per_hour)
        return None if place is None else codes[place]

    async def _answer(
        self, contact: Contact, message_id: str | None, text: str, sentence: str, note: str = "", **values: str
    ) -> Message:
        async with self._conversations.open_for(contact) as work:
            message = _hear(work, message_id, text)
            self._tell(work, sentence, **values)
            if note:
                work.note("link", note)
            return message

    def _show(self, work: Work, code: str) -> None:
        text = self._company.fill(self._wording.code, code=code, valid=self._wording.code_minutes)
        work.post(Draft(Speaker.SYSTEM, Kind.NOTICE, text, id=f"{CODE_MESSAGE}{self._new_id()}"))

    def _tell(self, work: Work, sentence: str, **values: str) -> None:
        text = self._company.fill(sentence, **{"valid": self._wording.code_minutes, **values})
        work.post(Draft(Speaker.SYSTEM, Kind.NOTICE, text))


def _hear(work: Work, message_id: str | None, text: str) -> Message:
    """The customer's message without the code, and no wait: it is answered at once."""
    return work.post(Draft(Speaker.CUSTOMER, Kind.LINKING, without_codes(text), id=message_id))


def _must_have(work: Work, who: Staff) -> str:
    """The customer's contact. Raises Refused."""
    c = work.conversation
    if c.owner is not Owner.AGENT or c.staff_id != who.staff_id:
        raise Refused("只有正在接待的客服可以关联渠道。")
    return c.contact_id
