"""Reports counted on both databases, against what was written by hand."""

from datetime import datetime, timedelta
from typing import Any

import pytest_asyncio
from sqlalchemy import insert

from bot.adapters.sql import rows
from bot.adapters.sql.casework import SqlCasework
from bot.adapters.sql.database import Database
from bot.adapters.sql.service_report import SqlServiceReport
from bot.adapters.sql.surveys import ask_within
from bot.adapters.sql.tables_chat import breaches, conversations
from bot.desk.board import FirstReply, rates
from bot.desk.groups import group_of
from bot.domain.conversations import Breach, Conversation, Emergency, EmergencyStep, Owner, SeenIntent
from bot.domain.emergencies import EmergencyKind
from bot.domain.service_report import By, Line, ServiceReport, Spread, periods
from bot.domain.surveys import Survey
from bot.domain.work_orders import Handling, NewOrder, OrderState, OrderType
from bot.testing import START, ManualClock
from tests.contract.business import PROFILE

ZONE = PROFILE.company.zone
MIDNIGHT = START.astimezone(ZONE).replace(hour=0, minute=0)
DAY, SECOND = timedelta(days=1), timedelta(seconds=1)
QUICK, LIMIT = 15 * SECOND, 120 * SECOND
GROUPS = PROFILE.staffing.skill_groups


def conversation(name: str, at: datetime, reply: float | None = None, lasted: float = 600, **more: Any) -> Conversation:
    """Given to people as it began if `reply` or an agent is told."""
    asked = {"asked_at": at} if reply is not None or more.get("staff_id") else {}
    values: dict[str, Any] = {
        "owner": Owner.CLOSED,
        "closed_at": at + lasted * SECOND,
        "first_reply_at": None if reply is None else at + reply * SECOND,
        **asked,
        **more,
    }
    return Conversation(id=name, contact_id=f"web:{name}", channel="web", opened_at=at, last_at=at, **values)


def talked(*names: str) -> tuple[SeenIntent, ...]:
    return tuple(SeenIntent(name, 0.9, "") for name in names)


def leak(step: EmergencyStep = EmergencyStep.DISPATCHED) -> Emergency:
    return Emergency(kind=EmergencyKind.INDOOR_LEAK, raised_at=START, step=step, accepted_by="101")


SECOND_DAY = MIDNIGHT + DAY
ALL = [
    conversation("alone", MIDNIGHT, lasted=60),
    conversation("exact", MIDNIGHT + SECOND, 15, staff_id="101", category="咨询", intents=talked("pay_bill", "greet")),
    conversation("slow", MIDNIGHT + 2 * SECOND, 121, staff_id="102", category="投诉", intents=talked("open_account")),
    conversation(
        "left", SECOND_DAY, staff_id="101", category="咨询", skill_group="账单", intents=talked("report_leak")
    ),
    conversation("leak", SECOND_DAY + SECOND, 2, lasted=1200, staff_id="101", category="室内泄漏", emergency=leak()),
    conversation("open", SECOND_DAY + 2 * SECOND, owner=Owner.AGENT, staff_id="102", closed_at=None),
    conversation("before", MIDNIGHT - SECOND, 1, staff_id="101"),
    conversation("after", MIDNIGHT + 2 * DAY, 1, staff_id="101"),
]
NOW = SECOND_DAY + 60 * SECOND


@pytest_asyncio.fixture(autouse=True)
async def two_days(database: Database) -> None:
    """Six conversations of two days, one before and one after them; breaches, surveys and orders."""
    lapses = [("slow", "101"), ("slow", None), ("left", "101"), ("before", "101")]
    async with database.writer.begin() as connection:
        for each in ALL:
            await connection.execute(insert(conversations), rows.changed_columns(None, each))
        for name, staff_id in lapses:
            breach = Breach(
                conversation_id=name, at=START, promise="reply", staff_id=staff_id, waited_seconds=121, moved_to=None
            )
            await connection.execute(insert(breaches), vars(breach))
        for name, score in (("exact", 5), ("slow", 2), ("left", None)):
            survey = Survey(conversation_id=name, contact_id=f"web:{name}", staff_id="101", asked_at=START, score=score)
            await ask_within(connection, survey)
    for name in ("slow", "slow", "after"):
        new = NewOrder(
            conversation_id=name,
            type=OrderType.COMPLAINT,
            handling=Handling.BY_DESK,
            state=OrderState.OPEN,
            summary="x",
        )
        await SqlCasework(database, ManualClock(), PROFILE).file(new)


async def report(database: Database, by: By, until: datetime = MIDNIGHT + 2 * DAY) -> ServiceReport:
    days = periods(by if by is By.DAY else By.WEEK, MIDNIGHT, until, ZONE)
    return await SqlServiceReport(database, QUICK, LIMIT, GROUPS)(by, days, NOW)


def conversations_of(found: ServiceReport) -> dict[str, int]:
    return {line.name: line.counts.conversations for line in found.lines}


async def test_days(database: Database) -> None:
    first, second = (await report(database, By.DAY)).lines
    assert (first.name, second.name) == ("2026-01-05", "2026-01-06")
    c = first.counts
    assert (c.conversations, c.by_assistant, c.handed_over) == (3, 1, 2)
    assert (c.quick_percent, c.limit_percent) == (50.0, 50.0), "15 s are in time, 121 s are not"
    assert (c.breaches, c.orders, c.graded, c.satisfaction, c.emergencies) == (2, 2, 2, 3.5, 0)
    assert first.reply == Spread(15.0, 121.0)
    assert first.length == Spread(600.0, 600.0)
    assert (second.counts.emergencies, second.reply, second.length) == (1, Spread(2.0, 2.0), Spread(600.0, 1200.0))


async def test_shares_are_those_of_the_lead_s_board(database: Database) -> None:
    """One that is open and one that left unanswered: what is not decided counts for nothing yet."""
    counts = (await report(database, By.DAY)).lines[1].counts
    asked = [FirstReply(each.asked_at, each.first_reply_at, each.closed_at) for each in ALL[3:6] if each.asked_at]
    board = rates(asked, NOW, QUICK, LIMIT, LIMIT)
    assert board.quick is not None
    assert board.in_limit is not None
    assert (counts.quick_decided, counts.limit_decided) == (3, 2)
    assert counts.quick / counts.quick_decided == board.quick
    assert counts.in_limit / counts.limit_decided == board.in_limit


async def test_a_day_without_conversations_is_a_line_too(database: Database) -> None:
    found = await report(database, By.DAY, MIDNIGHT + 4 * DAY)
    assert conversations_of(found) == {"2026-01-05": 3, "2026-01-06": 3, "2026-01-07": 1, "2026-01-08": 0}
    assert found.lines[-1] == Line("2026-01-08", type(found.total.counts)(), Spread(), Spread())


async def test_weeks_and_the_total(database: Database) -> None:
    found = await report(database, By.WEEK)
    (week,) = found.lines
    assert (week.name, week.counts) == ("2026-01-05", found.total.counts)
    assert (week.reply, week.length) == (found.total.reply, found.total.length)
    assert found.total.reply == Spread(15.0, 121.0)
    assert found.total.counts.conversations == 6


async def test_an_agent_s_breaches_are_those_he_let_lapse(database: Database) -> None:
    found = {line.name: line.counts for line in (await report(database, By.AGENT)).lines}
    assert {name: c.conversations for name, c in found.items()} == {"": 1, "101": 3, "102": 2}
    assert {name: c.breaches for name, c in found.items()} == {"": 1, "101": 2, "102": 0}
    assert {name: c.orders for name, c in found.items()} == {"": 0, "101": 0, "102": 2}


async def test_types_and_channels(database: Database) -> None:
    assert conversations_of(await report(database, By.CATEGORY)) == {"": 2, "咨询": 2, "室内泄漏": 1, "投诉": 1}
    assert conversations_of(await report(database, By.CHANNEL)) == {"web": 6}


async def test_groups_are_those_of_the_desk(database: Database) -> None:
    found = conversations_of(await report(database, By.GROUP))
    assert found == {"": 2, "抢险": 1, "报装": 1, "账单": 2}
    expected: dict[str, int] = {}
    for each in ALL[:6]:
        # An emergency that is over was one: then it concerned everybody.
        name = "抢险" if each.emergency else group_of(each, GROUPS)
        expected[name] = expected.get(name, 0) + 1
    assert found == expected


async def test_nothing_happened(database: Database) -> None:
    days = periods(By.WEEK, MIDNIGHT - 40 * DAY, MIDNIGHT - 33 * DAY, ZONE)
    found = await SqlServiceReport(database, QUICK, LIMIT, GROUPS)(By.AGENT, days, NOW)
    assert (found.lines, found.total.counts.conversations, found.total.reply) == ([], 0, Spread())
