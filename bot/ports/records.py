"""The gas company's records, and the work orders that are filed there."""

from typing import Protocol

from bot.domain.gas import Account, Community, Outage, Reading
from bot.domain.work_orders import NewOrder, WorkOrder


class BackOffice(Protocol):
    """The gas company's records. The embedded database answers for a company without a system of its own."""

    async def find_communities(self, words: str) -> list[Community]:
        """The communities that `words` mean, all equally likely ones (the caller asks which); at most 5."""
        ...

    async def community(self, community_id: str) -> Community | None: ...

    async def account(self, number: str) -> Account | None: ...

    async def find_accounts(self, address: str) -> list[Account]:
        """Accounts at the address a customer stated ("幸福小区3号楼2单元501"), all it may mean; at most 5."""
        ...

    async def outages_of(self, community_id: str) -> list[Outage]:
        """Interruptions not yet over, current ones first."""
        ...

    async def save_reading(self, reading: Reading) -> None:
        """Record a reported reading; the account's last reading follows it. The same report twice is one.

        Raises NoSuchAccount.
        """
        ...


class Casework(Protocol):
    """Files work orders."""

    async def file(self, order: NewOrder) -> WorkOrder:
        """Give the order a number and store it; the one there is when its subject has been filed already."""
        ...

    async def orders_of(self, conversation_id: str) -> list[WorkOrder]:
        """What the conversation has filed, the earliest first; so are the others."""
        ...

    async def order(self, number: str) -> WorkOrder | None: ...

    async def orders_with_phone(self, phone: str) -> list[WorkOrder]:
        """Orders on which exactly this number was left to be called."""
        ...

    async def orders_of_account(self, number: str) -> list[WorkOrder]: ...
