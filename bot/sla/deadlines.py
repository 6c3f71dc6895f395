"""Which timers a conversation has, as a function of its state. Nothing else sets or cancels one."""

from collections.abc import Iterator
from datetime import datetime

from bot.domain.conversations import Conversation, Emergency, EmergencyStep, Owner
from bot.ports import Timer
from bot.sla.limits import Limits

WAITING_PROMPT = "waiting_prompt"
AGENT_WARNING = "agent_warning"
AGENT_BREACH = "agent_breach"
QUEUE_BREACH = "queue_breach"
ASSISTANT_TURN = "turn"
ASSISTANT_LIMIT = "assistant_limit"
DISPATCH_ALARM = "dispatch_alarm"
DISPATCH_ANYWAY = "dispatch_anyway"
IDLE = "idle"


def deadlines(c: Conversation, limits: Limits) -> tuple[Timer, ...]:
    """The timers of this conversation; none for a closed one."""
    if c.closed:
        return ()
    found = [*_of_the_wait(c, limits), *_of_the_owner(c, limits), *_of_the_emergency(c, limits)]
    return tuple(Timer(kind=kind, subject=c.id, due_at=due_at) for kind, due_at in found)


def _of_the_wait(c: Conversation, limits: Limits) -> Iterator[tuple[str, datetime]]:
    # Who left a message is told so once; prompting through the night would be no kindness.
    if c.silent_since and not c.offline:
        yield WAITING_PROMPT, c.silent_since + (c.prompts + 1) * limits.waiting_prompt


def _of_the_owner(c: Conversation, limits: Limits) -> Iterator[tuple[str, datetime]]:
    match c.owner:
        case Owner.AGENT if c.agent_since:
            yield AGENT_BREACH, c.agent_since + limits.reply
            if not c.warned:
                yield AGENT_WARNING, c.agent_since + limits.warning
        case Owner.QUEUE if c.queued_at and c.waiting_since and not c.offline and not c.warned:
            yield QUEUE_BREACH, c.queued_at + limits.reply
        case Owner.QUEUE if c.left_message and c.turn_until:
            yield ASSISTANT_TURN, c.turn_until
        case Owner.BOT if c.waiting_since:
            yield ASSISTANT_LIMIT, c.waiting_since + limits.reply
            if c.turn_until:
                yield ASSISTANT_TURN, c.turn_until
        case Owner.BOT:
            yield IDLE, c.last_at + limits.idle


def _of_the_emergency(c: Conversation, limits: Limits) -> Iterator[tuple[str, datetime]]:
    emergency = c.emergency
    if emergency is None or not emergency.open:
        return
    anyway = _dispatched_anyway_at(emergency, limits)
    alarm = emergency.raised_at + (emergency.overdue_alarms + 1) * limits.dispatch
    if anyway:
        yield DISPATCH_ANYWAY, anyway
    if anyway is None or (alarm < anyway and emergency.order_number is None):
        yield DISPATCH_ALARM, alarm


def _dispatched_anyway_at(emergency: Emergency, limits: Limits) -> datetime | None:
    """When the crew is sent to the place we know although nobody confirmed it. An agent asks for the house himself."""
    asked_by_agent = emergency.step is EmergencyStep.ADDRESS and emergency.accepted_by is not None
    return None if emergency.located_at is None or asked_by_agent else emergency.located_at + limits.dispatch
