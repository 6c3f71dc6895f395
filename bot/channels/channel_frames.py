"""What a customer's platform still allows, live on his agent's desk (docs/wechat.md)."""

import socketio

from bot.channels import shapes
from bot.channels.desk_rooms import NAMESPACE, room_of
from bot.clock import Clock
from bot.domain.events import ReplyLimited


class ChannelFrames:
    def __init__(self, server: socketio.AsyncServer, clock: Clock) -> None:
        self._server = server
        self._clock = clock

    async def show_limit(self, event: ReplyLimited) -> None:
        """To the agent who has the conversation; whoever takes it later reads it in the timeline."""
        c, now = event.conversation, shapes.moment(self._clock.now())
        if c.staff_id:
            fact = {"at": now, "what": "channel", "text": event.text, "staff_id": None}
            frame = {"conversation_id": c.id, "fact": fact, "now": now}
            await self._server.emit("limit", frame, room=[room_of(c.staff_id)], namespace=NAMESPACE)
