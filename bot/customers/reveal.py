"""Shows a masked field for a moment to who serves the customer, and leaves a line in the desk's log before it does."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.clock import Clock
from bot.customers.permission import NotMatched, is_matched, must_serve
from bot.customers.ports import AccountBook, Customers, Log
from bot.domain.conversations import Conversation
from bot.domain.customers import FIELD_NAMES, PersonalField, plain_value
from bot.domain.desk_log import Did, LogEntry
from bot.domain.staff import Staff


@dataclass(frozen=True)
class Revealed:
    field: PersonalField
    value: str
    #: The page hides it again then.
    until: datetime


class Reveal:
    def __init__(
        self, *, customers: Customers, accounts: AccountBook, log: Log, clock: Clock, shown_for: timedelta
    ) -> None:
        self._customers = customers
        self._accounts = accounts
        self._log = log
        self._clock = clock
        self._shown_for = shown_for

    async def __call__(self, c: Conversation, who: Staff, field: PersonalField) -> Revealed:
        """Raises Refused, NotMatched."""
        must_serve(who, held=await self._customers.has_held(c.id, who.staff_id))
        account = await self._accounts.account(c.account_number) if is_matched(c) and c.account_number else None
        if account is None:
            raise NotMatched("本次会话还没有核对户号，请先核对。")
        community = await self._accounts.community(account.community_id)
        now = self._clock.now()
        text = f"工号 {who.staff_id} 查看客户的{FIELD_NAMES[field]}"
        await self._log.note(
            LogEntry(at=now, did=Did.REVEAL, staff_id=who.staff_id, about=field.value, conversation_id=c.id, text=text)
        )
        return Revealed(field, plain_value(field, account, community), now + self._shown_for)
