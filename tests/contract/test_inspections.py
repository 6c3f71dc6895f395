"""Inspections and the conversations to be inspected, on both databases."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest_asyncio
from sqlalchemy import insert

from bot.adapters.sql import rows
from bot.adapters.sql.casework import SqlCasework
from bot.adapters.sql.database import Database
from bot.adapters.sql.inspection_cases import SqlInspectionCases
from bot.adapters.sql.inspections import SqlInspections
from bot.adapters.sql.log_book import SqlLogBook
from bot.adapters.sql.surveys import ask_within
from bot.adapters.sql.tables_chat import conversations
from bot.desk.log_book import Wanted as LogWanted
from bot.domain.conversations import Conversation, Emergency, Owner
from bot.domain.desk_log import Did, LogEntry
from bot.domain.emergencies import EmergencyKind
from bot.domain.inspections import Deduction, Inspection, MessageRemark, Origin, Sheet, Stage, Why
from bot.domain.surveys import Survey
from bot.domain.work_orders import Handling, NewOrder, OrderState, OrderType
from bot.quality.ports import Wanted
from bot.testing import START, ManualClock
from tests.contract.business import PROFILE

HOUR = timedelta(hours=1)
ALL = Wanted(since=START, until=START + 24 * HOUR)
SHEET = Sheet((Deduction("opening", "没有使用标准开头语", 2, 1, remark="第一句"),), (MessageRemark(3, "应致歉"),), "好")
ENTRY = LogEntry(at=START, did=Did.INSPECT, staff_id="301", text="质检")


def inspection(conversation_id: str = "plain", staff_id: str = "101", closed_at: datetime = START) -> Inspection:
    return Inspection(
        id=f"i-{conversation_id}",
        conversation_id=conversation_id,
        staff_id=staff_id,
        closed_at=closed_at,
        category="咨询",
        origin=Origin.SAMPLE,
        made_by="301",
        made_at=START,
    )


def conversation(name: str, hours: int, **more: Any) -> Conversation:
    closed = START + hours * HOUR
    values: dict[str, Any] = {"owner": Owner.CLOSED, "staff_id": "101", "closed_at": closed, "category": "咨询", **more}
    return Conversation(id=name, contact_id=f"web:{name}", channel="web", opened_at=START, last_at=closed, **values)


@pytest_asyncio.fixture(autouse=True)
async def morning(database: Database) -> None:
    """Conversations of all sorts; three of them are not to be inspected at all."""
    leak = Emergency(kind=EmergencyKind.INDOOR_LEAK, raised_at=START)
    begun = [
        conversation("plain", 1),
        conversation("leak", 2, emergency=leak, staff_id="102"),
        conversation("late", 3, breaches=1),
        conversation("angry", 4, category="投诉"),
        conversation("filed", 5),
        conversation("unhappy", 6),
        conversation("happy", 7),
        conversation("assistants", 8, staff_id=None),
        conversation("open", 9, owner=Owner.AGENT, closed_at=None),
        conversation("another day", 30),
    ]
    async with database.writer.begin() as connection:
        for each in begun:
            await connection.execute(insert(conversations), rows.changed_columns(None, each))
        for name, score in (("unhappy", 2), ("happy", 3), ("plain", None)):
            survey = Survey(conversation_id=name, contact_id=f"web:{name}", staff_id="101", asked_at=START, score=score)
            await ask_within(connection, survey)
    complaint = NewOrder(
        conversation_id="filed",
        type=OrderType.COMPLAINT,
        handling=Handling.BY_DESK,
        state=OrderState.OPEN,
        summary="投诉",
    )
    await SqlCasework(database, ManualClock(), PROFILE).file(complaint)


async def names(database: Database, wanted: Wanted) -> list[str]:
    return [case.conversation_id for case in await SqlInspectionCases(database, 2).listed(wanted, 100)]


async def test_what_agents_had_and_is_over_the_latest_first(database: Database) -> None:
    assert await names(database, ALL) == ["happy", "unhappy", "filed", "angry", "late", "leak", "plain"]
    assert await names(database, replace(ALL, staff_id="102")) == ["leak"]
    assert await names(database, replace(ALL, category="投诉")) == ["angry"]
    assert await names(database, replace(ALL, until=START + 3 * HOUR)) == ["leak", "plain"]
    assert len(await SqlInspectionCases(database, 2).listed(ALL, 3)) == 3


async def test_what_is_to_be_looked_at_first_and_why(database: Database) -> None:
    found = await SqlInspectionCases(database, 2).listed(replace(ALL, focus=True), 100)
    assert {case.conversation_id: case.why for case in found} == {
        "unhappy": (Why.DISSATISFIED,),
        "filed": (Why.COMPLAINT,),
        "angry": (Why.COMPLAINT,),
        "late": (Why.BREACH,),
        "leak": (Why.EMERGENCY,),
    }
    assert next(case.satisfaction for case in found if case.conversation_id == "unhappy") == 2


async def test_an_inspection_is_kept_with_its_history_and_a_line_in_the_log(database: Database) -> None:
    store, first = SqlInspections(database), inspection()
    assert await store.put(first, "保存评分", ENTRY)
    scored = replace(first, stage=Stage.SCORED, sheet=SHEET, score=98, version=2, inspector="301")
    assert await store.put(scored, "更正评分", ENTRY)
    assert await store.get("i-plain") == scored
    assert [(v.number, v.what, v.score, v.sheet) for v in await store.history("i-plain")] == [
        (1, "保存评分", None, Sheet()),
        (2, "更正评分", 98, SHEET),
    ]
    assert len(await SqlLogBook(database).page(LogWanted(did=Did.INSPECT), None, 10)) == 2
    case = await SqlInspectionCases(database, 2).one("plain")
    assert case is not None
    assert case.inspection == scored
    assert await SqlInspectionCases(database, 2).one("open") is None
    assert await SqlInspectionCases(database, 2).one("assistants") is None


async def test_of_two_changes_at_once_one_is_refused_and_leaves_no_trace(database: Database) -> None:
    store, first = SqlInspections(database), inspection()
    assert await store.put(first, "保存评分", ENTRY)
    assert not await store.put(replace(first, id="i-again"), "保存评分", ENTRY), "somebody else began it"
    assert await store.put(replace(first, version=2), "更正评分", ENTRY)
    assert not await store.put(replace(first, version=2, score=1), "更正评分", ENTRY)
    assert len(await store.history("i-plain")) == 2
    assert len(await SqlLogBook(database).page(LogWanted(), None, 10)) == 2


async def test_what_is_drawn_is_not_drawn_again(database: Database) -> None:
    store, cases = SqlInspections(database), SqlInspectionCases(database, 2)
    days = (ALL.since, ALL.until)
    assert len(await cases.undrawn(*days)) == 7
    made = [inspection(), inspection("leak", "102", START + 2 * HOUR)]
    assert await store.draw(made, ENTRY) == 2
    assert await store.draw(made, ENTRY) == 0
    assert {case.conversation_id for case in await cases.undrawn(*days)}.isdisjoint({"plain", "leak"})
    assert await store.drawn(*days) == {"101": 1, "102": 1}
    assert await store.drawn(START + HOUR, ALL.until) == {"102": 1}
    assert await names(database, replace(ALL, sampled=True)) == ["leak", "plain"]
    assert len(await SqlLogBook(database).page(LogWanted(), None, 10)) == 1


async def test_done_and_to_be_done_and_by_score(database: Database) -> None:
    store, first = SqlInspections(database), inspection()
    await store.draw([first, inspection("leak", "102")], ENTRY)
    await store.put(replace(first, stage=Stage.SCORED, score=80, version=2), "保存评分", ENTRY)
    assert await names(database, replace(ALL, done=True)) == ["plain"]
    assert await names(database, replace(ALL, sampled=True, done=False)) == ["leak"]
    assert len(await names(database, replace(ALL, done=False))) == 6
    assert await names(database, replace(ALL, score_up_to=80)) == ["plain"]
    assert await names(database, replace(ALL, score_up_to=79)) == []


async def test_what_agents_and_leads_may_read(database: Database) -> None:
    store = SqlInspections(database)
    for number, stage in enumerate(Stage):
        each = inspection(stage.value, "101" if number % 2 else "102", START + number * HOUR)
        await store.put(replace(each, stage=stage), "保存评分", ENTRY)
    days = (ALL.since, ALL.until)

    async def found(**wanted: Any) -> list[str]:
        return [i.stage.value for i in await store.published(*days, 10, **wanted)]

    assert await found() == ["decided", "objected", "published"]
    assert await found(staff_id="101") == ["objected"]
    assert await found(stage=Stage.DECIDED) == ["decided"]
    assert await found(stage=Stage.DRAWN) == []
