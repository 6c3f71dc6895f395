"""What this room needs from the outside world. Adapters implement these; nothing here does IO."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.conversations import Conversation
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
