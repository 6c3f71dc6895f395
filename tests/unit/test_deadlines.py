"""The timers of a conversation, state by state (domain 3, 5)."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.conversations import Conversation, Emergency, EmergencyStep, Owner, Priority
from bot.domain.emergencies import EmergencyKind
from bot.sla import deadlines as kinds
from bot.sla.deadlines import deadlines
from bot.testing import START
from tests.unit.test_transitions import LIMITS, fresh

WITH_BOT = fresh()
ASKED = replace(WITH_BOT, waiting_since=START, turn_until=START + LIMITS.turn, customer_seq=1, last_seq=1)
QUEUED = replace(ASKED, owner=Owner.QUEUE, queued_at=START, turn_until=None)
WITH_AGENT = replace(QUEUED, owner=Owner.AGENT, staff_id="101", agent_since=START)
LEAK = Emergency(kind=EmergencyKind.INDOOR_LEAK, raised_at=START)
EMERGENCY = replace(QUEUED, priority=Priority.EMERGENCY, emergency=LEAK)


def due(c: Conversation) -> dict[str, float]:
    """Seconds after START, by kind."""
    timers = deadlines(c, LIMITS)
    assert all(timer.subject == c.id for timer in timers)
    return {timer.kind: (timer.due_at - START).total_seconds() for timer in timers}


def with_leak(**fields: object) -> Conversation:
    return replace(EMERGENCY, emergency=replace(LEAK, **fields))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (WITH_BOT, {kinds.IDLE: 1800}),
        (ASKED, {kinds.WAITING_PROMPT: 45, kinds.ASSISTANT_LIMIT: 120, kinds.ASSISTANT_TURN: 30}),
        (QUEUED, {kinds.WAITING_PROMPT: 45, kinds.QUEUE_BREACH: 120}),
        (replace(QUEUED, prompts=3), {kinds.WAITING_PROMPT: 180, kinds.QUEUE_BREACH: 120}),
        (replace(QUEUED, warned=True), {kinds.WAITING_PROMPT: 45}),
        (replace(QUEUED, offline=True), {}),
        (replace(QUEUED, waiting_since=None), {}),
        (WITH_AGENT, {kinds.WAITING_PROMPT: 45, kinds.AGENT_WARNING: 90, kinds.AGENT_BREACH: 120}),
        (replace(WITH_AGENT, warned=True), {kinds.WAITING_PROMPT: 45, kinds.AGENT_BREACH: 120}),
        (replace(WITH_AGENT, waiting_since=None, agent_since=None), {}),
        (replace(WITH_AGENT, owner=Owner.CLOSED), {}),
        (replace(EMERGENCY, owner=Owner.CLOSED), {}),
    ],
)
def test_what_is_due(state: Conversation, expected: dict[str, float]) -> None:
    assert due(state) == expected


def test_a_new_agents_two_minutes_begin_with_him_the_prompts_with_the_customer() -> None:
    later = replace(WITH_AGENT, agent_since=START + timedelta(seconds=100))
    assert due(later) == {kinds.WAITING_PROMPT: 45, kinds.AGENT_WARNING: 190, kinds.AGENT_BREACH: 220}


WAIT = {kinds.WAITING_PROMPT: 45, kinds.QUEUE_BREACH: 120}


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, {kinds.DISPATCH_ALARM: 60}),
        ({"overdue_alarms": 2}, {kinds.DISPATCH_ALARM: 180}),
        ({"accepted_by": "101"}, {kinds.DISPATCH_ALARM: 60}),
        # The place was told: the crew leaves before the alarm, or the alarm comes first.
        ({"step": EmergencyStep.CONFIRM, "located_at": START}, {kinds.DISPATCH_ANYWAY: 60}),
        (
            {"step": EmergencyStep.CONFIRM, "located_at": START + timedelta(seconds=20)},
            {kinds.DISPATCH_ANYWAY: 80, kinds.DISPATCH_ALARM: 60},
        ),
        ({"located_at": START}, {kinds.DISPATCH_ANYWAY: 60}),
        ({"located_at": START, "accepted_by": "101"}, {kinds.DISPATCH_ALARM: 60}),
        (
            {"step": EmergencyStep.CONFIRM, "located_at": START + timedelta(seconds=20), "order_number": "1"},
            {kinds.DISPATCH_ANYWAY: 80},
        ),
        ({"step": EmergencyStep.DISPATCHED, "located_at": START}, {}),
        ({"step": EmergencyStep.DISMISSED}, {}),
    ],
)
def test_an_emergency_is_timed_until_the_crew_is_sent(fields: dict[str, object], expected: dict[str, float]) -> None:
    assert due(with_leak(**fields)) == WAIT | expected


@given(
    st.builds(
        Emergency,
        kind=st.sampled_from(EmergencyKind),
        raised_at=st.just(START),
        step=st.sampled_from(EmergencyStep),
        located_at=st.none() | st.integers(0, 600).map(lambda s: START + timedelta(seconds=s)),
        accepted_by=st.none() | st.just("101"),
        overdue_alarms=st.integers(0, 9),
        order_number=st.none() | st.just("20260105-0001"),
    ),
    st.sampled_from(Owner),
)
def test_an_open_emergency_is_never_without_a_timer(emergency: Emergency, owner: Owner) -> None:
    """Whatever else is forgotten: somebody is sent, or somebody is alarmed."""
    timed = {kinds.DISPATCH_ALARM, kinds.DISPATCH_ANYWAY} & set(
        due(replace(EMERGENCY, emergency=emergency, owner=owner))
    )
    assert bool(timed) == (emergency.open and owner is not Owner.CLOSED)
