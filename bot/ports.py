"""What the core needs from the outside world. Adapters implement these; nothing here does IO."""

from typing import Protocol

from bot.domain.gas import Account, Community, Outage, Reading
from bot.domain.work_orders import NewOrder, WorkOrder


class BackOffice(Protocol):
    """The gas company's records. The embedded database answers for a company without a system of its own."""

    async def find_communities(self, words: str) -> list[Community]:
        """Communities whose name or alias is, holds or is held in `words`; the best match first, at most 5."""
        ...

    async def community(self, community_id: str) -> Community | None: ...

    async def account(self, number: str) -> Account | None: ...

    async def find_accounts(self, address: str) -> list[Account]:
        """Accounts at the address a customer stated ("幸福小区3号楼2单元501"); at most 5."""
        ...

    async def outages_of(self, community_id: str) -> list[Outage]:
        """Interruptions not yet over, current ones first."""
        ...

    async def save_reading(self, reading: Reading) -> None:
        """Record a reported reading; the account's last reading follows it. The same report twice is one."""
        ...


class Casework(Protocol):
    """Files work orders."""

    async def file(self, order: NewOrder) -> WorkOrder:
        """Give the order a number and store it."""
        ...

    async def orders_of(self, conversation_id: str) -> list[WorkOrder]: ...
