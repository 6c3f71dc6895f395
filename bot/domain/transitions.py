"""How a conversation changes hands and how a wait begins and ends: pure, the heart of the service clock.

A wait begins with the first customer message nobody has answered; later ones do not push it back. It ends
with an answer: prompts, notices, greetings and notes are none. A new agent gets two minutes of his own, the
customer's wait goes on (design: rules that others got wrong).
"""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.conversations import UNFINISHED, Collected, Conversation, Owner, Priority

#: So long after its conversation was closed a dialogue may still get its answer.
RESUMABLE = timedelta(days=1)


def customer_wrote(c: Conversation, now: datetime, turn: timedelta) -> Conversation:
    """The customer waits, if not already; the assistant has `turn` to answer before it is asked again."""
    changed = replace(c, waiting_since=c.waiting_since or now)
    if c.assistant_may_speak:
        return replace(changed, turn_until=c.turn_until or now + turn)
    if c.owner is Owner.AGENT:
        return replace(changed, agent_since=c.agent_since or now)
    return changed


def answered_by_assistant(c: Conversation, seq: int) -> Conversation:
    """The assistant has dealt with customer messages up to number `seq`, all there are.

    Whoever left a message goes on waiting for a person.
    """
    if c.left_message:
        return replace(c, answered_seq=seq, turn_until=None)
    return replace(c, answered_seq=seq, assistant_notice=False, waiting_since=None, prompts=0, turn_until=None)


def answered_in_part(c: Conversation, seq: int, next_at: datetime, turn_until: datetime, prompts: int) -> Conversation:
    """The assistant has dealt with messages up to `seq`; the next was written at `next_at`, and waits since then.

    The `prompts` due by now count as settled: the answer was a sign of life.
    """
    if c.left_message:
        return replace(c, answered_seq=seq, turn_until=turn_until)
    changed = replace(c, answered_seq=seq, assistant_notice=False)
    return replace(changed, waiting_since=next_at, prompts=prompts, turn_until=turn_until)


def answered_by_person(c: Conversation) -> Conversation:
    return replace(c, waiting_since=None, held_at=None, prompts=0, agent_since=None, warned=False, lapsed=())


def held(c: Conversation, now: datetime) -> Conversation:
    """The agent asks the customer to wait: no answer, but the silence and the agent's two minutes begin anew."""
    return replace(c, held_at=now, waiting_since=c.waiting_since or now, prompts=0, agent_since=now, warned=False)


def replied(c: Conversation, now: datetime) -> Conversation:
    """A person has answered; the first time is kept for the rates (S3)."""
    return replace(answered_by_person(c), first_reply_at=c.first_reply_at or now)


def left_message(c: Conversation) -> Conversation:
    """Nobody is on duty: what waits in the queue is a left message."""
    asked_at = c.asked_at if c.first_reply_at else None
    return replace(c, offline=True, assistant_notice=False, asked_at=asked_at, answered_seq=c.customer_seq)


def queued(c: Conversation, now: datetime, reason: str, priority: Priority = Priority.NORMAL) -> Conversation:
    """To the queue; who is already in it keeps his place and his clock, who was waiting keeps waiting since then."""
    waits_already = c.owner is Owner.QUEUE
    return replace(
        c,
        owner=Owner.QUEUE,
        staff_id=None,
        served_by=c.staff_id or c.served_by,
        queued_at=c.queued_at if waits_already else now,
        asked_at=c.asked_at or now,
        priority=max(c.priority, priority),
        handoff_reason=reason or c.handoff_reason,
        agent_since=None,
        warned=c.warned and waits_already,
        answered_seq=c.customer_seq,
        turn_until=None,
        assistant_notice=False,
    )


def assigned(c: Conversation, staff_id: str, now: datetime, prompts: int) -> Conversation:
    """To an agent, whose two minutes begin now if the customer waits; `prompts` of this wait count as settled."""
    return replace(
        c,
        owner=Owner.AGENT,
        staff_id=staff_id,
        asked_at=c.asked_at or now,
        agent_since=now if c.waiting_since else None,
        warned=False,
        prompts=prompts,
        offline=False,
        answered_seq=c.customer_seq,
        turn_until=None,
    )


def lapsed(c: Conversation, now: datetime) -> Conversation:
    """The agent let his two minutes pass: back to the queue, ahead of ordinary waits, and not to him again."""
    skipped = c.lapsed if c.staff_id is None else (*c.lapsed, c.staff_id)
    return replace(queued(c, now, "", Priority.HIGH), lapsed=skipped, breaches=c.breaches + 1)


def back_to_assistant(c: Conversation) -> Conversation:
    return replace(
        answered_by_person(c),
        owner=Owner.BOT,
        staff_id=None,
        served_by=c.staff_id or c.served_by,
        skill_group="",
        asked_at=c.asked_at if c.first_reply_at else None,
        queued_at=None,
        priority=Priority.NORMAL,
        for_lead=False,
        offline=False,
        answered_seq=c.customer_seq,
        turn_until=None,
    )


def closed(c: Conversation, now: datetime) -> Conversation:
    """Closing stops every promise."""
    return replace(
        answered_by_person(c),
        owner=Owner.CLOSED,
        closed_at=now,
        offline=False,
        answered_seq=c.customer_seq,
        turn_until=None,
    )


def left_open(before: Conversation | None, now: datetime) -> tuple[Collected, ...]:
    """What a new conversation knows of the one `before` it: the dialogue that was open when nobody spoke any more.

    Not what a person has dealt with, and not for longer than a day.
    """
    if before is None or not before.unfinished or before.staff_id or now - before.last_at > RESUMABLE:
        return ()
    return (Collected(UNFINISHED, before.unfinished),)


def prompts_due(silent_since: datetime | None, now: datetime, every: timedelta) -> int:
    """How many waiting prompts have fallen due since the silence began."""
    return 0 if silent_since is None else int((now - silent_since) / every)
