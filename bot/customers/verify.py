"""An agent verifies whose account it is: by what the customer stated, compared with the records, never by guess.

Two things have to agree, one of them the account's number or its address (S0 信息安全: he states, we compare).
The agent learns whether they agree, not what the records hold.
"""

import re
from dataclasses import dataclass

from bot.customers.permission import Refused
from bot.customers.ports import AccountBook
from bot.domain.conversations import Conversation, Owner
from bot.domain.gas import Account
from bot.domain.places import plain
from bot.domain.staff import Staff
from bot.domain.text import BadText
from bot.ports import Conversations


@dataclass(frozen=True, kw_only=True)
class Stated:
    """What the customer said of his account; "" for what he did not say."""

    number: str = ""
    address: str = ""
    phone: str = ""
    holder: str = ""

    @property
    def named(self) -> list[str]:
        names = {"户号": self.number, "地址": self.address, "电话": self.phone, "户主": self.holder}
        return [name for name, value in names.items() if value]


class VerifyAccount:
    def __init__(self, *, conversations: Conversations, accounts: AccountBook) -> None:
        self._conversations = conversations
        self._accounts = accounts

    async def __call__(self, conversation_id: str, who: Staff, stated: Stated) -> tuple[Conversation, bool]:
        """The conversation, and whether all that was stated agrees. Raises BadText, Refused, NoSuchConversation.

        What disagrees does not undo an earlier match: the agent may have misheard.
        """
        if not (stated.number or stated.address) or len(stated.named) < 2:
            raise BadText("请填写户号或地址，再加上用户说的另一项，两项一致才算核对成功。")
        account = await self._agreeing(stated)
        async with self._conversations.open(conversation_id) as work:
            c = work.conversation
            if c.owner is not Owner.AGENT or c.staff_id != who.staff_id:
                raise Refused("只有正在接待的客服可以核对户号。")
            result = "一致" if account else "不一致"
            work.note("account", f"工号 {who.staff_id} 核对{'、'.join(stated.named)}：{result}", who.staff_id)
            if account:
                work.change(account_state="matched", account_number=account.number, account_by=who.staff_id)
            elif c.account_state != "matched":
                work.change(account_state="not_matched", account_by=who.staff_id)
            return work.conversation, account is not None

    async def _agreeing(self, stated: Stated) -> Account | None:
        """The only account with which everything agrees."""
        if stated.number:
            found = await self._accounts.account(stated.number)
            candidates = [found] if found else []
        else:
            candidates = await self._accounts.find_accounts(stated.address)
        agreeing = [each for each in candidates if await self._agrees(each, stated)]
        return agreeing[0] if len(agreeing) == 1 else None

    async def _agrees(self, account: Account, stated: Stated) -> bool:
        if stated.address:
            there = await self._accounts.find_accounts(stated.address)
            if account.number not in [each.number for each in there]:
                return False
        if stated.phone and _digits(stated.phone) != _digits(account.phone):
            return False
        return not stated.holder or plain(stated.holder) == plain(account.holder)


def _digits(phone: str) -> str:
    return re.sub(r"\D", "", phone).removeprefix("86")
