"""A day at the desk as a plan: who comes when and says what, who works how fast and is away when.

Made from a seed; the product is not asked. The clock of the company runs ten times as fast as in earnest.
"""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

#: Of `sla` in the company profile, a tenth of what S0 and S3 ask for.
SLA: Mapping[str, float] = MappingProxyType(
    {
        "waiting_prompt_seconds": 4.5,
        "agent_warning_seconds": 9.0,
        "reply_limit_seconds": 12.0,
        "dispatch_limit_seconds": 6.0,
        "first_reply_seconds": 1.5,
    }
)
SECONDS = 600.0
CUSTOMERS = 60
#: Open at once for one agent, so that a rush makes a queue.
CAPACITY = 3
LEAD = "201"

WANTS_PERSON = "转人工客服"
ADDRESS = "幸福小区3号楼2单元501"
LEAK = "我家厨房有很浓的煤气味"
GOODBYE = "没有别的问题了，再见"
_QUESTIONS = (
    "我的燃气卡丢了，补一张要带什么？",
    "上个月的气费怎么这么多？",
    "表上的读数是1235，报得上吗？",
    "热水器是在外面买的，改装收费吗？",
    "明天停气吗？",
    "发票在哪里开？",
    "点火要预约几天？",
)


@dataclass(frozen=True, kw_only=True)
class Visit:
    """What a customer will do. Times in seconds; `at` from the start of the day."""

    who: str
    at: float
    questions: tuple[str, ...]
    #: How long he thinks before he writes again.
    thinks: float
    leak: bool = False
    #: Waiting longer than this in the queue, he takes himself off it.
    patience: float | None = None
    #: Goes without a word after his last question was answered.
    just_goes: bool = False
    #: Writes a second line while he waits for the answer to the first.
    hurries: bool = False


@dataclass(frozen=True, kw_only=True)
class Absence:
    """Seconds from the start of the day. `how`: "dropped" (the connection is gone) or "busy" (置忙)."""

    begin: float
    end: float
    how: str


@dataclass(frozen=True, kw_only=True)
class Worker:
    staff_id: str
    #: How long an answer takes, from and to.
    pace: tuple[float, float]
    absences: tuple[Absence, ...] = ()


def workers(seconds: float) -> tuple[Worker, ...]:
    """Three agents and the lead: one quick, one who drops out for a tenth of the day, one slow who goes busy."""
    dropped = Absence(begin=0.42 * seconds, end=0.52 * seconds, how="dropped")
    busy = Absence(begin=0.65 * seconds, end=0.72 * seconds, how="busy")
    return (
        Worker(staff_id="101", pace=(0.8, 3.0)),
        Worker(staff_id="102", pace=(1.5, 6.0), absences=(dropped,)),
        Worker(staff_id="103", pace=(3.0, 13.0), absences=(busy,)),
        Worker(staff_id=LEAD, pace=(1.0, 3.0)),
    )


def visits(chance: random.Random, count: int, seconds: float) -> tuple[Visit, ...]:
    """Half of them spread over the day, half in a rush while an agent is gone; nobody comes in the last tenth."""
    moments = [chance.uniform(0, 0.9 * seconds) for _ in range(count // 2)]
    moments += [chance.uniform(0.4, 0.55) * seconds for _ in range(count - len(moments))]
    return tuple(_visit(chance, number, at) for number, at in enumerate(sorted(moments), 1))


def _visit(chance: random.Random, number: int, at: float) -> Visit:
    return Visit(
        who=f"c{number:02}",
        at=at,
        questions=tuple(chance.sample(_QUESTIONS, chance.randint(1, 3))),
        thinks=chance.uniform(1, 5),
        leak=number % 15 == 7,
        patience=2.5 if number % 4 == 0 else None,
        just_goes=number % 7 == 0,
        hurries=number % 3 == 0,
    )


def longest(visits: Sequence[Visit]) -> float:
    """When the last of them comes."""
    return max(visit.at for visit in visits)
