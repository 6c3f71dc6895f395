"""What is done about each item that 微信客服 reports."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from datetime import timedelta
from typing import Any, Protocol

import structlog

from bot.channel import Incoming
from bot.channels.wechat.reading import meant
from bot.channels.wechat.windows import ReplyWindows
from bot.channels.wechat_kf.contacts import CHANNEL, addressed
from bot.channels.wechat_kf.items import Entered, NotDelivered, Read, Recalled, Said, Told, read
from bot.channels.wechat_kf.packing import as_message, numbered, sent_as
from bot.clock import Clock
from bot.domain.conversations import Delivery, Message
from bot.ports import Contact, Conversations, NoSuchConversation, Transcripts

log = structlog.get_logger()

#: A welcome code is good for twenty seconds after the customer came in, by their clock; ours may be wrong.
WELCOME_TRIED_FOR = timedelta(minutes=2)

TakeIn = Callable[[Incoming], Awaitable[Message]]
#: A message that had left was not delivered: whose, which, and why.
CameBack = Callable[[str, Message, str], Awaitable[None]]


class Speaks(Protocol):
    async def welcome(self, code: str, msgid: str, message: Mapping[str, Any]) -> None: ...

    async def send(self, open_kfid: str, customer: str, msgid: str, message: Mapping[str, Any]) -> object: ...


class Happenings:
    def __init__(
        self,
        *,
        take_in: TakeIn,
        came_back: CameBack,
        service: Speaks,
        instruction: Callable[[str], str | None],
        greeting: Callable[[], str],
        conversations: Conversations,
        transcripts: Transcripts,
        clock: Clock,
    ) -> None:
        """`instruction`: what a text means for somebody's safety, if anything."""
        self._take_in = take_in
        self._came_back = came_back
        self._service = service
        self._instruction = instruction
        self._greeting = greeting
        #: Whose report could not be stored and who was told what to do all the same, by the message's number.
        self._rescued: set[str] = set()
        self._conversations = conversations
        self._transcripts = transcripts
        self._clock = clock
        self._background: set[asyncio.Task[None]] = set()

    async def __call__(self, raw: Mapping[str, Any]) -> None:
        """Deal with one item; the same again changes nothing. Raises when it has to come again."""
        try:
            item = read(raw, self._clock.now())
        except (KeyError, TypeError, ValueError) as problem:
            # It would never be understood.
            log.error("an item makes no sense", action="kf_unreadable", reason=repr(problem))
            return
        if item:
            await self._act(item)

    async def rescue(self, raw: Mapping[str, Any]) -> None:
        """Say what to do about a danger that is reported in an item that cannot be stored; once, and never raises."""
        try:
            said = read(raw, self._clock.now())
            text = self._instruction(said.text) if isinstance(said, Said) else None
            if said and text and said.id not in self._rescued:
                await self._service.send(*addressed(said.contact_id), _number("s", said.id), as_message(text, ()))
                self._rescued.add(said.id)
        except Exception:
            log.exception("who reports danger could not be told what to do", action="kf_rescue_failed")

    async def settle(self) -> None:
        await asyncio.gather(*self._background)

    async def close(self) -> None:
        for task in self._background:
            task.cancel()
        await asyncio.gather(*self._background, return_exceptions=True)

    async def _act(self, item: Read) -> None:
        match item:
            case Said():
                await self._hear(item)
            case Entered():
                self._welcome(item)
            case NotDelivered():
                await self._note_undelivered(item)
            case Recalled():
                await self._note_recalled(item)
            case Told():
                await self._note(item.contact_id, item.text)

    async def _hear(self, said: Said) -> None:
        text = await meant(self._transcripts, said.contact_id, said.tapped, said.text)
        # Stored with the message: what is answered out of turn needs to know that it may be sent.
        opened = ReplyWindows.opened_beside(said.contact_id, min(said.at, self._clock.now()))
        contact = Contact(said.contact_id, CHANNEL, opened)
        await self._take_in(Incoming(contact=contact, id=said.id, text=text, attachment=said.attachment))

    def _welcome(self, entered: Entered) -> None:
        """He has asked nothing yet, so nothing is stored and nobody is kept waiting for it."""
        if self._clock.now() - entered.at > WELCOME_TRIED_FOR:
            return
        work = self._service.welcome(entered.code, _number("w", entered.id), as_message(self._greeting(), ()))
        task: asyncio.Task[None] = asyncio.ensure_future(work)
        self._background.add(task)
        task.add_done_callback(self._background.discard)

    async def _note_undelivered(self, failed: NotDelivered) -> None:
        seq = numbered(failed.msgid)
        if seq is None:
            return
        history = await self._transcripts.history(failed.contact_id, seq - 1)
        for message in sent_as(failed.msgid, failed.contact_id, history):
            if message.delivery is not Delivery.FAILED:
                await self._came_back(failed.contact_id, message, failed.reason)

    async def _note_recalled(self, item: Recalled) -> None:
        said = next((m for m in await self._transcripts.history(item.contact_id, 0) if m.id == item.recalled), None)
        await self._note(item.contact_id, f"用户撤回了第 {said.seq} 条消息" if said else "用户撤回了一条消息")

    async def _note(self, contact_id: str, text: str) -> None:
        with suppress(NoSuchConversation):
            async with self._conversations.open_latest(Contact(contact_id, CHANNEL)) as work:
                # Locked now. An item that was dealt with comes again after a crash; the line it left is the last.
                told = [fact for fact in await self._transcripts.facts(work.conversation.id) if fact.what == "channel"]
                if not told or told[-1].text != text:
                    work.note("channel", text)


def _number(what: str, item: str) -> str:
    """The number of what is said to an item, and once only."""
    return f"{what}-{''.join(c for c in item if c.isalnum() and c.isascii())[-28:]}"
