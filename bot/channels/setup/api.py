"""Channel settings over REST, for administrators (docs/channels-settings.md). A secret goes in and never comes out."""

from dataclasses import asdict
from datetime import datetime
from typing import Annotated, Any, Protocol

from fastapi import APIRouter, Depends
from pydantic import BaseModel, Field

from bot.channels.auth import Dependency
from bot.channels.errors import ApiError, not_found
from bot.channels.setup.form import BadSettings, Entry, Values, entries, read, shown
from bot.channels.setup.house import ChannelHouse, Room, Source
from bot.channels.shapes import moment
from bot.clock import Clock
from bot.desk.log import DeskLog
from bot.domain.desk_log import Did, LogEntry
from bot.domain.staff import Staff

Json = dict[str, Any]


class ChannelFigures(Protocol):
    async def last(self, channel: str) -> tuple[datetime | None, datetime | None]:
        """When the last message came, and when the last one left."""
        ...


class ValuesIn(BaseModel):
    """Of a secret: a new one, "" to leave it as it is, null to drop it."""

    values: dict[Annotated[str, Field(max_length=80)], Annotated[str, Field(max_length=2000)] | None]


def setup_routes(*, managing: Dependency, setup: "ChannelSetup") -> APIRouter:
    """`managing` is a dependency that returns the administrator who acts."""
    router = APIRouter(prefix="/api/channels", tags=["渠道设置"])
    Admin = Annotated[Staff, Depends(managing)]

    @router.get("", summary="各渠道的状态和设置")
    async def channels(_: Admin) -> Json:
        return await setup.all()

    @router.put("/{name}/settings", summary="保存设置，立即生效")
    async def save(name: str, body: ValuesIn, who: Admin) -> Json:
        return await setup.save(name, body.values, who)

    @router.delete("/{name}/settings", summary="停用渠道，删除保存的设置")
    async def remove(name: str, who: Admin) -> Json:
        return await setup.remove(name, who)

    @router.post("/{name}/check", summary="检测：设置在平台上是否有效")
    async def check(name: str, body: ValuesIn, _: Admin) -> Json:
        return await setup.check(name, body.values)

    return router


class ChannelSetup:
    """What an administrator does with the channels; each act is noted in the desk's log."""

    def __init__(
        self,
        *,
        house: ChannelHouse,
        figures: ChannelFigures,
        log: DeskLog,
        clock: Clock,
        public_url: str | None,
        own_url: str,
    ) -> None:
        self._house = house
        self._figures = figures
        self._log = log
        self._clock = clock
        self._public_url = public_url
        self._own_url = own_url

    async def all(self) -> Json:
        last_in, last_out = await self._figures.last("web")
        web = {"address": f"{self._own_url}/", "last_in": moment(last_in), "last_out": moment(last_out)}
        return {"web": web, "channels": [await self._told(room) for room in self._house.rooms.values()]}

    async def save(self, name: str, values: Values, who: Staff) -> Json:
        """Raises ApiError."""
        room = self._changeable(name)
        try:
            await self._house.save(name, values, who.staff_id)
        except BadSettings as problem:
            raise _bad(problem) from None
        await self._note(room, who, f"保存了渠道“{room.kind.title}”的设置：{_changed(room, values)}")
        return await self._told(room)

    async def remove(self, name: str, who: Staff) -> Json:
        """Raises ApiError."""
        room = self._changeable(name)
        await self._house.remove(name)
        await self._note(room, who, f"停用了渠道“{room.kind.title}”，删除了保存的设置")
        return await self._told(room)

    async def check(self, name: str, values: Values) -> Json:
        """Try what is filled in, or what the environment says. Raises ApiError."""
        room = self._room(name)
        settings = room.settings
        if room.source is not Source.ENVIRONMENT:
            try:
                settings, _ = read(room.kind.model, values, self._house.known(room))
            except BadSettings as problem:
                raise _bad(problem) from None
        found = await room.kind.check(settings)
        return {"findings": [{"good": each.good, "text": each.text, "advice": each.advice} for each in found]}

    def _room(self, name: str) -> Room:
        if name not in self._house.rooms:
            raise not_found("这个渠道")
        return self._house.rooms[name]

    def _changeable(self, name: str) -> Room:
        room = self._room(name)
        if room.source is Source.ENVIRONMENT:
            why = f"这个渠道由环境变量 {room.kind.prefix}… 设置，在本页不能修改。"
            raise ApiError(409, "set_by_environment", why)
        return room

    async def _told(self, room: Room) -> Json:
        return _shape(room, await self._figures.last(room.kind.name), self._public_url)

    async def _note(self, room: Room, who: Staff, what: str) -> None:
        about = room.kind.name
        await self._log.note(
            LogEntry(at=self._clock.now(), did=Did.CHANNEL, text=what, staff_id=who.staff_id, about=about)
        )


def _bad(problem: BadSettings) -> ApiError:
    return ApiError(422, "invalid", "请改正标出的各项，设置没有保存。", problem.fields)


def _shape(room: Room, last: tuple[datetime | None, datetime | None], public_url: str | None) -> Json:
    kind, saved = room.kind, room.saved
    trouble = room.live.trouble if room.live and room.joined else None
    base = (public_url or "https://您的域名").rstrip("/")
    return {
        "name": kind.name,
        "title": kind.title,
        "state": "failed" if room.problem else "running" if room.joined else "off",
        "problem": room.problem,
        "source": room.source.value,
        "variables": kind.prefix,
        "fields": [
            {**_described(entry), **seen}
            for entry, seen in zip(entries(kind.model), shown(kind.model, room.settings).values(), strict=True)
        ],
        "address": f"{base}{kind.address}",
        "public": public_url is not None,
        "guide": kind.guide,
        "last_in": moment(last[0]),
        "last_out": moment(last[1]),
        "trouble": trouble and {"at": moment(trouble[0]), "text": trouble[1]},
        "saved": saved and {"staff_id": saved.staff_id, "at": moment(saved.at)},
    }


def _described(entry: Entry) -> Json:
    return {name: value for name, value in asdict(entry).items() if name not in ("pattern", "says")}


def _changed(room: Room, values: Values) -> str:
    """The names of the fields that were filled in; never what was."""
    names = [entry.label for entry in entries(room.kind.model) if values.get(entry.name, "") != ""]
    return "、".join(names) or "没有改动"
