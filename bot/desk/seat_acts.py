"""What the lead sets for a colleague's seat: how many conversations at a time, and which skill groups."""

from collections.abc import Callable, Collection, Sequence

from bot.clock import Clock
from bot.desk.accounts import check_groups
from bot.desk.log import DeskLog
from bot.domain.desk_log import Did, LogEntry
from bot.domain.events import Event, QueueChanged, StaffChanged
from bot.domain.staff import Staff
from bot.ports import StaffDirectory


class SeatActs:
    def __init__(
        self,
        *,
        staff: StaffDirectory,
        log: DeskLog,
        clock: Clock,
        groups: Collection[str],
        publish: Callable[[Sequence[Event]], None],
    ) -> None:
        self._staff = staff
        self._log = log
        self._clock = clock
        self._groups = groups
        self._publish = publish

    async def set_seat(self, staff_id: str, by: Staff, capacity: int, groups: Sequence[str]) -> Staff:
        """Takes effect at once: who has room now is given whoever waits. Raises NoSuchStaff, BadAccount."""
        check_groups(groups, self._groups)
        member = await self._staff.set_seat(staff_id, capacity, list(dict.fromkeys(groups)))
        named = "、".join(member.groups) or "无"
        text = f"工号 {by.staff_id} 设置工号 {staff_id}：同时接待 {capacity}，技能组 {named}"
        entry = LogEntry(at=self._clock.now(), did=Did.SEAT, staff_id=by.staff_id, about=staff_id, text=text)
        await self._log.note(entry)
        self._publish([StaffChanged(member), QueueChanged()])
        return member
