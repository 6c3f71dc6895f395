"""What the lead says, live: whispers to one agent, broadcasts to all or to a group (docs/desk.md)."""

from typing import Any

import socketio

from bot.channels import shapes
from bot.channels.desk_rooms import LEADS, NAMESPACE, STAFF, room_of
from bot.domain.desk_log import LogEntry
from bot.domain.events import Broadcast, Whispered
from bot.ports import StaffDirectory

Json = dict[str, Any]


class LeadFrames:
    def __init__(self, server: socketio.AsyncServer, staff: StaffDirectory) -> None:
        self._server = server
        self._staff = staff

    async def show_whisper(self, event: Whispered) -> None:
        """To the agent whose conversation it is, and to the leads; the customer's page hears of nothing."""
        at = shapes.moment(event.at)
        fact = {"at": at, "what": "whisper", "text": f"班长 {event.staff_id} 悄悄话：{event.text}"}
        frame = {
            "conversation_id": event.conversation.id,
            "staff_id": event.staff_id,
            "text": event.text,
            "fact": {**fact, "staff_id": event.staff_id},
            "now": at,
        }
        await self._server.emit(
            "whisper", frame, room=[LEADS, room_of(event.conversation.staff_id)], namespace=NAMESPACE
        )

    async def show_broadcast(self, event: Broadcast) -> None:
        entry = event.entry
        rooms = [STAFF]
        if entry.about:
            members = [member for member in await self._staff.all() if entry.about in member.groups]
            rooms = [LEADS, *(room_of(member.staff_id) for member in members)]
        frame = {"broadcast": broadcast(entry), "now": shapes.moment(entry.at)}
        await self._server.emit("broadcast", frame, room=rooms, namespace=NAMESPACE)


def broadcast(entry: LogEntry) -> Json:
    return {"at": shapes.moment(entry.at), "staff_id": entry.staff_id, "group": entry.about, "text": entry.text}
