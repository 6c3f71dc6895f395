"""Remembers the running child across a sudden death of gasdesk, so that the next start can clear it away."""

import json
import signal
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path

import structlog

from bot.adapters.rasa.processes import Process, kill_group, look, this_process
from bot.clock import Clock, pause

log = structlog.get_logger()

_LOOK_AGAIN = timedelta(milliseconds=50)
_GIVE_UP_AFTER = timedelta(seconds=10)


class DataInUse(Exception):
    """Another gasdesk works with the same data folder; the text (Chinese) names it and says what to do."""


@dataclass(frozen=True)
class _Record:
    keeper: Process
    child: Process


class PidFile:
    def __init__(self, file: Path) -> None:
        self._file = file

    def write(self, pid: int) -> None:
        """Remember the child `pid`; one that is gone already needs no remembering."""
        if child := look(pid):
            self._file.write_text(json.dumps(asdict(_Record(this_process(), child))), encoding="utf-8")

    def remove(self) -> None:
        self._file.unlink(missing_ok=True)

    async def clear_leftover(self, clock: Clock) -> None:
        """Kill the child of a gasdesk that died.

        Raises:
            DataInUse: that gasdesk is alive.
        """
        record = self._read()
        if record and record.keeper != this_process() and record.keeper.lives():
            raise DataInUse(
                f"另一个 gasdesk（进程 {record.keeper.pid}）正在使用数据目录 {self._file.parent}。"
                "请先停止它，或用 GASDESK_DATA 指定另一个目录。"
            )
        if record and record.child.lives():
            log.warning("killing the assistant of a gasdesk that died", action="leftover_killed", pid=record.child.pid)
            kill_group(record.child.pid, signal.SIGKILL)
            await _until_gone(record.child, clock)
        self.remove()

    def _read(self) -> _Record | None:
        try:
            content = json.loads(self._file.read_text(encoding="utf-8"))
            return _Record(keeper=Process(**content["keeper"]), child=Process(**content["child"]))
        except FileNotFoundError:
            return None
        except (ValueError, TypeError, KeyError) as problem:
            log.warning(
                "pid file cannot be read", action="pid_file_unreadable", file=str(self._file), reason=repr(problem)
            )
            return None


async def _until_gone(process: Process, clock: Clock) -> None:
    deadline = clock.now() + _GIVE_UP_AFTER
    while process.lives() and clock.now() < deadline:
        await pause(clock, clock.now() + _LOOK_AGAIN)
