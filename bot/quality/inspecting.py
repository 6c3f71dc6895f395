"""What people do with inspections: draw, score, publish, object, decide. Each act and its line in the desk's log are
one transaction. Raises InspectionRefused, BadSheet and NoSuchInspection.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bot.clock import Clock
from bot.domain.company import Inspection as Rules
from bot.domain.desk_log import Did, LogEntry
from bot.domain.events import Event, InspectionMoved
from bot.domain.inspections import OPEN_TO_AGENT, Found, Inspection, MessageRemark, Origin, Stage, make_sheet
from bot.domain.staff import Staff
from bot.quality.inspection_rights import InspectionRefused, must_decide, must_object, must_publish, must_score
from bot.quality.ports import Case, Cases, Inspections
from bot.quality.sampling import draw, due_so_far


class NoSuchInspection(LookupError):
    """No inspection has this id, or no closed conversation this one."""


@dataclass(frozen=True)
class Given:
    """What stands on the sheet, and which version of the inspection its writer saw (0: there was none)."""

    found: Sequence[Found]
    remarks: Sequence[MessageRemark]
    comment: str
    version: int


class Inspecting:
    def __init__(
        self,
        *,
        cases: Cases,
        store: Inspections,
        rules: Rules,
        clock: Clock,
        new_id: Callable[[], str],
        publish: Callable[[Sequence[Event]], None],
    ) -> None:
        self._cases = cases
        self._store = store
        self._rules = rules
        self._clock = clock
        self._new_id = new_id
        self._publish = publish

    async def draw(self, who: Staff, month: str, since: datetime, until: datetime) -> int:
        """The sample of this month as far as it is due; how many were drawn now. Whoever draws again gets no others."""
        now = self._clock.now()
        due = due_so_far(self._rules.per_agent_month, since, until, now)
        undrawn, drawn = await self._cases.undrawn(since, until), await self._store.drawn(since, until)
        chosen = draw(undrawn, drawn, due, month)
        if not chosen:
            return 0
        made = [self._begin(case, who, Origin.SAMPLE, now) for case in chosen]
        counts, there = Counter(case.staff_id for case in chosen), Counter(case.staff_id for case in undrawn)
        told = "，".join(f"{staff_id}：{there[staff_id]} 个中抽 {count} 个" for staff_id, count in counts.items())
        text = f"工号 {who.staff_id} 抽取 {month} 的质检样本（{told}）"
        return await self._store.draw(made, LogEntry(at=now, did=Did.INSPECT, staff_id=who.staff_id, text=text))

    async def save(self, who: Staff, conversation_id: str, given: Given) -> Inspection:
        """The sheet anew; what is published stays so, and its agent sees the corrected one."""
        case = await self._cases.one(conversation_id)
        if case is None:
            raise NoSuchInspection(conversation_id)
        now, known = self._clock.now(), case.inspection
        i = known or self._begin(case, who, Origin.FOCUS if case.why else Origin.CHOSEN, now)
        must_score(who, i)
        changed = self._scored(i, given)
        stage = Stage.SCORED if i.stage is Stage.DRAWN else i.stage
        changed = replace(changed, inspector=who.staff_id, stage=stage, version=given.version + 1)
        what = "更正评分" if i.stage is Stage.PUBLISHED else "保存评分"
        return await self._keep(changed, who, what, f"{changed.score} 分")

    async def publish(self, who: Staff, inspection_id: str, version: int) -> Inspection:
        i = await self._get(inspection_id)
        must_publish(who, i)
        changed = self._next(i, version, stage=Stage.PUBLISHED, published_at=self._clock.now())
        return await self._keep(changed, who, "发布质检结果", f"{i.score} 分")

    async def object_(self, who: Staff, inspection_id: str, reason: str) -> Inspection:
        i = await self._get(inspection_id)
        must_object(who, i)
        now = self._clock.now()
        changed = self._next(i, i.version, stage=Stage.OBJECTED, objection=reason, objected_at=now)
        return await self._keep(changed, who, "对质检提出申诉", "")

    async def decide(
        self, who: Staff, inspection_id: str, reason: str, version: int, given: Given | None
    ) -> Inspection:
        """Without `given` the score stands; with it, it is corrected."""
        i = await self._get(inspection_id)
        must_decide(who, i)
        judged = i if given is None else self._scored(i, given)
        decided = {"decision": reason, "decided_by": who.staff_id, "decided_at": self._clock.now()}
        changed = self._next(judged, version, stage=Stage.DECIDED, **decided)
        if given is None:
            return await self._keep(changed, who, "申诉不成立，维持原分", f"{i.score} 分")
        return await self._keep(changed, who, "申诉成立，更正评分", f"{i.score} 分改为 {changed.score} 分")

    async def _get(self, inspection_id: str) -> Inspection:
        found = await self._store.get(inspection_id)
        if found is None:
            raise NoSuchInspection(inspection_id)
        return found

    def _begin(self, case: Case, who: Staff, origin: Origin, now: datetime) -> Inspection:
        return Inspection(
            id=self._new_id(),
            conversation_id=case.conversation_id,
            staff_id=case.staff_id,
            closed_at=case.closed_at,
            category=case.category,
            origin=origin,
            made_by=who.staff_id,
            made_at=now,
        )

    def _scored(self, i: Inspection, given: Given) -> Inspection:
        sheet = make_sheet(self._rules.criteria, i.sheet, given.found, given.remarks, given.comment)
        return replace(i, sheet=sheet, score=sheet.score(self._rules.full_marks))

    def _next(self, i: Inspection, version: int, **fields: Any) -> Inspection:
        """`version`: what its writer saw."""
        return replace(i, version=version + 1, **fields)

    async def _keep(self, changed: Inspection, who: Staff, what: str, more: str) -> Inspection:
        text = f"工号 {who.staff_id} {what}（工号 {changed.staff_id} 的会话{f'，{more}' if more else ''}）"
        entry = LogEntry(
            at=self._clock.now(),
            did=Did.INSPECT,
            staff_id=who.staff_id,
            about=changed.staff_id,
            conversation_id=changed.conversation_id,
            text=text,
        )
        if not await self._store.put(changed, what, entry):
            raise InspectionRefused("这次质检刚刚被修改过，请重新打开后再试。")
        if changed.stage in OPEN_TO_AGENT:
            self._publish([InspectionMoved(changed, entry.at)])
        return changed
