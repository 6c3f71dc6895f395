"""Skill groups: which one a conversation belongs to, and whom that prefers."""

from dataclasses import replace

import pytest
from pydantic import ValidationError

from bot.desk.accounts import BadAccount, check_groups
from bot.desk.assignment import assign, choose
from bot.desk.groups import group_of
from bot.domain.company import SkillGroup, Staffing
from bot.domain.conversations import Conversation, Emergency, EmergencyStep, SeenIntent
from bot.domain.emergencies import EmergencyKind
from bot.domain.staff import Presence, Role, Staff
from bot.testing import START
from tests.unit.test_assignment import agent, waiting

GROUPS = Staffing().skill_groups
LEAK = Emergency(kind=EmergencyKind.INDOOR_LEAK, raised_at=START)


def asked_about(*intents: str, number: int = 1, **fields: object) -> Conversation:
    return waiting(number, intents=tuple(SeenIntent(name, 0.9, "") for name in intents), **fields)


def chosen(conversation: Conversation, *staff: Staff) -> str | None:
    member = choose(conversation, staff, GROUPS)
    return member.staff_id if member else None


@pytest.mark.parametrize(
    ("conversation", "group"),
    [
        (asked_about(), ""),
        (asked_about("query_balance", "request_human"), "账单"),
        (asked_about("query_balance", "open_account", "thank"), "报装"),
        (asked_about("query_balance", skill_group="报装"), "报装"),
        (asked_about("query_balance", skill_group="no such group"), "账单"),
        (asked_about("query_balance", emergency=LEAK), "抢险"),
        (asked_about("query_balance", emergency=replace(LEAK, step=EmergencyStep.DISMISSED)), "账单"),
    ],
)
def test_a_conversation_gets_its_group_from_what_was_said_last(conversation: Conversation, group: str) -> None:
    assert group_of(conversation, GROUPS) == group


def test_without_groups_nobody_has_one() -> None:
    assert group_of(asked_about("query_balance", emergency=LEAK), ()) == ""


def test_the_group_comes_before_the_less_busy_and_anybody_before_waiting() -> None:
    bills, other = agent("101", groups=("账单",), load=5), agent("102", load=0)
    question = asked_about("query_balance")
    assert chosen(question, bills, other) == "101"
    assert chosen(question, replace(bills, load=10), other) == "102"
    assert chosen(question, replace(bills, presence=Presence.BUSY), other) == "102"
    assert chosen(replace(question, lapsed=("101",)), bills, other) == "102"
    assert chosen(asked_about("open_account"), bills, other) == "102"


def test_a_leak_goes_to_the_crew_s_group_while_it_has_room_and_to_anybody_at_once_otherwise() -> None:
    crew, other = agent("101", groups=("抢险",), load=5), agent("102")
    assert chosen(waiting(emergency=LEAK), crew, other) == "101"
    assert chosen(waiting(emergency=LEAK), replace(crew, load=10), other) == "102"
    assert chosen(waiting(emergency=LEAK), replace(crew, load=10)) == "101"


def test_a_returning_customer_gets_who_served_him_last() -> None:
    known, bills = agent("102", load=8), agent("101", groups=("账单",))
    returning = asked_about("query_balance", served_by="102")
    assert chosen(returning, known, bills) == "102"
    assert chosen(returning, replace(known, load=10), bills) == "101"
    assert chosen(returning, replace(known, presence=Presence.AWAY), bills) == "101"
    assert chosen(replace(returning, lapsed=("102",)), known, bills) == "101"
    assert chosen(replace(returning, offline=True), replace(known, waiting=1), bills) == "101"


def test_a_lead_is_not_sought_out_because_he_once_helped() -> None:
    assert chosen(asked_about(served_by="201"), agent("101"), agent("201", Role.LEAD)) == "101"


def test_a_group_makes_nobody_wait_beside_an_idle_agent() -> None:
    questions = [asked_about("query_balance", number=number) for number in range(1, 4)]
    pairs = assign(questions, [agent("101", groups=("账单",), capacity=1), agent("102", capacity=2)], GROUPS)
    assert [member.staff_id for _, member in pairs] == ["101", "102", "102"]


def test_a_group_nobody_knows_is_refused_and_the_known_ones_named() -> None:
    check_groups(("账单",), Staffing().group_names)
    with pytest.raises(BadAccount, match=r"没有“帐单”.*账单、报装"):
        check_groups(("帐单",), Staffing().group_names)


@pytest.mark.parametrize("names", [("账单", "账单"), ("queue",)])
def test_group_names_are_unambiguous(names: tuple[str, ...]) -> None:
    with pytest.raises(ValidationError, match="技能组"):
        Staffing(skill_groups=tuple(SkillGroup(name=name) for name in names))
