"""Inspections: the sheet and its total, the draw, who may do what, the averages, what is read."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from pydantic import ValidationError

from bot.domain.company import Band, Criterion
from bot.domain.company import Inspection as Rules
from bot.domain.conversations import Fact, Kind, Message, Speaker
from bot.domain.inspection_scores import score_report
from bot.domain.inspections import (
    BadSheet,
    Deduction,
    Found,
    Inspection,
    MessageRemark,
    Origin,
    Sheet,
    Stage,
    make_sheet,
)
from bot.domain.notes import Note
from bot.domain.staff import Role, Staff
from bot.quality.inspection_rights import (
    InspectionRefused,
    may_read,
    must_decide,
    must_object,
    must_publish,
    must_score,
)
from bot.quality.ports import Case
from bot.quality.record import record
from bot.quality.sampling import draw, due_so_far

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 15, 16, 30, tzinfo=UTC)  # Monday already where the company is
RULES = Rules()
AGENT, OTHER = (Staff(staff_id=number, name="", role=Role.AGENT) for number in ("101", "102"))
LEAD = Staff(staff_id="201", name="", role=Role.LEAD)
INSPECTOR, SECOND = (Staff(staff_id=number, name="", role=Role.INSPECTOR) for number in ("301", "302"))
ADMIN = Staff(staff_id="901", name="", role=Role.ADMIN)
FIRST = Inspection(
    id="i1",
    conversation_id="c1",
    staff_id="101",
    closed_at=NOW,
    category="咨询",
    origin=Origin.SAMPLE,
    made_by="301",
    made_at=NOW,
)


def sheet(*found: Found) -> Sheet:
    return make_sheet(RULES.criteria, Sheet(), found, [], "")


# --- the sheet ---


def test_points_are_taken_off_each_time_and_never_below_nothing() -> None:
    assert sheet().score(100) == 100
    assert sheet(Found("opening", 1), Found("baseless", 3)).score(100) == 100 - 2 - 27
    assert sheet(Found("slow_reply", 30)).score(100) == 0


def test_a_fatal_item_leaves_nothing() -> None:
    """S3: 应当受理的不受理，如违反，本条录音不得分."""
    assert sheet(Found("refusal", 1)).score(100) == 0


def test_a_sheet_keeps_what_the_criteria_were() -> None:
    before = Sheet((Deduction("old", "旧评分项", 7, 1),))
    (kept,) = make_sheet(RULES.criteria, before, [Found("old", 2)], [], "").deductions
    assert (kept.name, kept.points, kept.times) == ("旧评分项", 7, 2)
    with pytest.raises(BadSheet, match="没有“unknown”这个评分项"):
        sheet(Found("unknown", 1))
    with pytest.raises(BadSheet, match="写了两次"):
        sheet(Found("opening", 1), Found("opening", 1))


def test_remarks_stand_in_the_order_of_the_messages_and_empty_ones_are_gone() -> None:
    remarks = [MessageRemark(9, "应先致歉"), MessageRemark(2, "好"), MessageRemark(5, "")]
    made = make_sheet(RULES.criteria, Sheet(), [], remarks, "")
    assert made.remarks == (MessageRemark(2, "好"), MessageRemark(9, "应先致歉"))


def test_the_company_s_rules_are_checked() -> None:
    twice = Criterion(key="a", group="甲", name="乙", points=1)
    with pytest.raises(ValidationError, match="评分项 a 写了两次"):
        Rules(criteria=(twice, twice))
    with pytest.raises(ValidationError, match="从高分到低分"):
        Rules(bands=(Band(at_least=60, points=5), Band(at_least=95, points=40)))
    assert [RULES.month_points(average) for average in (100, 95, 94.9, 60, 59.9)] == [40, 40, 35, 5, 0]


# --- the draw ---

MONTH = (datetime(2026, 11, 1, tzinfo=ZONE), datetime(2026, 12, 1, tzinfo=ZONE))


def cases(staff_id: str, count: int) -> list[Case]:
    return [
        Case(conversation_id=f"{staff_id}-{number}", staff_id=staff_id, closed_at=NOW, category="")
        for number in range(count)
    ]


def test_everybody_gets_the_same_number_and_who_had_fewer_all_of_his() -> None:
    drawn = draw([*cases("101", 40), *cases("102", 2)], {}, 5, "2026-11")
    assert [case.staff_id for case in drawn] == ["101"] * 5 + ["102"] * 2


def test_the_draw_can_be_worked_out_again_and_is_another_one_each_month() -> None:
    pool = cases("101", 40)
    first = draw(pool, {}, 5, "2026-11")
    assert draw(list(reversed(pool)), {}, 5, "2026-11") == first
    assert draw(pool, {}, 5, "2026-12") != first
    assert first != pool[:5]


def test_what_was_drawn_before_counts() -> None:
    assert len(draw(cases("101", 40), {"101": 3}, 5, "2026-11")) == 2
    assert draw(cases("101", 40), {"101": 6}, 5, "2026-11") == []


def test_all_of_the_month_has_its_chance() -> None:
    day = timedelta(days=1)
    due = [due_so_far(5, *MONTH, MONTH[0] + gone * day) for gone in (-1, 0, 1, 6, 7, 15, 29, 30, 60)]
    assert due == [0, 0, 1, 1, 2, 3, 5, 5, 5]


# --- rights ---


def test_who_reads_what() -> None:
    published = replace(FIRST, stage=Stage.PUBLISHED)
    for i, readers in ((FIRST, [INSPECTOR]), (published, [AGENT, LEAD, INSPECTOR])):
        assert [who for who in (AGENT, OTHER, LEAD, INSPECTOR, ADMIN) if may_read(who, i)] == readers


def refused(rule: object, who: Staff, i: Inspection) -> bool:
    assert callable(rule)
    try:
        rule(who, i)
    except InspectionRefused:
        return True
    return False


def test_who_scores() -> None:
    assert [who for who in (AGENT, LEAD, INSPECTOR, ADMIN) if not refused(must_score, who, FIRST)] == [INSPECTOR]
    mine = replace(FIRST, inspector="301", stage=Stage.SCORED)
    assert refused(must_score, SECOND, mine), "another inspector's sheet"
    assert not refused(must_score, INSPECTOR, replace(mine, stage=Stage.PUBLISHED)), "to correct it"
    for stage in (Stage.OBJECTED, Stage.DECIDED):
        assert refused(must_score, INSPECTOR, replace(mine, stage=stage))


def test_only_what_is_scored_is_published_and_once() -> None:
    stages = [stage for stage in Stage if not refused(must_publish, INSPECTOR, replace(FIRST, stage=stage))]
    assert stages == [Stage.SCORED]


def test_one_objects_once_and_to_one_s_own() -> None:
    published = replace(FIRST, stage=Stage.PUBLISHED)
    assert not refused(must_object, AGENT, published)
    for who in (OTHER, LEAD, INSPECTOR):
        assert refused(must_object, who, published)
    assert refused(must_object, AGENT, replace(published, objected_at=NOW)), "corrected after the first objection"
    assert refused(must_object, AGENT, FIRST), "not published"


def test_an_inspector_or_a_lead_decides_but_nobody_in_his_own_case() -> None:
    objected = replace(FIRST, stage=Stage.OBJECTED)
    deciders = [who for who in (AGENT, LEAD, INSPECTOR, ADMIN) if not refused(must_decide, who, objected)]
    assert deciders == [LEAD, INSPECTOR]
    assert refused(must_decide, LEAD, replace(objected, staff_id="201")), "a lead serves customers too"
    assert refused(must_decide, LEAD, FIRST)


# --- scores ---


def scored(staff_id: str, score: int, origin: Origin = Origin.SAMPLE, at: datetime = NOW) -> Inspection:
    lost = Deduction("opening", "没有使用标准开头语", 2, 1)
    return replace(
        FIRST, staff_id=staff_id, score=score, origin=origin, closed_at=at, stage=Stage.PUBLISHED, sheet=Sheet((lost,))
    )


def test_averages_are_those_of_the_sample() -> None:
    """What was picked for its faults pulls nobody's average down."""
    earlier = NOW.replace(hour=15)  # Sunday where the company is
    found = score_report(
        [scored("101", 90), scored("101", 95, at=earlier), scored("101", 40, Origin.FOCUS), scored("102", 100)],
        RULES,
        ZONE,
    )
    ann = found.agents["101"]
    assert (ann.sampled, ann.average, ann.month_points, ann.picked, ann.picked_average) == (2, 92.5, 35, 1, 40.0)
    assert list(found.weeks) == ["2026-11-09", "2026-11-16"]
    assert found.both["101", "2026-11-09"].average == 95.0
    assert found.total.sampled == 3
    assert found.faults == [("没有使用标准开头语", 4, 8)]


def test_nobody_was_inspected() -> None:
    found = score_report([], RULES, ZONE)
    assert (found.total.average, found.total.month_points, found.agents) == (None, None, {})


# --- what is read ---


def test_the_record_holds_what_was_said_and_done_in_order_without_telephones() -> None:
    def said(seq: int, speaker: Speaker, text: str, kind: Kind = Kind.ANSWER) -> Message:
        at = NOW + timedelta(seconds=seq)
        staff_id = "101" if speaker is Speaker.AGENT else None
        return Message(
            id=f"m{seq}", conversation_id="c1", seq=seq, at=at, speaker=speaker, kind=kind, text=text, staff_id=staff_id
        )

    messages = [
        said(1, Speaker.CUSTOMER, "我的电话13812345678", Kind.TEXT),
        said(5, Speaker.SYSTEM, "请您耐心等待", Kind.WAITING_PROMPT),
        said(9, Speaker.AGENT, "您好"),
    ]
    facts = [
        Fact(conversation_id="c1", at=NOW + timedelta(seconds=second), what=what, text=what)
        for second, what in ((2, "assigned"), (5, "waiting_prompt"), (7, "warning"), (8, "breach"), (10, "closed"))
    ]
    notes = [Note(id="n", conversation_id="c1", at=NOW + timedelta(seconds=3), staff_id="101", text="回电13812345678")]
    lines = record(messages, facts, notes)
    assert [line.kind for line in lines] == [
        "message", "move", "note", "prompt", "warning", "breach", "message", "fact",
    ]  # fmt: skip
    assert (lines[0].text, lines[2].text) == ("我的电话138****5678", "回电138****5678")
    assert [line.seq for line in lines if line.seq] == [1, 5, 9]
