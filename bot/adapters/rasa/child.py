"""Rasa as a child process: in a group of its own, on a leash, its output in a log file."""

import asyncio
import os
import signal
import sys
from collections.abc import Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from typing import BinaryIO

from bot.adapters.rasa.processes import kill_group
from bot.clock import Clock

LEASH = Path(__file__).with_name("leash.py")
LOG_BYTES = 10_000_000
OLD_LOGS = 3
_TAIL_BYTES = 4000
_LINE_CHARACTERS = 300


class Child:
    """A started program. Its process group goes with it."""

    def __init__(self, process: asyncio.subprocess.Process, log_file: Path) -> None:
        self._process = process
        self._log_file = log_file
        self.exited = asyncio.Event()
        self._reaper = asyncio.create_task(self._reap())

    @classmethod
    async def start(
        cls, command: Sequence[str], *, environment: Mapping[str, str], folder: Path, log_file: Path
    ) -> "Child":
        """Call from the thread that lives as long as the service: the leash is tied to it. Raises OSError."""
        leashed = [sys.executable, "-I", str(LEASH), str(os.getpid()), *command]
        with open_log(log_file) as output:
            process = await asyncio.create_subprocess_exec(
                *leashed,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=output,
                stderr=asyncio.subprocess.STDOUT,
                cwd=folder,
                env=environment,
                # Not the terminal's group: Ctrl-C is for gasdesk, which stops the child in its own time.
                start_new_session=True,
            )
        return cls(process, log_file)

    @property
    def pid(self) -> int:
        return self._process.pid

    def end(self) -> str:
        """How it ended, e.g. "exited with code 1"."""
        code = self._process.returncode
        if code is None:
            return "still runs"
        return f"exited with code {code}" if code >= 0 else f"was killed by {signal.Signals(-code).name}"

    def last_lines(self, count: int = 8) -> list[str]:
        """Of its log, long ones cut; none if somebody took it away."""
        try:
            with self._log_file.open("rb") as log:
                log.seek(max(0, log.seek(0, os.SEEK_END) - _TAIL_BYTES))
                lines = log.read().decode(errors="replace").splitlines()
        except OSError:
            return []
        return [line[:_LINE_CHARACTERS] for line in lines[-count:]]

    async def stop(self, clock: Clock, grace: timedelta) -> None:
        """Ask the group to end, and end it by force after `grace`. Also for one that has ended by itself."""
        if not self.exited.is_set():
            kill_group(self.pid, signal.SIGTERM)
            await clock.wait_until(clock.now() + grace, self.exited)
        kill_group(self.pid, signal.SIGKILL)
        await self._reaper

    async def _reap(self) -> None:
        await self._process.wait()
        self.exited.set()


def open_log(file: Path) -> BinaryIO:
    """Open a log for appending, readable by its owner only; a large one is put aside first (`….log.1` the latest)."""
    file.parent.mkdir(parents=True, exist_ok=True)
    if file.exists() and file.stat().st_size > LOG_BYTES:
        names = [file, *(file.with_name(f"{file.name}.{n}") for n in range(1, OLD_LOGS + 1))]
        for older, newer in zip(reversed(names), reversed(names[:-1]), strict=False):
            if newer.exists():
                newer.replace(older)
    return os.fdopen(os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600), "ab")
