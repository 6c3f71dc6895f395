"""Inspections of conversations (质检): what was found, what it comes to, and how far the matter has got. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.company import Criterion


class BadSheet(ValueError):
    """The sheet cannot be taken; the text tells the inspector why, in Chinese."""


class Origin(StrEnum):
    """How the conversation came to be inspected."""

    SAMPLE = "sample"  # drawn by rule
    FOCUS = "focus"  # an emergency, a breach, a complaint, a dissatisfied customer
    CHOSEN = "chosen"  # picked by the inspector


class Why(StrEnum):
    """What makes a conversation one to be looked at first."""

    EMERGENCY = "emergency"
    COMPLAINT = "complaint"
    BREACH = "breach"
    DISSATISFIED = "dissatisfied"


class Stage(StrEnum):
    DRAWN = "drawn"  # to be scored
    SCORED = "scored"  # the inspector's alone
    PUBLISHED = "published"  # the agent and the leads read it
    OBJECTED = "objected"  # the agent disagrees
    DECIDED = "decided"  # somebody has looked at the objection: nothing changes any more


#: Stages in which the agent and the leads may read it.
OPEN_TO_AGENT = frozenset({Stage.PUBLISHED, Stage.OBJECTED, Stage.DECIDED})


@dataclass(frozen=True)
class Deduction:
    """As the criterion was when it was held against the conversation: a later company.yml changes nothing."""

    key: str
    name: str
    #: Each time.
    points: int
    times: int
    fatal: bool = False
    remark: str = ""


@dataclass(frozen=True)
class MessageRemark:
    seq: int
    text: str


@dataclass(frozen=True)
class Sheet:
    deductions: tuple[Deduction, ...] = ()
    remarks: tuple[MessageRemark, ...] = ()
    comment: str = ""

    def score(self, full_marks: int) -> int:
        """What is left of the full marks; a fatal item leaves nothing, and there is nothing below it (S3 录音质检)."""
        if any(each.fatal for each in self.deductions):
            return 0
        return max(0, full_marks - sum(each.points * each.times for each in self.deductions))


@dataclass(frozen=True)
class Found:
    """An item as the inspector gives it."""

    key: str
    times: int
    remark: str = ""


@dataclass(frozen=True, kw_only=True)
class Inspection:
    id: str
    conversation_id: str
    #: Whose conversation it was.
    staff_id: str
    closed_at: datetime
    #: 报修类型
    category: str
    origin: Origin
    stage: Stage = Stage.DRAWN
    #: Who drew it, or began it, and when.
    made_by: str
    made_at: datetime
    #: Counts every change, so that of two changes at once one is refused.
    version: int = 1
    inspector: str | None = None
    sheet: Sheet = Sheet()
    #: Of `sheet`; None before it was scored.
    score: int | None = None
    published_at: datetime | None = None
    objection: str = ""
    objected_at: datetime | None = None
    decision: str = ""
    decided_by: str | None = None
    decided_at: datetime | None = None

    @property
    def fatal(self) -> bool:
        return any(each.fatal for each in self.sheet.deductions)


@dataclass(frozen=True, kw_only=True)
class Version:
    """What an inspection was after a change."""

    number: int
    at: datetime
    staff_id: str
    what: str
    stage: Stage
    score: int | None
    sheet: Sheet


def make_sheet(
    criteria: Sequence[Criterion], before: Sheet, found: Sequence[Found], remarks: Sequence[MessageRemark], comment: str
) -> Sheet:
    """The sheet with names and points; what stood on it `before` stays what it was. Raises BadSheet."""
    known: dict[str, tuple[str, int, bool]] = {each.key: (each.name, each.points, each.fatal) for each in criteria}
    known |= {each.key: (each.name, each.points, each.fatal) for each in before.deductions}
    return Sheet(tuple(_deductions(found, known)), _one_each(remarks), comment)


def _deductions(found: Sequence[Found], known: Mapping[str, tuple[str, int, bool]]) -> list[Deduction]:
    if len({each.key for each in found}) < len(found):
        raise BadSheet("同一个评分项写了两次。")
    made = []
    for each in found:
        if each.key not in known:
            raise BadSheet(f"没有“{each.key}”这个评分项，请刷新页面后重试。")
        name, points, fatal = known[each.key]
        made.append(Deduction(each.key, name, points, each.times, fatal, each.remark))
    return made


def _one_each(remarks: Sequence[MessageRemark]) -> tuple[MessageRemark, ...]:
    by_seq = {each.seq: each for each in remarks if each.text}
    return tuple(by_seq[seq] for seq in sorted(by_seq))
