"""Inspections, live: the agent hears of what was published, the leads of an objection (docs/desk.md)."""

import socketio

from bot.channels import shapes
from bot.channels.desk_rooms import LEADS, NAMESPACE, room_of
from bot.domain.events import InspectionMoved
from bot.domain.inspections import Inspection, Stage


class InspectionFrames:
    def __init__(self, server: socketio.AsyncServer) -> None:
        self._server = server

    async def show(self, event: InspectionMoved) -> None:
        i = event.inspection
        frame = {"id": i.id, "stage": i.stage.value, "text": _text(i), "now": shapes.moment(event.at)}
        room = LEADS if i.stage is Stage.OBJECTED else room_of(i.staff_id)
        await self._server.emit("inspection", frame, room=room, namespace=NAMESPACE)


def _text(i: Inspection) -> str:
    if i.stage is Stage.OBJECTED:
        return f"工号 {i.staff_id} 对质检结果提出申诉，请在“班务 → 质检成绩”里处理。"
    what = "您的质检申诉已处理" if i.stage is Stage.DECIDED else "您的一次质检结果已发布"
    return f"{what}（{i.score} 分），请看“班务 → 我的质检”。"
