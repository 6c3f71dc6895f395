"""The evidence of a breach: what was said and done from the first unanswered message until somebody answered. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.conversations import Breach, Fact, Kind, Message, Speaker
from bot.domain.linking import text_for_staff

#: Facts that tell who had the conversation and what the clock did; what staff told each other is no evidence.
_TELLING = frozenset(
    {"handoff", "assigned", "accepted", "warning", "breach", "transfer", "handed_back", "offline", "closed"}
)
_SPEAKERS = {Speaker.CUSTOMER: "客户", Speaker.BOT: "智能助手", Speaker.SYSTEM: "系统"}
#: The clock of the stored wait is exact; a message and what follows from it may differ by a moment.
_MOMENT = timedelta(seconds=1)


@dataclass(frozen=True, kw_only=True)
class Line:
    at: datetime
    #: "message", "prompt", "warning", "breach", "move" or "fact".
    kind: str
    who: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Evidence:
    lines: tuple[Line, ...]
    #: When the customer's first unanswered message was written.
    since: datetime
    prompts: int
    warned_at: datetime | None
    #: When a person answered after it; None: nobody has.
    answered_at: datetime | None


def evidence(breach: Breach, messages: Sequence[Message], facts: Sequence[Fact]) -> Evidence:
    """Everything from the wait's begin to the answer, in order; `messages` and `facts` are the conversation's."""
    since = breach.at - timedelta(seconds=breach.waited_seconds)
    answered_at = next((m.at for m in messages if m.at >= breach.at and _answers(m)), None)
    shown = [m for m in messages if _within(m.at, since, answered_at)]
    told = [f for f in facts if f.what in _TELLING and _within(f.at, since, answered_at)]
    lines = sorted([*map(_said, shown), *map(_done, told)], key=lambda line: line.at)
    before = [line for line in lines if line.at <= breach.at]
    return Evidence(
        lines=tuple(lines),
        since=since,
        prompts=sum(line.kind == "prompt" for line in before),
        warned_at=next((line.at for line in reversed(before) if line.kind == "warning"), None),
        answered_at=answered_at,
    )


def _answers(m: Message) -> bool:
    return m.speaker is Speaker.AGENT and m.kind is Kind.ANSWER


def _within(at: datetime, since: datetime, until: datetime | None) -> bool:
    return at >= since - _MOMENT and (until is None or at <= until)


def _said(m: Message) -> Line:
    who = f"工号 {m.staff_id}" if m.speaker is Speaker.AGENT else _SPEAKERS[m.speaker]
    return Line(at=m.at, kind="prompt" if m.kind is Kind.WAITING_PROMPT else "message", who=who, text=text_for_staff(m))


def _done(f: Fact) -> Line:
    kind = {"warning": "warning", "breach": "breach", "assigned": "move", "transfer": "move"}.get(f.what, "fact")
    return Line(at=f.at, kind=kind, who="", text=f.text)
