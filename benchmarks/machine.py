"""On what, when and with which versions something was measured."""

import os
import platform
import shutil
import sqlite3
import subprocess
from datetime import UTC, datetime
from glob import glob
from importlib.metadata import version
from pathlib import Path

from bot.settings import ROOT


def machine() -> dict[str, str]:
    """Facts for the head of every output; nothing that names a computer or its owner."""
    return {
        "cores": str(len(os.sched_getaffinity(0))),
        "processor": _processor(),
        "memory": f"{os.sysconf('SC_PHYS_PAGES') * os.sysconf('SC_PAGE_SIZE') / 2**30:.0f} GB",
        "system": f"{platform.system()} {platform.release()}",
        "date": datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        "commit": _commit(),
        "python": platform.python_version(),
        "rasa": _rasa_version(),
        "sqlite": sqlite3.sqlite_version,
        "postgresql": _postgres_version(),
        "sqlalchemy": version("sqlalchemy"),
        "load before": f"{os.getloadavg()[0]:.1f}",
    }


def machine_line() -> str:
    return " · ".join(f"{value}" if name == "processor" else f"{name} {value}" for name, value in machine().items())


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    models = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return models[0] if models else platform.machine()


def _commit() -> str:
    shown = subprocess.run(
        ["git", "describe", "--always", "--dirty"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return shown.stdout.strip() or "unknown"


def _postgres_version() -> str:
    programs = sorted(glob("/usr/lib/postgresql/*/bin/postgres"))
    program = shutil.which("postgres") or (programs[-1] if programs else None)
    if program is None:
        return "not installed"
    shown = subprocess.run([program, "--version"], capture_output=True, text=True, check=False)
    return shown.stdout.split()[2] if shown.returncode == 0 else "unknown"


def _rasa_version() -> str:
    for metadata in (ROOT / "assistant" / ".venv").glob("lib/python*/site-packages/rasa-*.dist-info"):
        return metadata.name.removeprefix("rasa-").removesuffix(".dist-info")
    return "not installed"
