"""Coverage, interruptions, no gas."""

from datetime import UTC, datetime, timedelta

import pytest

from actions.checks import works_again
from actions.supply import coverage_answer, outage_answer
from actions.testing import MORNING, MemoryBackOffice
from bot.domain.gas import Community, Outage
from tests.unit.actions_stage import COMPANY, Stage

HERE = Community(id="c1", name="幸福小区", supplied=True)


def outage(starts: datetime, hours: int, *, planned: bool = True) -> Outage:
    ends = starts + timedelta(hours=hours)
    return Outage(id="o", community_ids=("c1",), starts_at=starts, ends_at=ends, planned=planned, reason="检修")


@pytest.mark.parametrize(
    ("starts", "response"),
    [
        (MORNING - timedelta(hours=1), "utter_outage_current"),
        (MORNING, "utter_outage_current"),
        (MORNING + timedelta(minutes=1), "utter_outage_coming"),
        (MORNING - timedelta(hours=2), "utter_outage_none"),
    ],
)
async def test_an_outage_now_or_later_or_over(starts: datetime, response: str) -> None:
    records = MemoryBackOffice((HERE,), (), (outage(starts, 2),))
    answer = await outage_answer(HERE, MORNING, back_office=records, company=COMPANY)
    assert [each.response for each in answer] == [response]


async def test_times_are_told_in_the_companys_zone() -> None:
    records = MemoryBackOffice((HERE,), (), (outage(datetime(2026, 1, 6, 23, 30, tzinfo=UTC), 1, planned=False),))
    (answer,) = await outage_answer(HERE, MORNING, back_office=records, company=COMPANY)
    assert (answer.facts["starts"], answer.facts["ends"]) == ("1月7日07:30", "08:30")
    assert answer.facts["planned_or_not"] == "临时"


def test_coverage() -> None:
    assert coverage_answer(HERE).response == "utter_coverage_supplied"
    assert coverage_answer(Community(id="x", name="x", supplied=False)).response == "utter_coverage_not_supplied"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("好了能用了", True),
        ("还是没气", False),
        ("换了还是不行", False),
        ("阀门开着，还是没气", False),
        ("什么阀门", None),
    ],
)
def test_does_the_gas_work_again(text: str, expected: bool | None) -> None:
    assert works_again(text) is expected


async def test_an_interruption_explains_no_gas_at_once() -> None:
    stage = Stage()
    await stage.begin("no_gas_form", "阳光花园一期没气了", "report_no_gas")
    assert stage.said == ["utter_outage_current"]
    assert stage.slots["requested_slot"] is None


async def test_the_community_is_asked_once_in_a_conversation() -> None:
    stage = Stage()
    await stage.begin("coverage_form", "幸福小区通气了吗", "ask_supply_coverage")
    stage.form = None
    await stage.begin("outage_form", "今天停气吗", "ask_outage")
    assert stage.said == [
        "utter_outage_none",
    ]


@pytest.mark.parametrize("text", ["金色家园通气了吗", "请问云顶小区能通天然气吗"])
async def test_an_unknown_community_is_not_answered_with_the_one_remembered(text: str) -> None:
    stage = Stage()
    stage.slots["community"] = "c1"
    await stage.begin("coverage_form", text, "ask_supply_coverage")
    assert stage.said == ["utter_community_unknown"]
    await stage.answer("幸福小区")
    assert stage.said == ["utter_coverage_supplied"]


@pytest.mark.parametrize("text", ["通气了吗", "我们小区通气了吗", "整个小区都通气了吗", "周边小区都通了"])
async def test_the_community_remembered_is_meant_where_none_is_named(text: str) -> None:
    stage = Stage()
    stage.slots["community"] = "c1"
    await stage.begin("coverage_form", text, "ask_supply_coverage")
    assert stage.said == ["utter_coverage_supplied"]
