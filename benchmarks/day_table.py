"""What the day at the desk came to, worked out from the rows."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from benchmarks.report import Figures, Report, Value
from benchmarks.statistics import median, percentile
from tests.day.promises import LIMIT, PROMPT, QUICK
from tests.day.rows import Case, Day

#: A prompt or a move counts as on time until so much after its moment, in seconds.
ON_TIME = 1.0
#: Shares on the board change by waiting alone; it is told every four seconds.
BOARD_BEHIND = 6.0


def table(report: Report, day: Day, behind: Sequence[float], looks: int, problems: Sequence[str]) -> None:
    cases = [case for case in day.cases if case.asked_at]
    first = [_seconds(case.asked_at, case.first_reply_at) for case in cases if case.asked_at and case.first_reply_at]
    prompts, moves = [late for case in day.cases for late in _prompts_late(case)], list(_moves(day))
    times: list[list[Value]] = [
        _times("first reply of a person", first),
        _times("a waiting prompt after its moment", prompts),
        _times("breach to the next agent with room", moves),
        _times("lead's board behind the rows", behind),
    ]
    report.tables.append(Figures("A day at the desk: times", ["what", "times", "p50 s", "p95 s", "max s"], times))
    report.tables.append(Figures("A day at the desk: counts", ["what", "number"], _counts(day, first, looks, problems)))
    for problem in problems:
        report.expect(False, problem)
    report.expect(bool(first) and bool(prompts), "a day in which people were answered and prompted")
    report.expect(max(prompts, default=0) <= ON_TIME, f"waiting prompts within {ON_TIME:g} s of their moment")
    report.expect(max(behind, default=0) <= BOARD_BEHIND, f"the lead's board right within {BOARD_BEHIND:g} s")


def _counts(day: Day, first: Sequence[float], looks: int, problems: Sequence[str]) -> list[list[Value]]:
    quick, limit = QUICK.total_seconds(), LIMIT.total_seconds()
    lost = sum(" said " in problem or " never got " in problem for problem in problems)
    return [
        ["customers", len({case.who for case in day.cases})],
        ["given to people", sum(case.asked_at is not None for case in day.cases)],
        ["answered by a person", len(first)],
        [f"… within {quick:g} s (15 s)", sum(one <= quick for one in first)],
        [f"… within {limit:g} s (2 min)", sum(one <= limit for one in first)],
        ["left the queue", sum(case.last("left_queue") is not None for case in day.cases)],
        ["breaches of agents", sum(breach["promise"] == "reply" for breach in day.breaches)],
        ["breaches in the queue", sum(breach["promise"] == "queue" for breach in day.breaches)],
        ["moved on after a breach", sum(breach["moved_to"] is not None for breach in day.breaches)],
        ["still waiting at the end", sum(case.unanswered_since is not None for case in day.cases)],
        ["messages", sum(len(case.messages) for case in day.cases)],
        ["messages lost or doubled", lost],
        ["looks at the database", looks],
        ["promises broken, idle beside waiting", len(problems) - lost],
    ]


def _times(what: str, times: Sequence[float]) -> list[Value]:
    if not times:
        return [what, 0, None, None, None]
    return [what, len(times), median(times), percentile(times, 0.95), max(times)]


def _prompts_late(case: Case) -> Iterator[float]:
    """Each prompt against the multiple of 45 seconds since the silence began; messages in order."""
    since, holds = None, [fact["at"] for fact in case.facts if fact["what"] == "hold"]
    answered: datetime = case.row["opened_at"]
    for message in case.messages:
        if message["speaker"] == "customer":
            since = since or message["at"]
        elif (message["speaker"], message["kind"]) in (("agent", "answer"), ("bot", "answer")):
            since, answered = None, message["at"]
        elif message["kind"] == "waiting_prompt":
            begun = max((at for at in holds if answered < at <= message["at"]), default=since)
            if begun:
                silent = message["at"] - begun
                yield (silent - PROMPT * int(silent / PROMPT)).total_seconds()


def _moves(day: Day) -> Iterator[float]:
    """From a breach that was moved on to the next agent's turn."""
    given = {case.row["id"]: [f["at"] for f in case.facts if f["what"] == "assigned"] for case in day.cases}
    for breach in day.breaches:
        after = [at for at in given[breach["conversation_id"]] if at >= breach["at"]]
        if breach["promise"] == "reply" and breach["moved_to"] and after:
            yield _seconds(breach["at"], min(after))


def _seconds(begin: datetime, end: datetime) -> float:
    return (end - begin).total_seconds()
