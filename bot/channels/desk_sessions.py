"""The desks' pages: they come with a session, get a snapshot, and leave. Writing goes through REST only."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

import socketio

from bot.channel import Channel
from bot.channels import shapes
from bot.channels.desk_alarms import alarm_frame
from bot.channels.desk_rooms import LEADS, NAMESPACE, STAFF, may_see, room_of
from bot.channels.desk_summaries import Summaries
from bot.domain.conversations import Conversation, Owner
from bot.domain.staff import Role, Staff
from bot.ports import Inbox, StaffDirectory, Transcripts

Json = dict[str, Any]


class DeskSessions:
    def __init__(
        self,
        server: socketio.AsyncServer,
        *,
        authenticate: Callable[[Json, object], Awaitable[Staff | None]],
        staff: StaffDirectory,
        inbox: Inbox,
        transcripts: Transcripts,
        summaries: Summaries,
        channels: Mapping[str, Channel],
        arrived: Callable[[str], Awaitable[None]],
        still_here: Callable[[str], Awaitable[None]],
        left: Callable[[str], Awaitable[None]],
    ) -> None:
        self._server = server
        self._authenticate = authenticate
        self._staff = staff
        self._inbox = inbox
        self._transcripts = transcripts
        self._summaries = summaries
        self._channels = channels
        self._arrived = arrived
        self._still_here = still_here
        self._left = left
        for event, handler in {
            "connect": self._connect,
            "disconnect": self._disconnect,
            "typing": self._typing,
            "seen": self._seen,
        }.items():
            server.on(event, handler, namespace=NAMESPACE)

    async def look_after(self) -> None:
        """Close the desks of sessions that have ended (signed out elsewhere, new password), and count the others in."""
        present = set()
        for sid, _ in list(self._server.manager.get_participants(NAMESPACE, None)):
            proof = (await self._server.get_session(sid, namespace=NAMESPACE)).get("proof")
            member = await self._authenticate(*proof) if proof else None
            if member:
                present.add(member.staff_id)
            elif proof:
                await self._server.emit("signed_out", {}, to=sid, namespace=NAMESPACE)
                await self._server.disconnect(sid, namespace=NAMESPACE)
        for staff_id in present:
            await self._still_here(staff_id)

    # --- frames from the page ---

    async def _connect(self, sid: str, environ: Json, auth: object = None) -> None:
        member = await self._authenticate(environ, auth)
        if member is None:
            raise socketio.exceptions.ConnectionRefusedError("请先登录")
        await self._server.save_session(sid, {"staff": member, "proof": (environ, auth)}, namespace=NAMESPACE)
        rooms = [room_of(member.staff_id)]
        if member.serves:
            rooms.append(STAFF)
        if member.role is Role.LEAD:
            rooms.append(LEADS)
        for room in rooms:
            await self._server.enter_room(sid, room, namespace=NAMESPACE)
        await self._arrived(member.staff_id)
        found = await self._inbox.open_conversations()
        await self._server.emit("snapshot", await self._snapshot(member, found), to=sid, namespace=NAMESPACE)
        await self._repeat_alarms(sid, member, found)

    async def _disconnect(self, sid: str, reason: object = None) -> None:
        member = await self._member(sid)
        if member and not self._has_page(member.staff_id, besides=sid):
            await self._left(member.staff_id)

    async def _typing(self, sid: str, data: object = None) -> None:
        c, member = await self._own_conversation(sid, data)
        channel = self._channels.get(c.channel) if c else None
        if c and member and channel and isinstance(data, dict):
            await channel.typing(c.contact_id, bool(data.get("on")), "agent")

    async def _seen(self, sid: str, data: object = None) -> None:
        """Reading marks are the page's own for now: nothing is promised to the customer about being read."""

    # --- helpers ---

    async def _snapshot(self, member: Staff, found: Sequence[Conversation]) -> Json:
        conversations = [c for c in found if may_see(member, c)]
        return self._summaries.dated(
            {
                "me": shapes.staff(await self._staff.get(member.staff_id) or member),
                "conversations": await self._summaries.many(conversations),
                "staff": [shapes.staff(colleague) for colleague in await self._staff.all()],
            }
        )

    async def _repeat_alarms(self, sid: str, member: Staff, found: Sequence[Conversation]) -> None:
        if not member.serves:
            return
        for c in found:
            emergency = c.emergency
            overdue = emergency is not None and emergency.open and emergency.overdue_alarms > 0
            if emergency and (emergency.alarming or overdue):
                frame = await alarm_frame(self._summaries, c, "undispatched" if overdue else "raised")
                await self._server.emit("alarm", frame, to=sid, namespace=NAMESPACE)

    async def _own_conversation(self, sid: str, data: object) -> tuple[Conversation | None, Staff | None]:
        member = await self._member(sid)
        conversation_id = data.get("conversation_id") if isinstance(data, dict) else None
        if member is None or not isinstance(conversation_id, str):
            return None, None
        c = await self._transcripts.get(conversation_id)
        mine = c is not None and c.owner is Owner.AGENT and c.staff_id == member.staff_id
        return (c, member) if mine else (None, None)

    async def _member(self, sid: str) -> Staff | None:
        found: Staff | None = (await self._server.get_session(sid, namespace=NAMESPACE)).get("staff")
        return found

    def _has_page(self, staff_id: str, besides: str) -> bool:
        sids = self._server.manager.get_participants(NAMESPACE, room_of(staff_id))
        return any(sid != besides for sid, _ in sids)
