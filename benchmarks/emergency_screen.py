"""How long the emergency screen holds a message up: the test sets, a long story, and the worst texts we know.

Processor time, not wall time: the screen waits for nothing, and a busy machine would only blur it.
"""

import asyncio
import csv
import gc
import time
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from benchmarks.report import Figures, Report, show
from benchmarks.statistics import percentile
from bot.conversation.emergency_screen import WINDOW, screen

SETS = Path(__file__).parents[1] / "tests" / "nlu" / "emergency"
ROUNDS = 5
#: "well under a millisecond", of a customer's message of usual length.
TARGET_US = 1_000
#: Characters; nineteen of twenty messages of the test sets are not longer.
USUAL = 60


async def run() -> Report:
    """The part's figures; `missed` names the target when the p99 of usual messages is above it."""
    written = _messages()
    texts: dict[str, Sequence[str]] = {
        f"usual messages (the test sets, up to {USUAL} characters)": [text for text in written if len(text) <= USUAL],
        "letters (the test sets, longer)": [text for text in written if len(text) > USUAL],
        "long story, 2,000 characters, emergency at the end": [_story(2_000)],
        "longest window, nothing in it": ["你好我想问一下上个月的账单" * (WINDOW // 13)],
        "longest window, all denied": ["没有漏气" * (WINDOW // 4)],
        "longest window, all supposed": ["如果煤气味" * (WINDOW // 5)],
        "64 KiB, all denied": ["没有漏气，" * (65_536 // 5)],
    }
    rows = [(name, *_percentiles(measure(batch))) for name, batch in texts.items()]
    report = Report("emergency_screen", [Figures("Emergency screen", ("text", "p50 µs", "p99 µs"), rows)])
    report.expect(rows[0][2] <= TARGET_US, f"p99 of usual messages within {TARGET_US} µs")
    return report


def measure(texts: Sequence[str]) -> list[float]:
    """Microseconds of each screening, `ROUNDS` times over the texts; the collector is kept out of it."""
    for text in texts:
        screen(text)
    gc.disable()
    try:
        return [_microseconds(text) for _ in range(ROUNDS) for text in texts]
    finally:
        gc.enable()


def _microseconds(text: str) -> float:
    began = time.thread_time_ns()
    screen(text)
    return (time.thread_time_ns() - began) / 1_000


def _percentiles(values: Sequence[float]) -> tuple[float, float]:
    return percentile(values, 0.5), percentile(values, 0.99)


def _messages() -> list[str]:
    messages = []
    for file in sorted(SETS.glob("*.csv")):
        with file.open(encoding="utf-8", newline="") as rows:
            messages += [row["text"] for row in csv.DictReader(rows)]
    return messages


def _story(length: int) -> str:
    return ("上个月师傅来换了表，说一切正常，我就没有再管。" * length)[:length] + "今天厨房有煤气味"


if __name__ == "__main__":
    show(asyncio.run(run()), Console(width=120))
