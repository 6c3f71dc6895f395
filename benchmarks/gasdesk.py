"""Gasdesk with its own Rasa, as `make run` starts it, and how long that took."""

import json
import secrets
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.channels.rasa_actions import PATH
from bot.clock import stopwatch
from bot.settings import ROOT
from tests.gasdesk_process import GasdeskProcess, until
from tests.services import free_port

READY_SECONDS = 180.0


@dataclass(frozen=True)
class Started:
    process: GasdeskProcess
    #: Where Rasa posts its actions.
    action_url: str
    #: From the start to the first page, and to an assistant that answers.
    page_seconds: float
    ready_seconds: float

    @property
    def rasa_pid(self) -> int:
        noted = json.loads((self.process.data / "rasa.pid").read_text(encoding="utf-8"))
        return int(noted["child"]["pid"])


@asynccontextmanager
async def gasdesk_with_rasa(folder: Path) -> AsyncIterator[Started]:
    """Started for the second time, because the first start makes the database and the demo company."""
    train()
    key = secrets.token_urlsafe(24)
    settings = {"RASA_PORT": str(free_port()), "ACTION_KEY": key, "LOG_LEVEL": "WARNING"}
    process = GasdeskProcess(folder, {f"GASDESK_{name}": value for name, value in settings.items()})
    try:
        await process.start()
        if await process.stop(signal.SIGTERM) != 0:
            raise RuntimeError(f"gasdesk did not stop cleanly:\n{process.log[-2000:]}")
        began = stopwatch()
        process.spawn()
        await process.serves("/")
        page_seconds = stopwatch() - began
        await until(lambda: assistant_is_ready(process), READY_SECONDS)
        yield Started(process, f"{process.url}{PATH}/{key}", page_seconds, stopwatch() - began)
    finally:
        process.end_family()


async def assistant_is_ready(process: GasdeskProcess) -> bool:
    return str((await process.json("/readyz"))["assistant"]) == "ready"


def train() -> None:
    """Make the model current, which usually it is. Raises RuntimeError."""
    done = subprocess.run([sys.executable, "-m", "bot.cli", "model"], cwd=ROOT, stdout=sys.stderr, check=False)
    if done.returncode:
        raise RuntimeError("the assistant's model could not be trained: run 'make model'")
