"""Who gets whom: nobody waits beside an agent with room, and nobody is given more than he can take."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.desk.assignment import assign, choose, places
from bot.domain.conversations import Conversation, Emergency, EmergencyStep, Owner, Priority
from bot.domain.emergencies import EmergencyKind
from bot.domain.staff import Presence, Role, Staff
from bot.testing import START
from tests.queue_head import head

LEAK = Emergency(kind=EmergencyKind.INDOOR_LEAK, raised_at=START)


def agent(staff_id: str, role: Role = Role.AGENT, **fields: object) -> Staff:
    return replace(Staff(staff_id=staff_id, name="员工", role=role, presence=Presence.ONLINE), **fields)  # type: ignore[arg-type]


def waiting(number: int = 1, **fields: object) -> Conversation:
    queued = Conversation(
        id=f"c{number}",
        contact_id=f"web:{number}",
        channel="web",
        owner=Owner.QUEUE,
        opened_at=START,
        last_at=START,
        waiting_since=START,
        queued_at=START,
    )
    return replace(queued, **fields)  # type: ignore[arg-type]


def chosen(conversation: Conversation, *staff: Staff) -> str | None:
    member = choose(conversation, staff)
    return member.staff_id if member else None


def test_the_least_busy_gets_it_and_among_equals_who_had_none_for_longest() -> None:
    early, late = START, START + timedelta(minutes=1)
    assert chosen(waiting(), agent("101", load=2), agent("102", load=1)) == "102"
    assert chosen(waiting(), agent("101", last_assigned_at=late), agent("102", last_assigned_at=early)) == "102"
    assert chosen(waiting(), agent("101", last_assigned_at=late), agent("102")) == "102"


@pytest.mark.parametrize("presence", [Presence.BUSY, Presence.AWAY, Presence.OFFLINE])
def test_who_is_not_online_gets_none(presence: Presence) -> None:
    away = agent("101", presence=presence)
    assert chosen(waiting(), away) is None
    assert chosen(waiting(emergency=LEAK), away) is None


def test_what_is_meant_for_the_lead_goes_to_the_lead_who_is_there() -> None:
    lead = agent("201", Role.LEAD, load=9, capacity=9)
    complaint = waiting(for_lead=True)
    assert chosen(complaint, agent("101"), lead) == "201"
    assert chosen(complaint, agent("101"), replace(lead, presence=Presence.AWAY)) == "101"
    assert chosen(replace(complaint, lapsed=("201",)), agent("101"), lead) == "101"


def test_who_is_full_gets_none_but_an_emergency() -> None:
    full = agent("101", load=3, capacity=3)
    assert chosen(waiting(), full) is None
    assert chosen(waiting(emergency=LEAK), full) == "101"
    assert chosen(waiting(emergency=replace(LEAK, step=EmergencyStep.DISMISSED)), full) is None
    settled = replace(LEAK, step=EmergencyStep.DISPATCHED, accepted_by="102")
    assert chosen(waiting(emergency=settled), full) is None


def test_a_lead_is_for_what_nobody_else_can_take() -> None:
    lead = agent("201", Role.LEAD)
    assert chosen(waiting(), agent("101", load=9), lead) == "101"
    assert chosen(waiting(), agent("101", load=10), lead) is None, "a full agent is not yet a reason"
    assert chosen(waiting(), lead) == "201"
    assert chosen(waiting(lapsed=("101",)), agent("101"), lead) == "201"
    assert chosen(waiting(emergency=LEAK), agent("101", load=10), lead) == "101"


def test_who_let_it_lapse_is_skipped_unless_there_is_nobody_else() -> None:
    assert chosen(waiting(lapsed=("101",)), agent("101"), agent("102", load=5)) == "102"
    assert chosen(waiting(lapsed=("101", "102")), agent("101"), agent("102", load=1)) == "101"
    assert chosen(waiting(lapsed=("101", "201")), agent("101"), agent("201", Role.LEAD, load=1)) == "101"
    assert chosen(waiting(lapsed=("101",), emergency=LEAK), agent("101"), agent("102", load=99)) == "102"
    assert chosen(waiting(lapsed=("101",), emergency=LEAK), agent("101")) == "101"


def test_inspectors_and_admins_serve_nobody() -> None:
    assert chosen(waiting(), agent("301", Role.INSPECTOR), agent("901", Role.ADMIN)) is None


def test_left_messages_come_one_at_a_time_and_after_customers_who_are_there() -> None:
    left, there = waiting(1, offline=True), waiting(2)
    pairs = assign([left, there], [agent("101", capacity=1)])
    assert [(c.id, who.staff_id) for c, who in pairs] == [("c2", "101")]
    assert chosen(left, agent("101", load=2, waiting=1)) is None, "while somebody waits for him"
    assert len(assign([left, waiting(3, offline=True)], [agent("101")])) == 1


STAFF = st.lists(
    st.builds(
        Staff,
        staff_id=st.integers(101, 110).map(str),
        name=st.just("员工"),
        role=st.sampled_from(Role),
        presence=st.sampled_from(Presence),
        capacity=st.integers(1, 4),
        load=st.integers(0, 4),
        waiting=st.integers(0, 2),
    ),
    max_size=5,
    unique_by=lambda member: member.staff_id,
)
LAPSED = st.lists(st.integers(101, 110).map(str), max_size=2, unique=True).map(tuple)
WAITING = st.lists(
    st.builds(
        waiting,
        number=st.integers(1, 999),
        priority=st.sampled_from(Priority),
        offline=st.booleans(),
        lapsed=LAPSED,
        emergency=st.none() | st.just(LEAK),
    ),
    max_size=6,
    unique_by=lambda c: c.id,
)


def after(staff: list[Staff], pairs: list[tuple[Conversation, Staff]]) -> list[Staff]:
    """The staff once these pairs have come about."""
    given_to = [member.staff_id for _, member in pairs]
    return [
        replace(
            member,
            load=member.load + given_to.count(member.staff_id),
            waiting=member.waiting + given_to.count(member.staff_id),
        )
        for member in staff
    ]


@given(WAITING, STAFF)
def test_nobody_waits_beside_an_agent_with_room(queue: list[Conversation], staff: list[Staff]) -> None:
    pairs = assign(queue, staff)
    then = after(staff, pairs)
    left = [c for c in queue if c.id not in {served.id for served, _ in pairs}]
    assert len({c.id for c, _ in pairs}) == len(pairs), "nobody is given away twice"
    assert all(choose(c, then) is None for c in left), "to work the queue again changes nothing"
    idle = [member for member in then if member.role is Role.AGENT and member.has_room]
    for c in left:
        assert not c.emergency or not [m for m in then if m.serves and m.presence is Presence.ONLINE]
        if not c.offline:
            assert all(member.staff_id in c.lapsed for member in idle)
            assert not idle or not [m for m in then if m.role is Role.LEAD and m.has_room]


@given(WAITING, STAFF)
def test_nobody_gets_more_than_he_can_take_or_should_not_have(queue: list[Conversation], staff: list[Staff]) -> None:
    pairs = assign(queue, staff)
    members = {member.staff_id: member for member in staff}
    for c, member in pairs:
        assert member.serves
        assert member.presence is Presence.ONLINE
        if c.emergency is None and not (c.lapsed and member.role is Role.LEAD):
            assert member.load < members[member.staff_id].capacity
        if member.staff_id in c.lapsed:
            others = [m for m in staff if m.serves and m.presence is Presence.ONLINE and m.staff_id not in c.lapsed]
            assert c.offline or all(m.load >= m.capacity or m.role is Role.LEAD for m in after(others, pairs))


FEW_PLACES = st.lists(
    st.builds(
        Staff,
        staff_id=st.integers(101, 110).map(str),
        name=st.just("员工"),
        role=st.sampled_from([Role.AGENT, Role.LEAD]),
        presence=st.just(Presence.ONLINE),
        capacity=st.just(2),
        load=st.integers(0, 2),
    ),
    max_size=3,
    unique_by=lambda member: member.staff_id,
)
MANY = st.lists(
    st.builds(
        waiting,
        number=st.integers(1, 999),
        offline=st.booleans(),
        for_lead=st.booleans(),
        lapsed=LAPSED,
        emergency=st.sampled_from([None, None, None, LEAK]),
    ),
    min_size=3,
    max_size=8,
    unique_by=lambda c: c.id,
)


@given(MANY, FEW_PLACES)
def test_the_head_of_the_queue_is_enough(queue: list[Conversation], staff: list[Staff]) -> None:
    """Whoever is not read would have got nobody."""
    assert assign(head(queue, places(staff)), staff) == assign(queue, staff)
