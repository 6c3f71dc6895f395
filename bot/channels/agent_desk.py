"""What the desks are shown: frames on the Socket.IO namespace /desk (docs/protocol.md 3)."""

from collections.abc import Callable, Sequence
from typing import Any

import socketio

from bot.channels import shapes
from bot.channels.desk_alarms import alarm_frame
from bot.channels.desk_rooms import LEADS, NAMESPACE, STAFF, of_all_agents, room_of
from bot.channels.desk_summaries import Summaries
from bot.domain.conversations import Conversation, Owner
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
from bot.ports import Mark, StaffDirectory, Timer, Transcripts

Json = dict[str, Any]


class AgentDesk:
    def __init__(
        self,
        server: socketio.AsyncServer,
        *,
        staff: StaffDirectory,
        transcripts: Transcripts,
        summaries: Summaries,
        deadlines: Callable[[Conversation], Sequence[Timer]],
        shared: bool,
    ) -> None:
        self._server = server
        self._staff = staff
        self._transcripts = transcripts
        self._deadlines = deadlines
        self._summaries = summaries
        self._shared = shared

    # --- reactions ---

    async def show_conversation(self, event: ConversationChanged) -> None:
        """To the leads; to agents if it concerns them now or did a moment ago."""
        if not self._anybody():
            return
        c, before = event.conversation, event.before
        # Dated when it became true: a frame that was held up must not pass for newer than an answer given meanwhile.
        frame = {**await self._summaries.answer(c), "now": shapes.moment(event.at)}
        if of_all_agents(c):
            await self._emit("conversation", frame, STAFF)
            return
        if before is not None and of_all_agents(before):
            await self._emit("conversation", _without_text(frame), STAFF)
        owners = {c.staff_id, before.staff_id if before else None} - {None}
        await self._emit("conversation", frame, LEADS, *map(room_of, owners))

    async def show_message(self, event: MessagePosted) -> None:
        if not self._anybody():
            return
        c = event.conversation
        frame = self._now({"conversation_id": c.id, "message": shapes.message(event.message)})
        rooms = [STAFF] if of_all_agents(c) else [LEADS, *([room_of(c.staff_id)] if c.staff_id else [])]
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
        await self._emit("alarm", await alarm_frame(self._summaries, event.conversation, reason), STAFF)

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

    # --- helpers ---

    async def _emit(self, event: str, frame: Json, *rooms: str) -> None:
        """Once to everybody who is in one of the rooms."""
        await self._server.emit(event, frame, room=list(rooms), namespace=NAMESPACE)

    def _anybody(self) -> bool:
        """Whether a desk is open; with several replicas it may be open elsewhere."""
        return self._shared or any(True for _ in self._server.manager.get_participants(NAMESPACE, None))

    def _breach(self, c: Conversation, staff_id: str | None, moved_to: str | None) -> Json:
        return self._now({"conversation_id": c.id, "staff_id": staff_id, "moved_to": moved_to})

    def _now(self, frame: Json) -> Json:
        return self._summaries.dated(frame)


def _without_text(frame: Json) -> Json:
    """For agents it no longer concerns: that it moved, not what is said in it."""
    return {**frame, "conversation": {**frame["conversation"], "last_message": None}}
