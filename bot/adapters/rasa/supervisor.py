"""Keeps a Rasa running: starts it, watches it, starts it again when it dies or hangs, and never leaves one behind."""

import asyncio
import errno
import shutil
import socket
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import NoReturn

import structlog

from bot.adapters.rasa.child import Child
from bot.adapters.rasa.pid_file import PidFile
from bot.adapters.rasa.watch import LOOK_EVERY, AssistantWatch, OnReady, Probed
from bot.clock import Clock, pause

log = structlog.get_logger()


class RasaPortTaken(Exception):
    """Another program listens where Rasa should; the text (Chinese) says what to do."""


@dataclass(frozen=True, kw_only=True)
class Timing:
    look_while_starting: timedelta = timedelta(seconds=0.5)
    look: timedelta = LOOK_EVERY
    #: A start that takes longer has failed. Loading a model takes half a minute on a small machine.
    start_limit: timedelta = timedelta(minutes=4)
    #: Once ready, silent for so long means hanging.
    hang_limit: timedelta = timedelta(seconds=20)
    #: Between SIGTERM and SIGKILL.
    grace: timedelta = timedelta(seconds=5)
    first_pause: timedelta = timedelta(seconds=1)
    longest_pause: timedelta = timedelta(seconds=30)
    #: Ready for so long: the failures before are forgotten.
    recovered: timedelta = timedelta(seconds=60)

    def pause_after(self, failures: int) -> timedelta:
        """Before the next start, after so many failures in a row (1 or more): 1, 2, 4 … 30 seconds."""
        doubled: int = 2 ** min(failures - 1, 20)
        return min(self.first_pause * doubled, self.longest_pause)


class RasaSupervisor:
    """`start` and `stop` once each. Warm-up is Rasa's own: its channel is healthy only after a first parse."""

    def __init__(
        self,
        *,
        command: Sequence[str],
        environment: Mapping[str, str],
        folder: Path,
        data_dir: Path,
        port: int,
        assistant: Probed,
        on_ready: OnReady,
        clock: Clock,
        timing: Timing | None = None,
        name: str = "rasa",
    ) -> None:
        """
        Args:
            command, environment, folder: what to run and where (see command.py).
            data_dir: gets `logs/<name>.log` and, while Rasa runs, `<name>.pid`.
            port: where the command will listen on 127.0.0.1.
            assistant: tells whether it can answer.
            on_ready: called each time it can answer after it could not.
        """
        self._command = command
        self._environment = environment
        self._folder = folder
        self._log_file = data_dir / "logs" / f"{name}.log"
        self._pid_file = PidFile(data_dir / f"{name}.pid")
        self._port = port
        self._watch = AssistantWatch(assistant, on_ready)
        self._clock = clock
        self._timing = timing or Timing()
        self._child: Child | None = None
        self._keeper: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Start Rasa, and go on keeping it running; returns before it is ready.

        Raises:
            DataInUse: another gasdesk uses the data folder.
            RasaPortTaken: another program has the port.
            OSError: the program cannot be started.
        """
        await self._pid_file.clear_leftover(self._clock)
        await self._spawn()
        self._keeper = asyncio.create_task(self._keep())

    async def stop(self) -> None:
        if self._keeper:
            self._keeper.cancel()
            with suppress(asyncio.CancelledError):
                await self._keeper
        await self._end_child()

    async def _keep(self) -> NoReturn:
        failures = 0
        while True:
            reason, was_ready_for = await self._one_life()
            failures = 1 if was_ready_for >= self._timing.recovered else failures + 1
            wait = self._timing.pause_after(failures)
            log.error(
                "the assistant is started again",
                action="assistant_restarted",
                reason=reason,
                after_seconds=wait.total_seconds(),
                failures=failures,
                log_file=str(self._log_file),
                last_lines=self._child.last_lines() if self._child else [],
            )
            await self._end_child()
            await self._watch.look()
            await pause(self._clock, self._clock.now() + wait)

    async def _one_life(self) -> tuple[str, timedelta]:
        """Start it if it does not run, and watch until something is wrong: why, and how long it had been ready."""
        life = _Life(self._clock.now(), self._timing)
        try:
            return await self._watch_until_wrong(life), life.ready_for
        except (OSError, RasaPortTaken) as problem:
            return str(problem), life.ready_for
        except Exception as problem:  # whatever it was, Rasa has to be kept running
            log.exception("watching the assistant failed", action="assistant_watch_failed")
            return repr(problem), life.ready_for

    async def _watch_until_wrong(self, life: "_Life") -> str:
        child = self._child or await self._spawn()
        while not child.exited.is_set():
            if await self._watch.look():
                life.saw_ready(self._clock.now())
            if problem_found := life.problem(self._clock.now()):
                return problem_found
            await self._clock.wait_until(self._clock.now() + life.next_look, child.exited)
        return child.end()

    async def _spawn(self) -> Child:
        _check_program(self._command[0])
        _check_port(self._port)
        self._child = await Child.start(
            self._command, environment=self._environment, folder=self._folder, log_file=self._log_file
        )
        self._pid_file.write(self._child.pid)
        log.info("the assistant is starting", action="assistant_starting", pid=self._child.pid, port=self._port)
        return self._child

    async def _end_child(self) -> None:
        if self._child:
            await self._child.stop(self._clock, self._timing.grace)
            self._child = None
        self._pid_file.remove()


class _Life:
    """What has been seen of one child."""

    def __init__(self, started_at: datetime, timing: Timing) -> None:
        self._timing = timing
        self._ready_at: datetime | None = None
        self._last_seen = started_at

    def saw_ready(self, now: datetime) -> None:
        self._ready_at = self._ready_at or now
        self._last_seen = now

    @property
    def ready_for(self) -> timedelta:
        return self._last_seen - self._ready_at if self._ready_at else timedelta()

    @property
    def next_look(self) -> timedelta:
        return self._timing.look if self._ready_at else self._timing.look_while_starting

    def problem(self, now: datetime) -> str | None:
        silent = now - self._last_seen
        if self._ready_at and silent >= self._timing.hang_limit:
            return f"did not answer for {silent.total_seconds():.0f} s"
        if not self._ready_at and silent >= self._timing.start_limit:
            return f"was not ready after {silent.total_seconds():.0f} s"
        return None


def _check_program(program: str) -> None:
    """Raises FileNotFoundError."""
    if shutil.which(program) is None:
        raise FileNotFoundError(errno.ENOENT, "没有这个程序，请先运行 make setup", program)


def _check_port(port: int) -> None:
    """Rasa itself would only find out after loading its model. Raises RasaPortTaken or OSError."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as problem:
            if problem.errno != errno.EADDRINUSE:
                raise
            raise RasaPortTaken(
                f"对话引擎（Rasa）的端口 {port} 已被其他程序占用。请关闭该程序，或用 GASDESK_RASA_PORT 换一个端口。"
            ) from problem
