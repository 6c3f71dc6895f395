"""Tells whether a process is still the one it was: a number alone is given out again."""

import os
import signal
import subprocess
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Process:
    pid: int
    #: When it started, in words or ticks of the system; compared, never read.
    started: str

    def lives(self) -> bool:
        return look(self.pid) == self


def look(pid: int) -> Process | None:
    """The process that has this number now; None if there is none, or only the remains of one."""
    if pid <= 0:
        return None
    started = _from_proc(pid) if Path("/proc/self/stat").exists() else _from_ps(pid)
    return Process(pid, started) if started else None


def this_process() -> Process:
    found = look(os.getpid())
    assert found is not None, "the process that asks is there"
    return found


def kill_group(pid: int, with_signal: signal.Signals) -> None:
    """Signal the process group that `pid` leads; nothing happens if it is gone."""
    try:
        os.killpg(pid, with_signal)
    except ProcessLookupError:
        return


def _from_proc(pid: int) -> str | None:
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return None
    # "pid (name) state …": the name may hold anything, so what follows is counted from its end. Field 22 is the start.
    state, *fields = stat.rpartition(")")[2].split()
    if state in "ZX":
        return None
    # Ticks since the system came up, so it has to be the same coming up.
    return f"{fields[18]} {Path('/proc/sys/kernel/random/boot_id').read_text().strip()}"


def _from_ps(pid: int) -> str | None:
    shown = subprocess.run(["ps", "-o", "stat=,lstart=", "-p", str(pid)], capture_output=True, text=True, check=False)
    state, _, started = shown.stdout.strip().partition(" ")
    return None if not state or state.startswith("Z") else started.strip()
