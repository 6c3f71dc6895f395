"""What people do with shifts: plan them, fill in the hand-over form, sign it. Raises NotAllowed and BadAccount."""

from collections.abc import Awaitable, Callable, Collection, Sequence
from datetime import date

from bot.clock import Clock
from bot.desk.accounts import BadAccount
from bot.desk.permission import refuse_if
from bot.desk.shifts import Duty, HandoverBook, OpenCase, Roster, ShiftHandover
from bot.domain.desk_log import Did, LogEntry
from bot.domain.staff import Staff
from bot.ports import StaffDirectory


class NoSuchHandover(LookupError):
    """No hand-over form has this id."""


class ShiftActs:
    """`open_cases` tells what is open at this moment."""

    def __init__(
        self,
        *,
        roster: Roster,
        book: HandoverBook,
        staff: StaffDirectory,
        shifts: Collection[str],
        open_cases: Callable[[], Awaitable[Sequence[OpenCase]]],
        clock: Clock,
        new_id: Callable[[], str],
    ) -> None:
        self._roster = roster
        self._book = book
        self._staff = staff
        self._shifts = shifts
        self._open_cases = open_cases
        self._clock = clock
        self._new_id = new_id

    async def plan(self, by: Staff, day: date, shift: str, staff_ids: Sequence[str]) -> Duty:
        self._check_shift(shift)
        known = {member.staff_id for member in await self._staff.all() if member.serves}
        for staff_id in staff_ids:
            if staff_id not in known:
                raise BadAccount(f"没有工号为 {staff_id} 的客服或班长")
        duty = Duty(day, shift, tuple(dict.fromkeys(staff_ids)))
        text = f"工号 {by.staff_id} 排班 {day} {shift}：{'、'.join(duty.staff_ids) or '无人'}"
        entry = LogEntry(at=self._clock.now(), did=Did.ROSTER, staff_id=by.staff_id, about=shift, text=text)
        await self._roster.plan(duty, entry)
        return duty

    async def make(self, by: Staff, day: date, shift: str) -> ShiftHandover:
        """A form for the shift that ends, filled in with what is open; the one there is, if there is one."""
        self._check_shift(shift)
        now, cases = self._clock.now(), tuple(await self._open_cases())
        form = ShiftHandover(id=self._new_id(), day=day, shift=shift, made_by=by.staff_id, made_at=now, cases=cases)
        return await self._book.make(form)

    async def write(self, handover_id: str, equipment: str, remarks: str) -> ShiftHandover:
        await self._get(handover_id)
        written = await self._book.write(handover_id, equipment, remarks)
        refuse_if(not written, "交班人已签字，内容不能再修改。")
        return await self._get(handover_id)

    async def sign(self, handover_id: str, who: Staff) -> ShiftHandover:
        """Who signs first hands over; a second person takes over. Then nobody changes it any more."""
        form, now = await self._get(handover_id), self._clock.now()
        if form.given_by is None:
            refuse_if(not form.equipment.strip(), "请先填写设备、系统运行状态，再签字交班。")
            given = await self._book.give(handover_id, who.staff_id, now, await self._open_cases())
            refuse_if(not given, "别人刚刚已签字，请重新打开。")
        else:
            refuse_if(form.given_by == who.staff_id, "接班须由另一人签字。")
            taken = await self._book.take(handover_id, who.staff_id, now)
            refuse_if(not taken, f"工号 {form.taken_by} 已签字接班。" if form.taken_by else "别人刚刚已签字接班。")
        return await self._get(handover_id)

    async def _get(self, handover_id: str) -> ShiftHandover:
        found = await self._book.get(handover_id)
        if found is None:
            raise NoSuchHandover(handover_id)
        return found

    def _check_shift(self, shift: str) -> None:
        if shift not in self._shifts:
            raise BadAccount(f"没有“{shift}”这个班次，可选：{'、'.join(self._shifts)}")
