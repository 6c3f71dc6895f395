"""The real gasdesk in a process of its own, for tests that kill it and for the benchmarks."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx2

from bot.clock import SystemClock, pause, stopwatch
from bot.settings import ROOT
from tests.services import free_port

START_SECONDS = 60.0
STOP_SECONDS = 20.0
LOOK_AGAIN = timedelta(seconds=0.02)
#: Inherited by everything that gasdesk starts, so that nothing it left behind can hide.
_MARK = "STARTED_BY_TEST"


class DidNotStart(Exception):
    """The process ended or was silent; the text holds the end of its log."""


class GasdeskProcess:
    """`gasdesk run` on a port and a data folder of its own; both stay the same when it is started again."""

    def __init__(self, data: Path, environment: Mapping[str, str] | None = None) -> None:
        """`environment`: GASDESK_* variables. Unless they say where Rasa is, there is none."""
        self.data = data
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log_file = data / "gasdesk.log"
        self._mark = f"{_MARK}={uuid4().hex}"
        self._environment = {
            "GASDESK_PORT": str(self.port),
            "GASDESK_DATA": str(data),
            **({} if environment and "GASDESK_RASA_PORT" in environment else _no_rasa()),
            **(environment or {}),
        }
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int:
        assert self._process is not None, "it was never started"
        return self._process.pid

    def spawn(self) -> None:
        """Start it and return at once."""
        name, _, value = self._mark.partition("=")
        inherited = {key: text for key, text in os.environ.items() if not _is_ours(key)}
        self.data.mkdir(parents=True, exist_ok=True)
        with self.log_file.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "bot.cli", "run"],
                cwd=ROOT,
                env={**inherited, **self._environment, name: value, "PYTHONUNBUFFERED": "1"},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    async def start(self) -> None:
        """Start it and wait until it serves. Raises DidNotStart."""
        self.spawn()
        await self.serves()

    async def serves(self, path: str = "/healthz", seconds: float = START_SECONDS) -> None:
        """Wait for a 200. Raises DidNotStart."""

        async def answers() -> bool:
            if self.exit_code is not None:
                raise DidNotStart(f"ended with {self.exit_code}:\n{self.log[-4000:]}")
            return await self.status(path) == httpx2.codes.OK

        try:
            await until(answers, seconds)
        except TimeoutError:
            raise DidNotStart(f"no 200 from {path} within {seconds:g} s:\n{self.log[-4000:]}") from None

    async def status(self, path: str) -> int | None:
        """The status of a GET; None if nobody answers."""
        async with self._http() as http:
            try:
                return (await http.get(path)).status_code
            except httpx2.TransportError:
                return None

    async def json(self, path: str) -> dict[str, Any]:
        async with self._http() as http:
            body: dict[str, Any] = (await http.get(path)).json()
            return body

    def _http(self) -> httpx2.AsyncClient:
        # Nothing here is encrypted; reading the certificates for it would keep a core busy while we poll.
        return httpx2.AsyncClient(base_url=self.url, trust_env=False, timeout=15, verify=False)

    @property
    def exit_code(self) -> int | None:
        """None while it runs; negative when a signal ended it."""
        assert self._process is not None, "it was never started"
        return self._process.poll()

    def kill(self) -> None:
        """As a power cut does it: nothing is told to it, and nobody of its family is."""
        assert self._process is not None, "it was never started"
        self._process.kill()
        self._process.wait()

    async def stop(self, how: signal.Signals = signal.SIGTERM, seconds: float = STOP_SECONDS) -> int:
        """Ask it to end; its exit code. Raises TimeoutError."""
        assert self._process is not None, "it was never started"
        self._process.send_signal(how)
        return await self.ended(seconds)

    async def ended(self, seconds: float = STOP_SECONDS) -> int:
        """Wait for the end; its exit code. Raises TimeoutError."""
        await until(lambda: self.exit_code is not None, seconds)
        assert self.exit_code is not None
        return self.exit_code

    @property
    def log(self) -> str:
        return self.log_file.read_text(encoding="utf-8", errors="replace") if self.log_file.exists() else ""

    def family(self) -> list[int]:
        """Itself and whatever it started that is alive, by process number."""
        mark = self._mark.encode()
        return [pid for pid in _processes() if mark in _environment_of(pid) and not _is_dead(pid)]

    def end_family(self) -> None:
        for pid in self.family():
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        if self._process:
            self._process.wait()


@asynccontextmanager
async def gasdesk_process(data: Path, **environment: str) -> AsyncIterator[GasdeskProcess]:
    """Started and serving; nothing of it is left afterwards. Keywords: GASDESK_* variables without the prefix."""
    process = GasdeskProcess(data, {f"GASDESK_{name}": value for name, value in environment.items()})
    try:
        await process.start()
        yield process
    finally:
        process.end_family()


async def until(holds: Callable[[], Any], seconds: float = START_SECONDS) -> None:
    """Wait until `holds()`, which may be async, is true. Raises TimeoutError."""
    clock, deadline = SystemClock(), stopwatch() + seconds
    while True:
        found = holds()
        if await found if asyncio.iscoroutine(found) else found:
            return
        if stopwatch() > deadline:
            raise TimeoutError(f"not within {seconds:g} s: {holds}")
        await pause(clock, clock.now() + LOOK_AGAIN)


def _is_ours(variable: str) -> bool:
    """Not the child's: settings of the service, and what would have every start compile everything anew."""
    return variable.startswith("GASDESK_") or variable == "PYTHONDONTWRITEBYTECODE"


def _no_rasa() -> dict[str, str]:
    """Nobody listens there."""
    return {"GASDESK_RASA_URL": f"http://127.0.0.1:{free_port()}", "GASDESK_ACTION_KEY": "nobody"}


def _processes() -> list[int]:
    return [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit()]


def _environment_of(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/environ").read_bytes()
    except OSError:
        return b""


def _is_dead(pid: int) -> bool:
    """Gone, or only its remains wait for the parent to look."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] in "ZX"
    except OSError:
        return True
