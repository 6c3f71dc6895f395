"""The Official Account, put together: what wiring needs of it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from fastapi import APIRouter

from bot.channel import Incoming
from bot.channels.wechat.account import Account
from bot.channels.wechat.allowance import Allowance
from bot.channels.wechat.callback import callback_routes
from bot.channels.wechat.channel import KINDS, CustomerService, WeChatChannel
from bot.channels.wechat.counted import CountedParts
from bot.channels.wechat.files import OutgoingFiles, ReadFile
from bot.channels.wechat.packing import as_message
from bot.channels.wechat.pushes import Pushes
from bot.channels.wechat.reading import Reader
from bot.channels.wechat.slots import Slots
from bot.channels.wechat.telling import instructs, tells_agent
from bot.channels.wechat.windows import KeptState, ReplyWindows
from bot.clock import Clock
from bot.domain.company import CompanyProfile
from bot.domain.conversations import Message
from bot.domain.events import ConversationChanged
from bot.ports import Conversations, Transcripts


@dataclass(frozen=True)
class WeChat:
    channel: WeChatChannel
    routes: APIRouter
    pushes: Pushes
    slots: Slots

    def conversation_changed(self, event: ConversationChanged) -> None:
        """A reaction: whoever waits for an answer may be told that none will come."""
        self.slots.heard_of(event.conversation)


def wire_wechat(
    account: Account,
    service: CustomerService,
    *,
    take_in: Callable[[Incoming], Awaitable[Message]],
    kept: KeptState,
    conversations: Conversations,
    transcripts: Transcripts,
    read_file: ReadFile,
    company: CompanyProfile,
    clock: Clock,
) -> WeChat:
    slots, windows = Slots(clock), ReplyWindows(kept, clock)

    async def owed(contact_id: str) -> bool:
        c = await transcripts.of_contact(contact_id)
        return c is not None and (c.assistant_owes or bool(await transcripts.undelivered(contact_id)))

    async def known(contact_id: str, message_id: str) -> bool:
        return message_id in [message.id for message in await transcripts.history(contact_id, 0)]

    files = OutgoingFiles(read_file, service.upload, KINDS)
    parts = CountedParts(Allowance(windows, clock, tells_agent(conversations)), windows, files, as_message)
    channel = WeChatChannel(service, slots=slots, parts=parts)
    pushes = Pushes(
        take_in=take_in,
        read=Reader(transcripts),
        slots=slots,
        windows=windows,
        clock=clock,
        greeting=lambda: company.fill(company.channel_scripts.welcome),
        rescue=instructs(company),
        typing=channel.typing,
        owed=owed,
        known=known,
    )
    return WeChat(channel, callback_routes(account, pushes, clock), pushes, slots)
