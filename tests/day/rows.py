"""The day as the database has it: the bare rows, put together by conversation, judged by nobody yet."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.adapters.sql.tables_chat import breaches, conversations, facts, messages
from bot.adapters.sql.tables_desk import desk_log
from bot.adapters.sql.tables_staff import staff
from bot.domain.conversations import Owner

type Row = Mapping[str, Any]
_ANSWERS = {("agent", "answer"), ("bot", "answer"), ("bot", "question")}


@dataclass(frozen=True)
class Case:
    """A conversation. What is derived here is derived from messages and facts, not from the columns that the product
    keeps for itself."""

    row: Row
    messages: Sequence[Row]
    facts: Sequence[Row]

    @property
    def owner(self) -> Owner:
        return Owner(self.row["owner"])

    @property
    def who(self) -> str:
        return str(self.row["contact_id"])

    @cached_property
    def unanswered_since(self) -> datetime | None:
        """The first message of the customer after the last answer, or after he left the queue."""
        if self.owner is Owner.CLOSED:
            return None
        answered = max((m["seq"] for m in self.messages if (m["speaker"], m["kind"]) in _ANSWERS), default=0)
        left = self.last("left_queue")
        said = (m["at"] for m in self.messages if m["speaker"] == "customer" and m["seq"] > answered)
        return min((at for at in said if left is None or at > left), default=None)

    @cached_property
    def held_since(self) -> datetime | None:
        """The last 请您稍等 that no answer has followed; it is a promise also to who had not asked anything yet."""
        held = self.last("hold")
        over = (m["at"] for m in self.messages if (m["speaker"], m["kind"]) in _ANSWERS)
        ended = max((*over, *(at for at in [self.last("left_queue")] if at)), default=None)
        return None if held is None or self.owner is Owner.CLOSED or (ended and ended > held) else held

    @property
    def silent_since(self) -> datetime | None:
        return self.held_since or self.unanswered_since

    @property
    def agents_turn_since(self) -> datetime | None:
        """When the two minutes of the agent who has it began."""
        since = self.silent_since
        if self.owner is not Owner.AGENT or since is None:
            return None
        return max(at for at in (since, self.last("assigned")) if at)

    @property
    def asked_at(self) -> datetime | None:
        """When it was given to people; None if the customer left the queue before one answered."""
        if self.last("left_queue") and self.first_reply_at is None:
            return None
        return min((f["at"] for f in self.facts if f["what"] in ("handoff", "emergency", "assigned")), default=None)

    @cached_property
    def first_reply_at(self) -> datetime | None:
        return min((m["at"] for m in self.messages if (m["speaker"], m["kind"]) == ("agent", "answer")), default=None)

    @property
    def emergency_concerns_everybody(self) -> bool:
        emergency = self.row["emergency"]
        if not emergency or self.owner is Owner.CLOSED or emergency["step"] == "dismissed":
            return False
        return emergency["accepted_by"] is None or emergency["step"] in ("address", "confirm")

    def prompts_after(self, since: datetime) -> int:
        return sum(m["kind"] == "waiting_prompt" and m["at"] > since for m in self.messages)

    def last(self, what: str) -> datetime | None:
        return max((f["at"] for f in self.facts if f["what"] == what), default=None)


@dataclass(frozen=True)
class Day:
    cases: Sequence[Case]
    staff: Sequence[Row]
    breaches: Sequence[Row]
    absences: int

    def of(self, owner: Owner) -> list[Case]:
        return [case for case in self.cases if case.owner is owner]

    def load(self, staff_id: str) -> int:
        return sum(case.row["staff_id"] == staff_id for case in self.of(Owner.AGENT))


#: Before anything was read.
NOTHING = Day((), (), (), 0)


async def read(connection: AsyncConnection, known: Day = NOTHING) -> Day:
    """All rows, as of one moment if the connection is in a transaction that has one.

    What was closed in `known` is taken from there: nothing is said in it any more.
    """

    async def all_of(query: Any) -> list[Row]:
        return [dict(row) for row in (await connection.execute(query)).mappings()]

    over = {case.row["id"]: case for case in known.cases if case.owner is Owner.CLOSED}
    said, done = defaultdict(list), defaultdict(list)
    fresh = messages.c.conversation_id.not_in(over)
    for row in await all_of(select(messages).where(fresh).order_by(messages.c.contact_id, messages.c.seq)):
        said[row["conversation_id"]].append(row)
    for row in await all_of(select(facts).where(facts.c.conversation_id.not_in(over)).order_by(facts.c.id)):
        done[row["conversation_id"]].append(row)
    found = await all_of(select(conversations).where(conversations.c.id.not_in(over)))
    log = select(func.count()).select_from(desk_log).where(desk_log.c.did == "absence")
    cases = [*over.values(), *(Case(row, said[row["id"]], done[row["id"]]) for row in found)]
    return Day(
        cases=sorted(cases, key=lambda case: (case.row["opened_at"], case.row["id"])),
        staff=await all_of(select(staff)),
        breaches=await all_of(select(breaches)),
        absences=(await connection.execute(log)).scalar_one(),
    )
