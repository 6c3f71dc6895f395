"""What the emergency screen costs each message: it runs before everything else."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass

from benchmarks.report import Figures, Report, Value
from benchmarks.statistics import percentile
from bot.clock import stopwatch
from bot.conversation.emergency_screen import screen
from bot.domain.text import LONGEST
from bot.settings import ROOT

EXAMPLES = ROOT / "tests" / "nlu" / "emergency"
ROUNDS = 5
TARGET_MS = 1.0


@dataclass(frozen=True)
class Batch:
    name: str
    texts: list[str]


async def run() -> Report:
    report = Report("screen")
    rows: list[list[Value]] = []
    for batch in _batches():
        times = [_milliseconds(text) for _ in range(ROUNDS) for text in batch.texts]
        p99 = percentile(times, 0.99)
        report.expect(p99 < TARGET_MS, f"{batch.name}: p99 is {p99:.2f} ms")
        rows.append([batch.name, len(batch.texts), percentile(times, 0.5), p99, max(times)])
    columns = ["messages", "count", "p50 ms", "p99 ms", "max ms"]
    notes = [f"target: p99 below {TARGET_MS:g} ms"]
    report.tables.append(Figures("The emergency screen", columns, rows, notes))
    return report


def _batches() -> Iterator[Batch]:
    texts = sorted({text for file in EXAMPLES.glob("*.csv") for text in _texts(file.read_text(encoding="utf-8"))})
    yield Batch("emergencies and look-alikes of the tests", texts)
    joined = "，".join(texts)
    long = [joined[start : start + LONGEST] for start in range(0, len(joined) - LONGEST, LONGEST)]
    yield Batch(f"{LONGEST:,} characters of them, the longest message", long)


def _texts(content: str) -> Iterator[str]:
    for row in csv.DictReader(line for line in content.splitlines() if line and not line.startswith("#")):
        yield row["text"]


def _milliseconds(text: str) -> float:
    began = stopwatch()
    screen(text)
    return 1000 * (stopwatch() - began)
