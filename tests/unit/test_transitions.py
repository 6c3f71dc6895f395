"""Whatever happens in whatever order, a wait begins with the first unanswered message and ends with an answer."""

from dataclasses import replace
from datetime import datetime, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from bot.domain import transitions
from bot.domain.conversations import UNFINISHED, Collected, Conversation, Owner, Priority
from bot.sla import deadlines as kinds
from bot.sla.deadlines import deadlines
from bot.sla.limits import Limits
from bot.testing import START

LIMITS = Limits(
    waiting_prompt=timedelta(seconds=45),
    reply=timedelta(seconds=120),
    warning=timedelta(seconds=90),
    dispatch=timedelta(seconds=60),
    idle=timedelta(minutes=30),
)
STAFF = st.sampled_from(["101", "102", "201"])


def fresh() -> Conversation:
    return Conversation(id="c1", contact_id="web:1", channel="web", opened_at=START, last_at=START)


class Life(RuleBasedStateMachine):
    """A conversation beside the plainest model of it: the customer's messages that nobody has answered."""

    def __init__(self) -> None:
        super().__init__()
        self.now = START
        self.c = fresh()
        self.unanswered: list[tuple[int, datetime]] = []

    @rule(seconds=st.integers(0, 200))
    def time_passes(self, seconds: int) -> None:
        self.now += timedelta(seconds=seconds)

    @precondition(lambda self: not self.c.closed)
    @rule()
    def customer_writes(self) -> None:
        seq = self.c.last_seq + 1
        posted = replace(self.c, last_seq=seq, customer_seq=seq, last_at=self.now)
        self.c = transitions.customer_wrote(posted, self.now, LIMITS.turn)
        self.unanswered.append((seq, self.now))

    @precondition(lambda self: self.c.assistant_owes)
    @rule()
    def assistant_answers_the_oldest(self) -> None:
        (seq, _), *later = self.unanswered
        self.unanswered = later
        if not later:
            self.c = transitions.answered_by_assistant(self.c, seq)
            return
        written = later[0][1]
        prompts = transitions.prompts_due(written, self.now, LIMITS.waiting_prompt)
        self.c = transitions.answered_in_part(self.c, seq, written, self.now + LIMITS.turn, prompts)

    @precondition(lambda self: not self.c.closed)
    @rule(priority=st.sampled_from(Priority))
    def goes_to_the_queue(self, priority: Priority) -> None:
        before = self.c
        self.c = transitions.queued(self.c, self.now, "用户要求人工", priority)
        assert self.c.priority >= before.priority
        if before.owner is Owner.QUEUE:
            assert self.c.queued_at == before.queued_at

    @precondition(lambda self: not self.c.closed)
    @rule(staff_id=STAFF)
    def is_given_to(self, staff_id: str) -> None:
        self.c = transitions.assigned(self.c, staff_id, self.now, self.c.prompts)
        if self.c.waiting_since:
            assert self.c.agent_since == self.now, "a new agent has two minutes of his own"

    @precondition(lambda self: self.c.owner is Owner.AGENT)
    @rule()
    def agent_answers(self) -> None:
        self.c = transitions.answered_by_person(self.c)
        self.unanswered = []

    @precondition(lambda self: self.c.owner is Owner.AGENT and self.c.agent_since is not None)
    @rule()
    def agent_lets_it_lapse(self) -> None:
        before = self.c
        self.c = transitions.lapsed(self.c, self.now)
        assert before.staff_id in self.c.lapsed
        assert (self.c.breaches, self.c.queued_at) == (before.breaches + 1, self.now)

    @precondition(lambda self: self.c.owner in (Owner.AGENT, Owner.QUEUE))
    @rule()
    def goes_back_to_the_assistant(self) -> None:
        self.c = transitions.back_to_assistant(self.c)
        self.unanswered = []

    @precondition(lambda self: not self.c.closed)
    @rule()
    def is_closed(self) -> None:
        self.c = transitions.closed(self.c, self.now)
        self.unanswered = []

    @precondition(lambda self: self.c.closed)
    @rule()
    def the_next_one_begins(self) -> None:
        self.c = replace(fresh(), opened_at=self.now, last_at=self.now)

    @precondition(lambda self: self.c.waiting_since is not None)
    @rule()
    def is_prompted(self) -> None:
        self.c = replace(self.c, prompts=transitions.prompts_due(self.c.waiting_since, self.now, LIMITS.waiting_prompt))

    @invariant()
    def the_wait_is_the_first_unanswered_message(self) -> None:
        assert self.c.waiting_since == (self.unanswered[0][1] if self.unanswered else None)

    @invariant()
    def only_who_has_it_is_timed(self) -> None:
        timed = self.c.agent_since is not None
        assert timed == (self.c.owner is Owner.AGENT and self.c.waiting_since is not None)
        assert (self.c.staff_id is not None) or self.c.owner is not Owner.AGENT
        assert self.c.staff_id is None or self.c.owner in (Owner.AGENT, Owner.CLOSED)
        if self.c.agent_since and self.c.waiting_since:
            assert self.c.agent_since >= self.c.waiting_since

    @invariant()
    def the_assistant_owes_only_what_is_its_own(self) -> None:
        owes = [seq for seq, _ in self.unanswered if self.c.owner is Owner.BOT]
        assert self.c.assistant_owes == bool(owes)
        assert (self.c.turn_until is not None) == bool(owes)

    @invariant()
    def closing_stops_every_promise(self) -> None:
        if self.c.closed:
            assert deadlines(self.c, LIMITS) == ()
            assert (self.c.waiting_since, self.c.agent_since, self.c.turn_until) == (None, None, None)

    @invariant()
    def no_prompt_is_settled_before_it_is_due(self) -> None:
        assert self.c.prompts <= transitions.prompts_due(self.c.waiting_since, self.now, LIMITS.waiting_prompt)

    @invariant()
    def timers_fit_the_state(self) -> None:
        timers = deadlines(self.c, LIMITS)
        due = {timer.kind: timer.due_at for timer in timers}
        assert len(due) == len(timers), "at most one of a kind"
        assert {timer.subject for timer in timers} <= {self.c.id}
        assert (kinds.WAITING_PROMPT in due) == (self.c.waiting_since is not None and not self.c.offline)
        assert (kinds.AGENT_BREACH in due) == (self.c.agent_since is not None)
        assert (kinds.AGENT_WARNING in due) == (self.c.agent_since is not None and not self.c.warned)
        assert kinds.QUEUE_BREACH not in due or self.c.owner is Owner.QUEUE
        assert (kinds.ASSISTANT_TURN in due) == self.c.assistant_owes
        assert (kinds.IDLE in due) == (self.c.owner is Owner.BOT and self.c.waiting_since is None)


TestLife = Life.TestCase
TestLife.settings = settings(max_examples=150, stateful_step_count=40)


def test_what_was_left_open_is_known_to_the_next_conversation_for_a_day() -> None:
    open_dialogue = (Collected("户号", "10020001"), Collected(UNFINISHED, "继续报数"))
    before = transitions.closed(replace(fresh(), collected=open_dialogue), START)
    assert transitions.left_open(before, START + timedelta(hours=23)) == (Collected(UNFINISHED, "继续报数"),)
    assert transitions.left_open(before, START + timedelta(hours=25)) == ()
    assert transitions.left_open(replace(before, staff_id="101"), START) == (), "a person has dealt with it"
    assert transitions.left_open(replace(before, collected=()), START) == ()
    assert transitions.left_open(None, START) == ()
