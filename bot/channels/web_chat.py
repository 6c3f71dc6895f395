"""The customer's web page: Rasa's Socket.IO events (docs/protocol.md 1), so rasa-webchat works unmodified."""

import hashlib
import json
import re
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from typing import Any, Protocol

import socketio
import structlog

from bot.channel import HELD, SENT, Capabilities, Outcome
from bot.channels import shapes
from bot.clock import Clock
from bot.conversation.emergency_screen import screen
from bot.domain.conversations import Conversation, Delivery, Message, Owner, Speaker
from bot.domain.events import ConversationChanged, MessagePosted
from bot.domain.file_types import FILE_TYPES
from bot.domain.text import LONGEST, BadText
from bot.ports import Assistant, Contact, Inbox, Transcripts

log = structlog.get_logger()

CHANNEL = "web"
SESSION_ID = re.compile(r"[A-Za-z0-9_.:\-]{1,128}")
_MESSAGE_ID = re.compile(r"[A-Za-z0-9_.:\-]{1,64}")
#: A person does not write more than this; a script that does is told to slow down.
BURST, PER = 30, timedelta(seconds=10)
#: No message has a higher number: what the database holds.
HIGHEST = 2**31 - 1
#: The page fetches files itself.
ANY_FILE = dict.fromkeys(FILE_TYPES, HIGHEST)

Receive = Callable[[Contact, str | None, object], Awaitable[Message]]
Json = dict[str, Any]


class Marks(Protocol):
    def __call__(self, contact_id: str, seq: int, delivery: Delivery) -> None: ...


def contact_of(session_id: str) -> Contact:
    """The session id is the customer's key to his conversation, so only its hash is kept."""
    return Contact(id=f"{CHANNEL}:{hashlib.sha256(session_id.encode()).hexdigest()[:32]}", channel=CHANNEL)


class WebChat:
    """Implements channel.Channel for the page, and takes what the page sends."""

    name = CHANNEL
    capabilities = Capabilities(text_limit=LONGEST, buttons=True, typing=True, sends=ANY_FILE, fetches=True)

    def __init__(
        self,
        server: socketio.AsyncServer,
        *,
        receive: Receive,
        transcripts: Transcripts,
        inbox: Inbox,
        assistant: Assistant,
        clock: Clock,
        new_id: Callable[[], str],
        mark: Marks,
        write_marks: Callable[[], Awaitable[object]],
        typing_to_desk: Callable[[str, bool], Awaitable[None]],
        as_words: Callable[[Message], Awaitable[Message]],
        shared: bool,
    ) -> None:
        """`as_words`: a message with a file for a client that shows none (rasa-webchat)."""
        self._server = server
        self._receive = receive
        self._transcripts = transcripts
        self._inbox = inbox
        self._assistant = assistant
        self._clock = clock
        self._new_id = new_id
        self._mark = mark
        self._write_marks = write_marks
        self._typing_to_desk = typing_to_desk
        self._as_words = as_words
        self._shared = shared
        #: Clients that know words and buttons only: they do not ask after a number, as our page does.
        self._simple: set[str] = set()
        self._recent: dict[str, list[datetime]] = {}
        for event, handler in {
            "connect": self._connect,
            "disconnect": self._disconnect,
            "session_request": self._session_request,
            "user_uttered": self._user_uttered,
            "typing": self._typing,
            "seen": self._seen,
            "*": self._unknown,
        }.items():
            server.on(event, handler)

    # --- channel.Channel ---

    async def send(self, contact_id: str, messages: Sequence[Message]) -> Sequence[Outcome]:
        """HELD when no page of the contact is open here; with several replicas it may be open elsewhere."""
        if not self._shared and not self._has_page(contact_id):
            return [HELD]
        message = messages[0]
        simple = self._simple_pages(contact_id) if message.attachment else []
        await self._server.emit("bot_uttered", shapes.to_customer(message), room=contact_id, skip_sid=simple)
        for sid in simple:
            await self._server.emit("bot_uttered", shapes.to_customer(await self._as_words(message)), to=sid)
        return [SENT]

    async def typing(self, contact_id: str, on: bool, speaker: str) -> None:
        await self._server.emit("typing", {"on": on, "speaker": speaker}, room=contact_id)

    # --- reactions ---

    async def echo(self, event: MessagePosted) -> None:
        """Show a customer's message on his other pages."""
        if event.message.speaker is Speaker.CUSTOMER and event.conversation.channel == CHANNEL:
            await self._server.emit("user_echo", shapes.echo(event.message), room=event.conversation.contact_id)

    async def show_status(self, event: ConversationChanged) -> None:
        """Tell the page who is dealing with the customer now."""
        c, before = event.conversation, event.before
        unchanged = before is not None and _served(before) == _served(c)
        if c.channel == CHANNEL and not unchanged and (self._shared or self._has_page(c.contact_id)):
            await self._server.emit("status", await self._status(c), room=c.contact_id)

    async def assistant_is_ready(self, _: object) -> None:
        await self._server.emit("status", {"assistant": "ready"})

    # --- frames from the page ---

    async def _connect(self, sid: str, environ: Json, auth: object = None) -> None:
        del sid, environ, auth

    async def _disconnect(self, sid: str, reason: object = None) -> None:
        self._recent.pop(sid, None)
        self._simple.discard(sid)

    async def _session_request(self, sid: str, data: object = None) -> None:
        frame = data if isinstance(data, dict) else {}
        session_id = frame.get("session_id")
        if session_id is not None and not _is_id(session_id, SESSION_ID):
            await self._refuse(sid, "会话编号无效，已为您开始新的会话。")
            session_id = None
        session_id = session_id or self._new_id()
        contact = contact_of(session_id)
        await self._join(sid, contact)
        await self._server.emit("session_confirm", session_id, to=sid)
        after = _after(frame)
        (self._simple.add if after is None else self._simple.discard)(sid)
        await self._catch_up(sid, contact, after)

    async def _user_uttered(self, sid: str, data: object = None) -> Json:
        frame = data if isinstance(data, dict) else {}
        metadata = _metadata(frame)
        message_id = metadata.get("id")
        if message_id is not None and not _is_id(message_id, _MESSAGE_ID):
            return await self._bad(sid, None, "消息编号无效，请刷新页面后重试。")
        session_id = frame.get("session_id") or sid
        if not _is_id(session_id, SESSION_ID):
            return await self._bad(sid, message_id, "会话编号无效，请刷新页面后重试。")
        if self._too_fast(sid) and not self._urgent(frame):
            return await self._bad(sid, message_id, "您发送得太快了，请稍等几秒再发。如遇燃气泄漏请直接拨打热线。")
        contact = contact_of(session_id)
        await self._join(sid, contact)
        try:
            message = await self._receive(contact, message_id, frame.get("message"))
        except BadText as problem:
            return await self._bad(sid, message_id, str(problem))
        except Exception:
            log.exception("a message could not be stored", action="receive_failed", channel=CHANNEL)
            return await self._bad(sid, message_id, "系统暂时无法保存消息，请稍后重试。如遇燃气泄漏请直接拨打热线。")
        return {"ok": True, "id": message.id, "seq": message.seq}

    async def _typing(self, sid: str, data: object = None) -> None:
        contact = await self._contact(sid)
        conversation = await self._transcripts.of_contact(contact.id) if contact else None
        if conversation and isinstance(data, dict):
            await self._typing_to_desk(conversation.id, bool(data.get("on")))

    async def _seen(self, sid: str, data: object = None) -> None:
        contact = await self._contact(sid)
        seq = _number(data.get("seq")) if isinstance(data, dict) else None
        if contact and seq:
            self._mark(contact.id, seq, Delivery.DELIVERED)

    async def _unknown(self, event: str, sid: str, *_: object) -> None:
        await self._refuse(sid, f"不认识的事件：{event[:40]}")

    # --- helpers ---

    async def _join(self, sid: str, contact: Contact) -> None:
        known = await self._contact(sid)
        if known == contact:
            return
        if known:
            await self._server.leave_room(sid, known.id)
        await self._server.save_session(sid, {"contact": contact})
        await self._server.enter_room(sid, contact.id)

    async def _contact(self, sid: str) -> Contact | None:
        found: Contact | None = (await self._server.get_session(sid)).get("contact")
        return found

    async def _catch_up(self, sid: str, contact: Contact, after: int | None) -> None:
        """Send what the page missed: everything after the number it names, else what was never sent."""
        if after is None:
            await self._write_marks()  # what another page got a moment ago is not missed
            missed = await self._transcripts.undelivered(contact.id)
        else:
            missed = await self._transcripts.history(contact.id, after)
        for message in missed:
            own = message.speaker is Speaker.CUSTOMER
            shown = await self._as_words(message) if message.attachment and sid in self._simple else message
            frame = shapes.echo(message) if own else shapes.to_customer(shown)
            await self._server.emit("user_echo" if own else "bot_uttered", frame, to=sid)
        if missed:
            self._mark(contact.id, missed[-1].seq, Delivery.SENT)
        # Read last: while the messages went out the conversation may have changed hands.
        conversation = await self._transcripts.of_contact(contact.id)
        await self._server.emit("status", await self._status(conversation), to=sid)

    async def _status(self, c: Conversation | None) -> Json:
        status: Json = {"assistant": "ready" if self._assistant.ready else "starting", "owner": "bot"}
        if c:
            status["owner"] = c.owner.value
            if c.owner is Owner.QUEUE and not c.offline:
                status["position"] = (await self._inbox.positions()).get(c.id, 1)
            if c.owner is Owner.AGENT and not _unaccepted(c):
                status["agent"] = c.staff_id
        return status

    def _has_page(self, contact_id: str) -> bool:
        return any(True for _ in self._server.manager.get_participants("/", contact_id))

    def _simple_pages(self, contact_id: str) -> list[str]:
        return [sid for sid, _ in self._server.manager.get_participants("/", contact_id) if sid in self._simple]

    def _too_fast(self, sid: str) -> bool:
        now = self._clock.now()
        recent = [at for at in self._recent.get(sid, []) if now - at < PER]
        too_fast = len(recent) >= BURST
        self._recent[sid] = recent if too_fast else [*recent, now]
        return too_fast

    def _urgent(self, frame: Json) -> bool:
        text = frame.get("message")
        return isinstance(text, str) and screen(text) is not None

    async def _bad(self, sid: str, message_id: object, error: str) -> Json:
        await self._refuse(sid, error)
        return {"ok": False, "id": message_id, "error": error}

    async def _refuse(self, sid: str, error: str) -> None:
        await self._server.emit("error_notice", {"error": error}, to=sid)


def _served(c: Conversation) -> tuple[object, ...]:
    """What the page shows of who serves the customer.

    `offline`: with nobody on duty the customer stays in the queue, but has no place in it any more.
    """
    return c.owner, c.staff_id, c.offline, _unaccepted(c)


def _unaccepted(c: Conversation) -> bool:
    """An emergency is given to somebody at once, but nobody serves the customer until it is accepted."""
    return c.emergency is not None and c.emergency.alarming


def _is_id(value: object, pattern: re.Pattern[str]) -> bool:
    return isinstance(value, str) and pattern.fullmatch(value) is not None


def _metadata(frame: Json) -> Json:
    """Rasa's channel takes metadata as an object or as JSON text."""
    metadata = frame.get("metadata")
    if isinstance(metadata, str):
        try:
            metadata = json.loads(metadata)
        except ValueError:
            return {}
    return metadata if isinstance(metadata, dict) else {}


def _after(frame: Json) -> int | None:
    return _number(_metadata(frame).get("after"))


def _number(value: object) -> int | None:
    """A message's number, or 0; anything else a page may send is none."""
    return value if type(value) is int and 0 <= value <= HIGHEST else None
