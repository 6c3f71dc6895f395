"""微信客服, put together: what wiring needs of it."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

from fastapi import APIRouter

from bot.channel import Incoming
from bot.channels.wechat.account import Account
from bot.channels.wechat.allowance import Allowance
from bot.channels.wechat.counted import CountedParts
from bot.channels.wechat.files import OutgoingFiles, ReadFile
from bot.channels.wechat.telling import instructs, tells_agent
from bot.channels.wechat.windows import KeptState, ReplyWindows
from bot.channels.wechat_kf.ahead import AskedAhead, Page
from bot.channels.wechat_kf.callback import kf_callback_routes
from bot.channels.wechat_kf.channel import KINDS, KfChannel, KfMessages
from bot.channels.wechat_kf.fetching import Fetching
from bot.channels.wechat_kf.happenings import Happenings
from bot.channels.wechat_kf.intake import Intake
from bot.channels.wechat_kf.packing import as_message
from bot.clock import Clock
from bot.domain.company import CompanyProfile
from bot.domain.conversations import Message
from bot.ports import Conversations, Exclusive, TimerStore, Transcripts


class Service(KfMessages, Protocol):
    async def welcome(self, code: str, msgid: str, message: Mapping[str, Any]) -> None: ...

    async def sync(self, open_kfid: str, cursor: str, token: str) -> Page: ...

    async def accounts(self) -> Sequence[str]: ...


@dataclass(frozen=True)
class WeChatKf:
    channel: KfChannel
    routes: APIRouter
    fetching: Fetching
    happenings: Happenings

    async def settle(self) -> None:
        """Wait until nothing is under way; for tests."""
        await self.fetching.settle()
        await self.happenings.settle()

    async def close(self) -> None:
        await self.fetching.close()
        await self.happenings.close()


def wire_wechat_kf(
    corp: Account,
    service: Service,
    *,
    accounts: Sequence[str],
    every: timedelta,
    take_in: Callable[[Incoming], Awaitable[Message]],
    came_back: Callable[[str, Message, str], Awaitable[None]],
    kept: KeptState,
    exclusive: Exclusive,
    conversations: Conversations,
    transcripts: Transcripts,
    timers: TimerStore,
    timer_set: Callable[[datetime], None],
    read_file: ReadFile,
    company: CompanyProfile,
    clock: Clock,
) -> WeChatKf:
    windows = ReplyWindows(kept, clock)
    happenings = Happenings(
        take_in=take_in,
        came_back=came_back,
        service=service,
        instruction=instructs(company),
        greeting=lambda: company.fill(company.channel_scripts.welcome),
        conversations=conversations,
        transcripts=transcripts,
        clock=clock,
    )
    ahead = AskedAhead(service.sync)
    intake = Intake(
        pages=ahead, deal_with=happenings, rescue=happenings.rescue, kept=kept, exclusive=exclusive, clock=clock
    )
    fetching = Fetching(
        intake,
        ahead,
        accounts=accounts,
        list_accounts=service.accounts,
        timers=timers,
        timer_set=timer_set,
        clock=clock,
        every=every,
    )
    files = OutgoingFiles(read_file, service.upload, KINDS)
    allowance = Allowance(windows, clock, tells_agent(conversations))
    channel = KfChannel(service, CountedParts(allowance, windows, files, as_message))
    return WeChatKf(channel, kf_callback_routes(corp, fetching), fetching, happenings)
