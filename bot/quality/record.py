"""What an inspector reads of a conversation: what was said and what was done, in order, without personal data. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.conversations import Fact, Kind, Message, Speaker
from bot.domain.linking import text_for_staff
from bot.domain.notes import Note
from bot.masking import mask_text

_SPEAKERS = {Speaker.CUSTOMER: "客户", Speaker.BOT: "智能助手", Speaker.SYSTEM: "系统"}
_MOVES = frozenset({"assigned", "transfer", "handed_back", "handoff", "accepted", "offline", "left_queue"})
_ALARMS = frozenset({"warning", "breach"})
#: The message itself tells it.
_TOLD = "waiting_prompt"


@dataclass(frozen=True, kw_only=True)
class Line:
    at: datetime
    #: "message", "prompt", "note", "warning", "breach", "move" or "fact".
    kind: str
    who: str
    text: str
    #: Of a message, by which a remark names it.
    seq: int | None = None
    #: "customer", "bot", "agent", "system"; "" for what is no message.
    speaker: str = ""


def record(messages: Sequence[Message], facts: Sequence[Fact], notes: Sequence[Note]) -> list[Line]:
    """Telephones, identity and account numbers are hidden: the role needs none of them to judge the service."""
    lines = [*map(_said, messages), *(_done(f) for f in facts if f.what != _TOLD), *map(_noted, notes)]
    return sorted(lines, key=lambda line: line.at)


def _said(m: Message) -> Line:
    prompt = m.kind is Kind.WAITING_PROMPT
    who = f"工号 {m.staff_id}" if m.speaker is Speaker.AGENT else _SPEAKERS[m.speaker]
    return Line(
        at=m.at,
        kind="prompt" if prompt else "message",
        who=who,
        text=mask_text(text_for_staff(m)),
        seq=m.seq,
        speaker=m.speaker.value,
    )


def _done(f: Fact) -> Line:
    kind = f.what if f.what in _ALARMS else "move" if f.what in _MOVES else "fact"
    return Line(at=f.at, kind=kind, who="", text=mask_text(f.text))


def _noted(n: Note) -> Line:
    return Line(at=n.at, kind="note", who=f"工号 {n.staff_id} 的备注", text=mask_text(n.text))
