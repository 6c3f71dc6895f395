"""What must hold at every moment of the day, said of the rows alone."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from bot.domain.conversations import Owner
from tests.day.people import Ledger
from tests.day.rows import Case, Day
from tests.day.script import SLA

PROMPT = timedelta(seconds=SLA["waiting_prompt_seconds"])
LIMIT = timedelta(seconds=SLA["reply_limit_seconds"])
QUICK = timedelta(seconds=SLA["first_reply_seconds"])
NONE = timedelta()


def broken(day: Day, now: datetime, late: timedelta = NONE) -> list[str]:
    """Every promise that is broken at `now`; `late`: how much later than its moment something may happen."""
    return [
        f"{case.who}: {what}"
        for case in day.cases
        for what in (*_overdue(day, case, now, late), *_prompts(case, now, late))
    ]


def _overdue(day: Day, case: Case, now: datetime, late: timedelta) -> Iterator[str]:
    """Answered or moved on within two minutes; in the queue, the breach is recorded after two."""
    since = case.agents_turn_since
    if since and now - since >= LIMIT + late:
        yield f"with {case.row['staff_id']} for {(now - since).total_seconds():.1f} s unanswered"
    queued = case.row["queued_at"]
    if case.owner is Owner.QUEUE and case.unanswered_since and now - queued >= LIMIT + late:
        told = [b for b in day.breaches if b["conversation_id"] == case.row["id"] and b["at"] >= queued]
        if not told:
            yield f"in the queue for {(now - queued).total_seconds():.1f} s, and no breach is recorded"


def _prompts(case: Case, now: datetime, late: timedelta) -> Iterator[str]:
    """One for each 45 seconds of silence, neither more nor fewer."""
    since = case.silent_since
    if since is None or case.row["offline"]:
        return
    least, most = int((now - late - since) / PROMPT), int((now - since) / PROMPT)
    sent = case.prompts_after(since)
    if not least <= sent <= most:
        yield f"{sent} prompts instead of {most} in {(now - since).total_seconds():.1f} s of silence"


def idle_beside_waiting(day: Day) -> Iterator[str]:
    """Who waits while an agent has room who has not let him wait before. It must not last."""
    agents = [m for m in day.staff if m["role"] == "agent" and m["presence"] == "online"]
    idle = [m["staff_id"] for m in agents if day.load(m["staff_id"]) < m["capacity"]]
    for case in day.of(Owner.QUEUE):
        for staff_id in idle:
            if staff_id not in case.row["lapsed"]:
                yield f"{case.who}: waits beside {staff_id}, who has room"


def lost_or_doubled(day: Day, ledger: Ledger, contact_of: Any) -> list[str]:
    """Messages that were acknowledged and are not there exactly once, in their order; replies likewise."""
    found: list[str] = []
    for speaker, book in (("customer", ledger.said), ("agent", ledger.replied)):
        stored: dict[str, list[tuple[str, str]]] = {}
        for case in day.cases:
            spoken = [m for m in case.messages if m["speaker"] == speaker and m["kind"] in ("text", "answer")]
            stored.setdefault(case.who, []).extend((m["id"], m["text"]) for m in spoken)
        for who, lines in book.items():
            kept = stored.pop(contact_of(who), [])
            if kept != lines:
                found.append(f"{who}: {speaker} said {lines}, kept is {kept}")
        found += [f"{who}: nobody said {lines}" for who, lines in stored.items() if lines]
    return found
