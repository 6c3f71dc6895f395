"""Inspections as the pages get them."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, Field

from bot.channels import shapes
from bot.domain.company import Inspection as Rules
from bot.domain.inspection_scores import ScoreReport, Scores
from bot.domain.inspections import Found, Inspection, MessageRemark, Version
from bot.domain.text import tidy
from bot.domain.work_orders import WorkOrder
from bot.quality.inspecting import Given
from bot.quality.ports import Case
from bot.quality.record import Line

Json = dict[str, Any]
Words = Annotated[str, AfterValidator(tidy), Field(max_length=300)]
Reason = Annotated[str, AfterValidator(tidy), Field(min_length=1, max_length=500)]


class FoundIn(BaseModel):
    key: Annotated[str, Field(max_length=30)]
    times: Annotated[int, Field(ge=1, le=50)] = 1
    remark: Words = ""


class RemarkIn(BaseModel):
    #: Number of the message.
    seq: Annotated[int, Field(ge=1, le=2**31 - 1)]
    text: Words


class SheetIn(BaseModel):
    deductions: Annotated[list[FoundIn], Field(max_length=100)] = Field(default_factory=list)
    remarks: Annotated[list[RemarkIn], Field(max_length=200)] = Field(default_factory=list)
    comment: Annotated[str, AfterValidator(tidy), Field(max_length=1000)] = ""
    #: Of the inspection, as the page saw it; 0: there was none.
    version: Annotated[int, Field(ge=0, le=2**31 - 2)] = 0

    def given(self) -> Given:
        found = [Found(each.key, each.times, each.remark) for each in self.deductions]
        return Given(found, [MessageRemark(each.seq, each.text) for each in self.remarks], self.comment, self.version)


def rules(company: Rules) -> Json:
    return {
        "full_marks": company.full_marks,
        "per_agent_month": company.per_agent_month,
        "criteria": [each.model_dump() for each in company.criteria],
    }


def case(found: Case) -> Json:
    i = found.inspection
    return {
        "conversation_id": found.conversation_id,
        "staff_id": found.staff_id,
        "closed_at": shapes.moment(found.closed_at),
        "category": found.category,
        "channel": found.channel,
        "why": [why.value for why in found.why],
        "satisfaction": found.satisfaction,
        "inspection": i and brief(i),
    }


def brief(i: Inspection) -> Json:
    return {
        "id": i.id,
        "conversation_id": i.conversation_id,
        "staff_id": i.staff_id,
        "closed_at": shapes.moment(i.closed_at),
        "category": i.category,
        "origin": i.origin.value,
        "stage": i.stage.value,
        "inspector": i.inspector,
        "score": i.score,
        "fatal": i.fatal,
        "version": i.version,
        "published_at": shapes.moment(i.published_at),
    }


def inspection(i: Inspection) -> Json:
    return {
        **brief(i),
        "deductions": [vars(each) for each in i.sheet.deductions],
        "remarks": [vars(each) for each in i.sheet.remarks],
        "comment": i.sheet.comment,
        "objection": i.objection,
        "objected_at": shapes.moment(i.objected_at),
        "decision": i.decision,
        "decided_by": i.decided_by,
        "decided_at": shapes.moment(i.decided_at),
    }


def version(v: Version) -> Json:
    return {
        "number": v.number,
        "at": shapes.moment(v.at),
        "staff_id": v.staff_id,
        "what": v.what,
        "score": v.score,
        "deductions": [vars(each) for each in v.sheet.deductions],
        "comment": v.sheet.comment,
    }


def line(each: Line) -> Json:
    return {**vars(each), "at": shapes.moment(each.at)}


def order(o: WorkOrder) -> Json:
    """What tells whether it was filed and sent out rightly; neither telephone nor address."""
    return {
        "number": o.number,
        "type": o.type.value,
        "handling": o.handling.value,
        "state": o.state.value,
        "created_at": shapes.moment(o.created_at),
        "dispatched_at": shapes.moment(o.dispatched_at),
    }


def scores(report: ScoreReport) -> Json:
    return {
        "total": vars(report.total),
        "agents": _listed(report.agents),
        "weeks": _listed(report.weeks),
        "both": [{"agent": agent, "week": week, **vars(each)} for (agent, week), each in report.both.items()],
        "faults": [{"name": name, "times": times, "points": points} for name, times, points in report.faults],
    }


def _listed(groups: Mapping[str, Scores]) -> Sequence[Json]:
    return [{"name": name, **vars(each)} for name, each in groups.items()]
