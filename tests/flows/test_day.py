"""A day at the desk: three agents, a lead and sixty customers in ten minutes, with limits of a tenth.

At every step, hundreds a day, what gasdesk promises is compared with the rows of its database: whoever waits is
answered or moved on in time, nobody idles beside him, no message is lost or doubled, the lead's board is right.
"""

import random

import pytest

from bot.adapters.company_file import load_company
from bot.domain.company import CompanyProfile
from bot.ports import AssistantAnswer
from bot.settings import ROOT
from bot.testing import START
from tests.day.rows import Day
from tests.day.script import CAPACITY, CUSTOMERS, SECONDS, SLA, WANTS_PERSON, visits, workers
from tests.flows.day import FlowDay
from tests.flows.desk import Desk
from tests.flows.office import Office, client


@pytest.fixture
def company() -> CompanyProfile:
    return load_company(ROOT / "company.yml", {f"GASDESK_SLA__{k.upper()}": f"{v:g}" for k, v in SLA.items()})


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """On SQLite only: the day is long, and what the stores do is the same (tests/contract)."""
    return sqlite_url


@pytest.mark.parametrize("seed", [4])
@pytest.mark.timeout(300)
async def test_the_day(office: Office, desk: Desk, seed: int) -> None:
    chance = random.Random(seed)
    desk.assistant.answers[WANTS_PERSON] = AssistantAnswer(handoff="用户要求人工服务")
    await joins(office, "103")
    day = FlowDay(office)
    for worker in workers(SECONDS):
        await desk.gasdesk.stores.staff.set_seat(worker.staff_id, CAPACITY, [])
        await office.online(worker.staff_id)
        day.works(worker, chance)
    for visit in visits(chance, CUSTOMERS, SECONDS):
        day.comes(visit, chance)
    end = await day.run(SECONDS)
    assert not day.problems, "\n".join(f"{at:.1f} s: {what}" for what, at in day.problems.items())
    assert all_was_in_it(day, end) == []


async def joins(office: Office, staff_id: str) -> None:
    """One agent more than the office has."""
    stores, now = office.desk.gasdesk.stores, office.desk.clock.now()
    await office.desk.staff(staff_id)
    office.clients[staff_id] = client(office.desk, Authorization=f"Bearer {await stores.sessions.open(staff_id, now)}")


def all_was_in_it(day: FlowDay, end: Day) -> list[str]:
    """What the day was to try and did not: then it would have shown little."""
    facts = {fact["what"] for case in end.cases for fact in case.facts}
    seen = {
        "a customer for every visit": len({case.who for case in end.cases}) == CUSTOMERS,
        "nobody waits at the end": not any(case.unanswered_since for case in end.cases),
        "a queue": day.longest_queue >= 3,
        "breaches, and moves after them": any(breach["moved_to"] for breach in end.breaches),
        "warnings and prompts": "warning" in facts and any(case.prompts_after(START) for case in end.cases),
        "a seat given up": "handed_back" in facts or any(case.row["breaches"] for case in end.cases),
        "people who left the queue": "left_queue" in facts,
        "requests to wait": "hold" in facts,
        "leaks, accepted and dispatched": {"emergency", "accepted", "dispatched"} <= facts,
        "hundreds of steps": day.steps > 500,
    }
    return [what for what, was in seen.items() if not was]
