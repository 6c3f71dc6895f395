"""A supervisor over a tiny program that takes Rasa's place, for the tests of what it keeps running."""

import asyncio
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

from bot.adapters.rasa.assistant import RasaAssistant
from bot.adapters.rasa.command import rasa_environment
from bot.adapters.rasa.processes import Process, look
from bot.adapters.rasa.supervisor import RasaSupervisor, Timing
from bot.clock import SystemClock, pause
from tests.services import free_port

PROGRAM = Path(__file__).with_name("rasa_child.py")
ROOT = Path(__file__).parents[2]
QUICK = Timing(
    look_while_starting=timedelta(seconds=0.02),
    look=timedelta(seconds=0.02),
    start_limit=timedelta(seconds=10),
    hang_limit=timedelta(seconds=0.5),
    grace=timedelta(seconds=5),
    first_pause=timedelta(seconds=0.01),
    longest_pause=timedelta(seconds=0.04),
)


class Stage:
    """A supervisor over the tiny program, and what a test looks at."""

    def __init__(self, folder: Path, assistant: RasaAssistant, port: int, timing: Timing) -> None:
        self.folder = folder
        self.port = port
        self.assistant = assistant
        self.ready: asyncio.Queue[None] = asyncio.Queue()
        self.supervisor = RasaSupervisor(
            command=[sys.executable, str(PROGRAM), str(folder), str(port)],
            environment=rasa_environment("http://127.0.0.1:8000/actions"),
            folder=ROOT,
            data_dir=folder / "var",
            port=port,
            assistant=assistant,
            on_ready=self._on_ready,
            clock=SystemClock(),
            timing=timing,
        )

    async def _on_ready(self) -> None:
        self.ready.put_nowait(None)

    async def until_ready(self) -> Process:
        """Wait for `on_ready`; the child that is ready now."""
        await asyncio.wait_for(self.ready.get(), 20)
        child = look(self.pids()[-1])
        assert child is not None
        return child

    def tell(self, how: str) -> None:
        (self.folder / how).touch()

    def untell(self, how: str) -> None:
        (self.folder / how).unlink()

    def starts(self) -> list[str]:
        file = self.folder / "starts"
        return file.read_text().splitlines() if file.exists() else []

    def pids(self) -> list[int]:
        return [int(line.split()[0]) for line in self.starts()]

    @property
    def pid_file(self) -> Path:
        return self.folder / "var" / "rasa.pid"


@asynccontextmanager
async def stage(folder: Path, timing: Timing = QUICK) -> AsyncIterator[Stage]:
    port = free_port()
    async with RasaAssistant(f"http://127.0.0.1:{port}", probe_limit=0.2) as assistant:
        prepared = Stage(folder, assistant, port, timing)
        try:
            yield prepared
        finally:
            await prepared.supervisor.stop()
    for pid in prepared.pids():
        assert look(pid) is None, "a child was left behind"
    assert not prepared.pid_file.exists()


async def until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not holds():
            await pause(SystemClock(), SystemClock().now() + timedelta(seconds=0.02))
