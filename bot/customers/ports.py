"""What this room needs from the outside world. Adapters implement these; nothing here does IO."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.conversations import Conversation, Message
from bot.domain.customers import Tag
from bot.domain.desk_log import LogEntry
from bot.domain.gas import Account, Community, Reading
from bot.domain.notes import Note
from bot.domain.work_orders import WorkOrder


class AccountBook(Protocol):
    """The part of the back office that a customer's card shows."""

    async def account(self, number: str) -> Account | None: ...

    async def community(self, community_id: str) -> Community | None: ...

    async def find_accounts(self, address: str) -> list[Account]: ...

    async def account_numbers(self, words: str, limit: int) -> list[str]:
        """Accounts whose holder is called so, or whose number or telephone ends so."""
        ...

    async def latest_readings(self, account_number: str, limit: int) -> list[Reading]:
        """Readings the customer reported, the latest first."""
        ...


class Customers(Protocol):
    """What is known of the people behind the contacts. `contact_ids` are those of one person."""

    async def contacts(self, contact_id: str) -> list[str]:
        """Every contact of the same person, this one first."""
        ...

    async def conversations(self, contact_ids: Sequence[str], limit: int) -> list[Conversation]:
        """The latest first."""
        ...

    async def orders(self, contact_ids: Sequence[str], account_number: str | None, limit: int) -> list[WorkOrder]:
        """Of these contacts' conversations or of the account, the latest first."""
        ...

    async def notes(self, contact_ids: Sequence[str], limit: int) -> list[Note]:
        """Private notes on all their conversations, the latest first."""
        ...

    async def has_held(self, conversation_id: str, staff_id: str) -> bool:
        """This person has or had the conversation."""
        ...


class Tags(Protocol):
    async def of(self, contact_ids: Sequence[str]) -> list[Tag]:
        """The earliest first; the same word on two of them once."""
        ...

    async def put(self, tag: Tag) -> None:
        """The same word twice is one."""
        ...

    async def remove(self, contact_ids: Sequence[str], text: str) -> None: ...


class Log(Protocol):
    """The desk's log."""

    async def note(self, entry: LogEntry) -> None: ...

    async def note_once(self, entry: LogEntry, since: datetime) -> None:
        """Unless the same person did the same with the same conversation since then."""
        ...


@dataclass(frozen=True)
class Place:
    """Before this message of this conversation; `seq` 0 is before the conversation."""

    conversation: Conversation
    seq: int = 0


class Archive(Protocol):
    async def before(self, contact_ids: Sequence[str], place: Place, limit: int) -> list[Message]:
        """The latest messages of these contacts' other and earlier conversations, the earliest first.

        Conversations stand in the order in which they were opened, and are not mixed.
        """
        ...

    async def get_all(self, conversation_ids: Sequence[str]) -> dict[str, Conversation]: ...


@dataclass(frozen=True)
class Said:
    """A message that was found; `place` tells where to go on from."""

    place: int
    message: Message


class SearchStore(Protocol):
    """`staff_id`: whose conversations are looked through; None: all of them."""

    async def messages(self, words: Sequence[str], staff_id: str | None, before: int | None, limit: int) -> list[Said]:
        """What people said that may hold all the words, the latest first."""
        ...

    async def of_accounts(self, numbers: Sequence[str], staff_id: str | None, limit: int) -> list[Conversation]:
        """In which one of these accounts was verified, the latest first; so are the others."""
        ...

    async def of_order(self, number: str, staff_id: str | None, limit: int) -> list[Conversation]:
        """With an order whose number, or number to be called, ends so."""
        ...

    async def of_tag(self, text: str, staff_id: str | None, limit: int) -> list[Conversation]:
        """Of customers with this tag, on whichever of their channels."""
        ...
