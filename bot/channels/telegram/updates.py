"""Takes updates in: those of one chat in the order they came, those of different chats side by side."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any
from weakref import WeakValueDictionary

import structlog
from telegram import Bot, Update
from telegram.error import TelegramError

from bot.channel import Incoming
from bot.channels.telegram.buttons import said_by
from bot.channels.telegram.known_words import KnownWords
from bot.channels.telegram.reading import Command, Reachable, Read, Tap, Written, read, read_plainly
from bot.domain.company import CompanyProfile
from bot.domain.conversations import Message
from bot.ports import Contact, Conversations, Transcripts

log = structlog.get_logger()

Json = dict[str, Any]
#: Kinds of updates we ask Telegram for.
WANTED = ("message", "edited_message", "callback_query", "my_chat_member")


class Updates:
    def __init__(
        self,
        bot: Bot,
        *,
        take_in: Callable[[Incoming], Awaitable[Message]],
        welcome: Callable[[Contact, str, str], Awaitable[None]],
        conversations: Conversations,
        transcripts: Transcripts,
        company: CompanyProfile,
    ) -> None:
        self._bot = bot
        self._take_in = take_in
        self._welcome = welcome
        self._conversations = conversations
        self._transcripts = transcripts
        self._company = company
        self._known = KnownWords(transcripts)
        self._order: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._background: set[asyncio.Task[None]] = set()

    async def take(self, raw: Json) -> None:
        """Store what an update says; when this returns it may be acknowledged. The same again changes nothing."""
        try:
            said = read(Update.de_json(raw, self._bot))
        except Exception:
            # It would come again for a day, and never be understood.
            log.exception("an update makes no sense", action="update_unreadable", update=raw.get("update_id"))
            said = read_plainly(raw)
        if said is None:
            return
        lock = self._order.setdefault(said.contact.id, asyncio.Lock())
        async with lock:
            await self._act(said)

    async def close(self) -> None:
        for task in self._background:
            task.cancel()
        await asyncio.gather(*self._background, return_exceptions=True)

    async def _act(self, said: Read) -> None:
        match said:
            case Written():
                await self._hear(said)
            case Command(name="human"):
                await self._want_person(said)
            case Command():
                say = self._company.channel_scripts
                text = say.help if said.name == "help" else say.welcome
                await self._welcome(said.contact, said.id, self._company.fill(text))
            case Tap():
                await self._tapped(said)
            case Reachable():
                await self._note_reachable(said)

    async def _hear(self, written: Written) -> None:
        if not (written.incoming.edited and await self._known.is_known(written)):
            await self._take_in(written.incoming)
        self._known.remember(written)

    async def _want_person(self, said: Command) -> None:
        """What is written behind the command comes first: it may be a danger."""
        wanted = self._company.fill(self._company.channel_scripts.person_wanted)
        if said.words:
            await self._take_in(Incoming(contact=said.contact, id=f"{said.id}/words", text=said.words))
        await self._take_in(Incoming(contact=said.contact, id=said.id, text=wanted))

    async def _tapped(self, tap: Tap) -> None:
        text = await said_by(tap.data, tap.contact.id, self._transcripts)
        await self._take_in(Incoming(contact=tap.contact, id=tap.id, text=text or ""))
        self._soon(self._answer_tap(tap.query_id))

    async def _answer_tap(self, query_id: str) -> None:
        try:
            await self._bot.answer_callback_query(query_id)
        except TelegramError as problem:  # too old after an outage, for one
            log.debug("a tap was not answered", action="tap_unanswered", reason=problem.message)

    async def _note_reachable(self, change: Reachable) -> None:
        conversation = await self._transcripts.of_contact(change.contact.id)
        if conversation and not conversation.closed:
            async with self._conversations.open(conversation.id) as work:
                text = "用户重新启用了机器人" if change.reachable else "用户停用了机器人，消息无法送达"
                work.note("reachable" if change.reachable else "unreachable", text)

    def _soon(self, what: Awaitable[None]) -> None:
        task = asyncio.ensure_future(what)
        self._background.add(task)
        task.add_done_callback(self._background.discard)
