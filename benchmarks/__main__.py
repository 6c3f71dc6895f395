"""The command: runs the parts one after the other, prints a table for each, and can write the figures as JSON."""

import argparse
import asyncio
import importlib
import json
import signal
import sys
import time
from pathlib import Path

from rich.console import Console

from benchmarks.machine import machine, machine_line
from benchmarks.report import Report, show

#: By name, the module with its `run`.
PARTS = {
    "screen": "benchmarks.emergency_screen",
    "storage": "benchmarks.storage",
    "reports": "benchmarks.reports",
    "timers": "benchmarks.timers",
    "safety": "benchmarks.safety",
    "answers": "benchmarks.answers",
    "desk": "benchmarks.desk",
    "day": "benchmarks.day",
    "channels": "benchmarks.channels",
    "retraining": "benchmarks.retraining",
}


def main() -> int:
    # As Ctrl-C: the servers that were started are stopped first.
    signal.signal(signal.SIGTERM, lambda *_: signal.raise_signal(signal.SIGINT))
    options = _parser().parse_args()
    console = Console(width=None if sys.stdout.isatty() else 120)
    facts = machine()
    console.print(machine_line(), highlight=False)
    console.print()
    reports: list[Report] = []
    try:
        for part in options.part or PARTS:
            began = time.perf_counter()
            reports.append(_run(part))
            show(reports[-1], console)
            console.print(f"({part}: {time.perf_counter() - began:.0f} s)\n", highlight=False)
    except KeyboardInterrupt:
        console.print("stopped")
        return 130
    finally:
        if options.json:
            options.json.write_text(_as_json(facts, reports), encoding="utf-8")
    return 1 if any(report.missed for report in reports) else 0


def _run(part: str) -> Report:
    report: Report = asyncio.run(importlib.import_module(PARTS[part]).run())
    return report


def _as_json(facts: dict[str, str], reports: list[Report]) -> str:
    parts = {
        report.part: {"tables": {table.title: table.records() for table in report.tables}, "missed": report.missed}
        for report in reports
    }
    return json.dumps({"machine": facts, "parts": parts}, ensure_ascii=False, indent=2) + "\n"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Measure gasdesk.")
    parser.add_argument("--part", action="append", choices=PARTS, help="only this part; may be given several times")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there as well")
    return parser


if __name__ == "__main__":
    sys.exit(main())
