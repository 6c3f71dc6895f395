"""Fakes of what the actions use, shipped beside them: the company's records and the work orders, in memory."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from bot.clock import Clock
from bot.domain.gas import Account, Community, CustomerClass, MeterKind, Outage, Reading
from bot.domain.places import after_name, best_fits, dwelling, match_communities
from bot.domain.work_orders import NewOrder, OrderNote, WorkOrder


class MemoryBackOffice:
    """A back office that keeps what it is given. `broken` makes every call fail."""

    def __init__(
        self,
        communities: tuple[Community, ...] = (),
        accounts: tuple[Account, ...] = (),
        outages: tuple[Outage, ...] = (),
    ) -> None:
        self._communities = {each.id: each for each in communities}
        self._accounts = {each.number: each for each in accounts}
        self._outages = outages
        self.readings: list[Reading] = []
        self.broken = False

    def _check(self) -> None:
        if self.broken:
            raise ConnectionError("the back office does not answer")

    async def find_communities(self, words: str) -> list[Community]:
        self._check()
        return match_communities(words, self._communities.values())[:5]

    async def community(self, community_id: str) -> Community | None:
        self._check()
        return self._communities.get(community_id)

    async def account(self, number: str) -> Account | None:
        self._check()
        return self._accounts.get(number)

    async def find_accounts(self, address: str) -> list[Account]:
        self._check()
        communities = await self.find_communities(address)
        found: list[Account] = []
        for community in communities:
            stated = dwelling(after_name(address, community))
            homes = [each for each in self._accounts.values() if each.community_id == community.id]
            found += best_fits(stated, [(dwelling(each.address), each) for each in homes])
        return found[:5]

    async def outages_of(self, community_id: str) -> list[Outage]:
        self._check()
        return [each for each in self._outages if community_id in each.community_ids]

    async def save_reading(self, reading: Reading) -> None:
        self._check()
        self.readings.append(reading)
        account = self._accounts[reading.account_number]
        self._accounts[account.number] = replace(
            account, last_reading_m3=reading.value_m3, last_reading_on=reading.reported_at.date()
        )


class MemoryCasework:
    """Keeps the orders filed, in order."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.orders: list[WorkOrder] = []

    async def file(self, order: NewOrder) -> WorkOrder:
        for known in self.orders:
            if order.subject and (known.conversation_id, known.subject) == (order.conversation_id, order.subject):
                return known
        fields = {name: value for name, value in vars(order).items() if name != "dispatch_now"}
        now = self._clock.now()
        number = f"{now:%Y%m%d}-{len(self.orders) + 1:04}"
        filed = WorkOrder(number=number, created_at=now, **fields)
        self.orders.append(filed)
        return filed

    async def note(self, note: OrderNote) -> None:
        """As the core does with the notes of an answer."""
        self.orders = [
            replace(each, notes=f"{each.notes}{note.text}\n", **note.corrected) if each.number == note.number else each
            for each in self.orders
        ]

    async def orders_of(self, conversation_id: str) -> list[WorkOrder]:
        return [each for each in self.orders if each.conversation_id == conversation_id]

    async def order(self, number: str) -> WorkOrder | None:
        return next((each for each in self.orders if each.number == number), None)

    async def orders_with_phone(self, phone: str) -> list[WorkOrder]:
        return [each for each in self.orders if phone and each.contact_phone == phone]

    async def orders_of_account(self, number: str) -> list[WorkOrder]:
        return [each for each in self.orders if each.account_number == number]


MORNING = datetime(2026, 1, 5, 2, 0, tzinfo=UTC)
"""Ten o'clock in China on a Monday: the moment of the sample records."""


def sample_account(number: str, community_id: str, address: str, **changes: object) -> Account:
    """An ordinary household: contract signed, gas on, last read 1200 m³ a month ago, 20 m³ a month."""
    account = Account(
        number=number,
        community_id=community_id,
        address=address,
        holder="张三",
        phone="13800001234",
        customer_class=CustomerClass.RESIDENTIAL,
        meter_kind=MeterKind.ORDINARY,
        contract_signed=True,
        gas_on=True,
        balance_yuan=Decimal(200),
        last_reading_m3=Decimal(1200),
        last_reading_on=date(2025, 12, 5),
        monthly_average_m3=Decimal(20),
        year_used_m3=Decimal(0),
    )
    return replace(account, **changes)  # type: ignore[arg-type]  # the caller names fields of Account


def sample_records() -> MemoryBackOffice:
    """A small town: supplied and unsupplied communities, and an account for each case of the dialogues."""
    communities = (
        Community(id="c1", name="幸福小区", aliases=("幸福里",), supplied=True),
        Community(id="c2", name="阳光花园一期", supplied=True),
        Community(id="c3", name="阳光花园二期", supplied=True),
        Community(id="c4", name="翠湖名邸", supplied=False, supply_planned=date(2026, 6, 1)),
        Community(id="c5", name="东风家属院", supplied=False),
    )
    accounts = (
        sample_account("10020001", "c1", "1号楼1单元101室"),
        sample_account("10020002", "c1", "3号楼2单元501室", balance_yuan=Decimal(35), phone="13900005678"),
        sample_account("10020003", "c1", "3号楼2单元502室", gas_on=False, balance_yuan=Decimal(200)),
        sample_account("10020004", "c1", "3号楼2单元601室", gas_on=False, balance_yuan=Decimal(0)),
        sample_account(
            "10020005", "c1", "5号楼1单元201室", balance_yuan=Decimal("-12.5"), arrears_since=date(2025, 10, 12)
        ),
        sample_account("10020008", "c1", "6号楼1单元101室"),
        sample_account("10020006", "c2", "2号楼1单元301室", meter_kind=MeterKind.IC_CARD),
        sample_account(
            "10020007", "c1", "底商12号", customer_class=CustomerClass.COMMERCIAL, gas_on=False,
            contract_signed=False, balance_yuan=Decimal(0),
        ),
    )  # fmt: skip
    planned = Outage(
        id="o1",
        community_ids=("c2",),
        starts_at=datetime(2026, 1, 5, 0, 0, tzinfo=UTC),
        ends_at=datetime(2026, 1, 5, 9, 0, tzinfo=UTC),
        planned=True,
        reason="管网检修",
    )
    coming = replace(
        planned,
        id="o2",
        community_ids=("c3",),
        starts_at=datetime(2026, 1, 7, 0, 0, tzinfo=UTC),
        ends_at=datetime(2026, 1, 7, 4, 0, tzinfo=UTC),
    )
    return MemoryBackOffice(communities, accounts, (planned, coming))
