"""The longest absence from the seat (S0 工作纪律 6): past it the agent and the lead are told, and it is recorded."""

from collections.abc import Callable, Sequence
from datetime import timedelta

from bot.clock import Clock
from bot.desk.log import DeskLog
from bot.domain.desk_log import Did, LogEntry
from bot.domain.events import Event, StayedAway
from bot.domain.staff import Presence
from bot.ports import StaffDirectory, Timer, TimerStore

ABSENCE = "absence"

_NAMES = {Presence.BUSY: "置忙", Presence.AWAY: "离开"}


class Absences:
    def __init__(
        self,
        *,
        staff: StaffDirectory,
        timers: TimerStore,
        log: DeskLog,
        clock: Clock,
        publish: Callable[[Sequence[Event]], None],
        limit: timedelta,
    ) -> None:
        self._staff = staff
        self._timers = timers
        self._log = log
        self._clock = clock
        self._publish = publish
        self._limit = limit

    async def over(self, timer: Timer) -> None:
        """The time is up. Coming back drops the timer; an account that ended meanwhile leaves one behind."""
        member = await self._staff.get(timer.subject)
        if member is None or member.presence not in _NAMES:
            await self._timers.drop(timer.key)
            return
        because = f"（{member.reason}）" if member.reason else ""
        state, minutes = _NAMES[member.presence], self._limit.total_seconds() / 60
        text = f"工号 {timer.subject} {state}{because}超过 {minutes:g} 分钟未回到坐席"
        entry = LogEntry(at=self._clock.now(), did=Did.ABSENCE, about=timer.subject, text=text)
        if await self._log.settle(timer, entry):
            self._publish([StayedAway(member, text)])
