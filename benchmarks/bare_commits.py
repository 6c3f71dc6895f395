"""What the disk alone costs: one row, committed by SQLite as durably as gasdesk does it, and nothing else."""

import sqlite3
from contextlib import closing
from pathlib import Path

from bot.clock import stopwatch

COUNT = 500


def bare_commits(folder: Path) -> list[float]:
    """Milliseconds of each."""
    times = []
    with closing(sqlite3.connect(folder / "bare.db", isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("CREATE TABLE rows (text TEXT)")
        for number in range(COUNT):
            began = stopwatch()
            connection.execute("INSERT INTO rows VALUES (?)", [f"{number}"])
            times.append(1000 * (stopwatch() - began))
    return times
