"""The live side of the desk: Socket.IO namespace /desk (docs/protocol.md 3). Writing goes through REST only."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

import socketio

from bot.channel import Channel
from bot.channels import shapes
from bot.channels.desk_summaries import Summaries
from bot.domain.conversations import Conversation, Owner
from bot.domain.emergency_orders import LABELS
from bot.domain.events import (
    AgentWarned,
    ConversationChanged,
    EmergencyAccepted,
    EmergencyRaised,
    EmergencyUndispatched,
    MessagePosted,
    MovedAfterBreach,
    NoteWritten,
    PromiseBroken,
    StaffChanged,
    StayedAway,
)
from bot.domain.staff import Role, Staff
from bot.ports import Inbox, Mark, StaffDirectory, Timer, Transcripts

NAMESPACE = "/desk"
STAFF, LEADS = "staff", "leads"

Json = dict[str, Any]


class AgentDesk:
    def __init__(
        self,
        server: socketio.AsyncServer,
        *,
        authenticate: Callable[[Json, object], Awaitable[Staff | None]],
        staff: StaffDirectory,
        inbox: Inbox,
        transcripts: Transcripts,
        summaries: Summaries,
        deadlines: Callable[[Conversation], Sequence[Timer]],
        channels: Mapping[str, Channel],
        arrived: Callable[[str], Awaitable[None]],
        still_here: Callable[[str], Awaitable[None]],
        left: Callable[[str], Awaitable[None]],
        shared: bool,
    ) -> None:
        self._server = server
        self._authenticate = authenticate
        self._staff = staff
        self._inbox = inbox
        self._transcripts = transcripts
        self._deadlines = deadlines
        self._channels = channels
        self._summaries = summaries
        self._arrived = arrived
        self._still_here = still_here
        self._left = left
        self._shared = shared
        for event, handler in {
            "connect": self._connect,
            "disconnect": self._disconnect,
            "typing": self._typing,
            "seen": self._seen,
        }.items():
            server.on(event, handler, namespace=NAMESPACE)

    # --- reactions ---

    async def show_conversation(self, event: ConversationChanged) -> None:
        """To the leads; to agents if it concerns them now or did a moment ago."""
        if not self._anybody():
            return
        c, before = event.conversation, event.before
        # Dated when it became true: a frame that was held up must not pass for newer than an answer given meanwhile.
        frame = {**await self._summaries.answer(c), "now": shapes.moment(event.at)}
        if _of_all_agents(c):
            await self._emit("conversation", frame, STAFF)
            return
        if before is not None and _of_all_agents(before):
            await self._emit("conversation", _without_text(frame), STAFF)
        owners = {c.staff_id, before.staff_id if before else None} - {None}
        await self._emit("conversation", frame, LEADS, *map(room_of, owners))

    async def show_message(self, event: MessagePosted) -> None:
        if not self._anybody():
            return
        c = event.conversation
        frame = self._now({"conversation_id": c.id, "message": shapes.message(event.message)})
        rooms = [STAFF] if _of_all_agents(c) else [LEADS, *([room_of(c.staff_id)] if c.staff_id else [])]
        await self._emit("message", frame, *rooms)

    async def show_note(self, event: NoteWritten) -> None:
        """To whoever sees the conversation; no channel of a customer knows of notes."""
        c = event.conversation
        frame = self._now({"conversation_id": c.id, "note": shapes.note(event.note)})
        await self._emit(
            "note", frame, LEADS, room_of(event.note.staff_id), *([room_of(c.staff_id)] if c.staff_id else [])
        )

    async def warn(self, event: AgentWarned) -> None:
        c = event.conversation
        due = next((t.due_at for t in self._deadlines(c) if t.kind == "agent_breach"), None)
        frame = self._now({"conversation_id": c.id, "breach_at": shapes.moment(due)})
        await self._emit("warning", frame, room_of(c.staff_id))

    async def show_breach(self, event: PromiseBroken) -> None:
        """A wait in the queue was too long. An agent's lapse is told when it is known who goes on (`show_move`)."""
        if event.staff_id is None:
            await self._emit("breach", self._breach(event.conversation, None, None), LEADS)

    async def show_move(self, event: MovedAfterBreach) -> None:
        frame = self._breach(event.conversation, event.staff_id, event.moved_to)
        await self._emit("breach", frame, LEADS, room_of(event.staff_id), room_of(event.moved_to))

    async def alarm(self, event: EmergencyRaised | EmergencyUndispatched) -> None:
        """To every agent and lead, until one accepts."""
        reason = "raised" if isinstance(event, EmergencyRaised) else "undispatched"
        await self._emit("alarm", await self._alarm(event.conversation, reason), STAFF)

    async def alarm_over(self, event: EmergencyAccepted) -> None:
        c = event.conversation
        accepted_by = c.emergency.accepted_by if c.emergency else None
        await self._emit("alarm_over", self._now({"conversation_id": c.id, "accepted_by": accepted_by}), STAFF)

    async def show_staff(self, event: StaffChanged) -> None:
        await self._emit("staff", self._now({"staff": shapes.staff(event.staff)}), STAFF)

    async def show_absence(self, event: StayedAway) -> None:
        """To whoever stayed away, and to the leads."""
        frame = self._now({"staff_id": event.staff.staff_id, "text": event.text})
        await self._emit("absence", frame, LEADS, room_of(event.staff.staff_id))

    async def show_loads(self, event: ConversationChanged) -> None:
        """Who has how many, after a conversation changed hands."""
        c, before = event.conversation, event.before
        touched = {c.staff_id, before.staff_id if before else None} - {None}
        moved = before is None or (before.owner, before.staff_id) != (c.owner, c.staff_id)
        if not moved or not self._anybody():
            return
        for staff_id in touched:
            member = await self._staff.get(str(staff_id))
            if member:
                await self.show_staff(StaffChanged(member))

    # --- calls from other channels ---

    async def customer_types(self, conversation_id: str, on: bool) -> None:
        c = await self._transcripts.get(conversation_id)
        if c and c.owner is Owner.AGENT:
            frame = {"conversation_id": conversation_id, "on": on, "who": "customer"}
            await self._emit("typing", frame, room_of(c.staff_id), LEADS)

    async def show_deliveries(self, marks: Sequence[Mark]) -> None:
        if not self._anybody():
            return
        found = {c.contact_id: c for c in await self._transcripts.open_of({mark.contact_id for mark in marks})}
        for mark in marks:
            c = found.get(mark.contact_id)
            if c and c.staff_id:
                frame = {"conversation_id": c.id, "seq": mark.seq, "delivery": mark.delivery.value}
                if mark.after_all:
                    frame["only"] = True
                await self._emit("delivery", frame, room_of(c.staff_id), LEADS)

    async def look_after_sessions(self) -> None:
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
        conversations = [c for c in found if _may_see(member, c)]
        return self._now(
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
                frame = await self._alarm(c, "undispatched" if overdue else "raised")
                await self._server.emit("alarm", frame, to=sid, namespace=NAMESPACE)

    async def _alarm(self, c: Conversation, reason: str) -> Json:
        frame = await self._summaries.answer(c)
        emergency = c.emergency
        what = LABELS[emergency.kind] if emergency else ""
        where = emergency.address if emergency and emergency.address else "地址未知"
        if reason == "raised":
            text = f"险情：{what}（{where}）"
        elif emergency and emergency.order_number:
            text = f"险情已按未确认的地址派单，请核实：{what}（{where}），工单 {emergency.order_number}"
        else:
            text = f"险情还没有派单：{what}（{where}）"
        return {**frame, "reason": reason, "text": text}

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

    async def _emit(self, event: str, frame: Json, *rooms: str) -> None:
        """Once to everybody who is in one of the rooms."""
        await self._server.emit(event, frame, room=list(rooms), namespace=NAMESPACE)

    def _anybody(self) -> bool:
        """Whether a desk is open; with several replicas it may be open elsewhere."""
        return self._shared or any(True for _ in self._server.manager.get_participants(NAMESPACE, None))

    def _has_page(self, staff_id: str, besides: str) -> bool:
        sids = self._server.manager.get_participants(NAMESPACE, room_of(staff_id))
        return any(sid != besides for sid, _ in sids)

    def _breach(self, c: Conversation, staff_id: str | None, moved_to: str | None) -> Json:
        return self._now({"conversation_id": c.id, "staff_id": staff_id, "moved_to": moved_to})

    def _now(self, frame: Json) -> Json:
        return self._summaries.dated(frame)


def room_of(staff_id: str | None) -> str:
    """All pages of this member of staff."""
    return f"staff:{staff_id}"


def _of_all_agents(c: Conversation) -> bool:
    """The queue, left messages and alarms concern everybody."""
    return c.owner is Owner.QUEUE or (not c.closed and c.emergency is not None and c.emergency.concerns_everybody)


def _may_see(member: Staff, c: Conversation) -> bool:
    if member.role is Role.LEAD:
        return True
    return member.serves and (_of_all_agents(c) or c.staff_id == member.staff_id)


def _without_text(frame: Json) -> Json:
    """For agents it no longer concerns: that it moved, not what is said in it."""
    return {**frame, "conversation": {**frame["conversation"], "last_message": None}}
