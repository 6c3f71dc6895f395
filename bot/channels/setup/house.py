"""Where channels join and leave: those of the environment at the start, those of the page whenever they are saved."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, MutableMapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any

import structlog
from pydantic import BaseModel

from bot.channel import Channel
from bot.channels.setup.doors import ChannelDoors
from bot.channels.setup.form import BadSettings, read
from bot.channels.setup.joined import Joined, Kind
from bot.channels.setup.live_channel import LiveChannel
from bot.channels.setup.saved import Saved, SavedSettings
from bot.clock import Clock, pause
from bot.domain.events import Event
from bot.domain.sealed import CannotOpen
from bot.reactions import Reactions
from bot.timers import Timers

log = structlog.get_logger()

#: So soon a replica notices what was saved on another.
LOOK_EVERY = timedelta(seconds=10)


class Source(StrEnum):
    """Where a channel's settings come from; the environment goes first."""

    ENVIRONMENT = "environment"
    PAGE = "page"
    NONE = "none"


@dataclass
class Room:
    """One kind of channel, as it is now."""

    kind: Kind
    source: Source = Source.NONE
    settings: BaseModel | None = None
    saved: Saved | None = None
    #: Why it does not run although it is set up, in Chinese.
    problem: str = ""
    joined: Joined | None = None
    live: LiveChannel | None = None
    tasks: Sequence[asyncio.Task[None]] = ()


class ChannelHouse:
    def __init__(
        self,
        kinds: Sequence[Kind],
        *,
        channels: MutableMapping[str, Channel],
        doors: ChannelDoors,
        reactions: Reactions,
        timers: Timers,
        saved: SavedSettings,
        clock: Clock,
        send_what_waits: Callable[[], Awaitable[None]],
    ) -> None:
        """`channels` is the outbox's: what can be sent on."""
        self.rooms: Mapping[str, Room] = {kind.name: Room(kind) for kind in kinds}
        self._channels = channels
        self._doors = doors
        self._reactions = reactions
        self._timers = timers
        self._saved = saved
        self._clock = clock
        self._send_what_waits = send_what_waits
        self._running = False
        self._changing = asyncio.Lock()
        self._listened_to: set[type[Event]] = set()
        self._ending: set[asyncio.Task[None]] = set()

    def by_environment(self, name: str, settings: BaseModel) -> None:
        """It joins with these, whatever is saved."""
        room = self.rooms[name]
        room.source, room.settings = Source.ENVIRONMENT, settings
        self._join(room)

    # --- while it runs ---

    async def start(self) -> None:
        """Let everything that joined begin; take what was saved on the page."""
        self._running = True
        for room in self.rooms.values():
            self._begin(room)
        await self._look()

    async def run(self) -> None:
        """Notice what is saved on other replicas."""
        while True:
            await pause(self._clock, self._clock.now() + LOOK_EVERY)
            try:
                await self._look()
            except Exception:
                log.exception("saved settings could not be read", action="channel_settings_unread")

    async def close(self) -> None:
        self._running = False
        for ending in self._ending:
            ending.cancel()
        await asyncio.gather(*self._ending, return_exceptions=True)
        for room in self.rooms.values():
            await self._end(room, room.joined, room.tasks)

    async def settle(self) -> None:
        """Wait until nothing is under way; for tests."""
        for room in self.rooms.values():
            for settle in room.joined.settling if room.joined else ():
                await settle()

    # --- what an administrator does ---

    def known(self, room: Room) -> dict[str, Any]:
        """What is saved of it; nothing if that cannot be read any more."""
        try:
            return self._saved.open(room.saved) if room.saved else {}
        except CannotOpen:
            return {}

    async def save(self, name: str, filled_in: Mapping[str, Any], staff_id: str) -> None:
        """From now on these hold. Raises BadSettings."""
        room = self.rooms[name]
        async with self._changing:
            settings, values = read(room.kind.model, filled_in, self.known(room))
            saved = await self._saved.put(name, values, staff_id, self._clock.now())
            await self._change(room, saved, settings)

    async def remove(self, name: str) -> None:
        """Switch it off and forget what was saved."""
        room = self.rooms[name]
        async with self._changing:
            await self._saved.remove(name)
            await self._change(room, None, None)

    # --- joining and leaving ---

    async def _look(self) -> None:
        for room in self.rooms.values():
            async with self._changing:
                saved = await self._saved.get(room.kind.name)
                if room.source is Source.ENVIRONMENT or saved == room.saved:
                    room.saved = saved
                    continue
                await self._take(room, saved)

    async def _take(self, room: Room, saved: Saved | None) -> None:
        """What was saved elsewhere, or before the start."""
        try:
            settings = read(room.kind.model, self._saved.open(saved), {})[0] if saved else None
        except (CannotOpen, BadSettings) as problem:
            await self._change(room, saved, None)
            room.problem = str(problem)
            log.error("a channel is not used", action="channel_settings_bad", channel=room.kind.name)
            return
        await self._change(room, saved, settings)

    async def _change(self, room: Room, saved: Saved | None, settings: BaseModel | None) -> None:
        before, tasks = room.joined, room.tasks
        room.saved, room.settings, room.problem = saved, settings, ""
        room.source = Source.PAGE if saved else Source.NONE
        room.joined, room.tasks = None, ()
        for task in tasks:
            task.cancel()
        if settings is not None:
            self._join(room)
            self._begin(room)
        else:
            self._doors.open(room.kind.name, None)
            self._channels.pop(room.kind.name, None)
            self._timers.drop(before.timers if before else ())
            if room.live:
                room.live.use(None)
        # Calls under way may take their time; nobody waits for them here.
        ending = asyncio.create_task(self._end(room, before, tasks))
        self._ending.add(ending)
        ending.add_done_callback(self._ending.discard)
        log.info("a channel was changed", action="channel_changed", channel=room.kind.name, on=settings is not None)
        if settings is not None and self._running:
            await self._send_what_waits()

    def _join(self, room: Room) -> None:
        joined = room.joined = room.kind.join(room.settings)
        if room.live:
            room.live.use(joined.channel)
        else:
            room.live = LiveChannel(joined.channel, self._clock)
        self._channels[joined.channel.name] = room.live
        self._doors.open(room.kind.name, joined.routes)
        self._timers.add(joined.timers)
        fresh = set(joined.reactions) - self._listened_to
        self._listened_to |= fresh
        self._reactions.add({happened: [self._react] for happened in fresh})

    def _begin(self, room: Room) -> None:
        if self._running and room.joined:
            room.tasks = [asyncio.create_task(loop(), name=name) for name, loop in room.joined.loops.items()]

    async def _end(self, room: Room, joined: Joined | None, tasks: Sequence[asyncio.Task[None]]) -> None:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        if joined is None:
            return
        if room.live and self._running:
            with suppress(TimeoutError):
                await room.live.quiet(joined.channel)
        for close in joined.closing:
            with suppress(Exception):
                await close()

    async def _react(self, event: Event) -> None:
        for room in self.rooms.values():
            for reaction in room.joined.reactions.get(type(event), ()) if room.joined else ():
                result = reaction(event)
                if result is not None:
                    await result
