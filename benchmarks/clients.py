"""Starts the load in a process of its own, so that it does not share a loop with what it measures."""

import asyncio
import json
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from benchmarks.load import Load
from bot.settings import ROOT

#: After this no new message is sent, whatever was planned.
LIMIT_SECONDS = 180.0


async def run_clients(kind: str, url: str, clients: int, conversations: int, *, thinking: float = 0.0) -> Load:
    """`kind`: "web" (gasdesk) or "rest" (Rasa). `thinking`: seconds before each next message.

    Raises RuntimeError when the load could not be run.
    """
    process = await _start(kind, url, clients, conversations, LIMIT_SECONDS, thinking)
    try:
        out, errors = await process.communicate()
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if process.returncode:
        raise RuntimeError(f"the load failed:\n{errors.decode()[-2000:]}")
    load = Load(**json.loads(out))
    if load.unanswered:
        print(errors.decode()[-500:], file=sys.stderr)
    return load


@asynccontextmanager
async def flood(url: str, clients: int) -> AsyncIterator[None]:
    """Customers at the web page who never stop, until the end of the block."""
    process = await _start("web", url, clients, 1_000_000, LIMIT_SECONDS)
    try:
        yield
        if process.returncode is not None:
            raise RuntimeError("the flood ended before the measurement")
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGKILL)
        await process.communicate()


async def _start(
    kind: str, url: str, clients: int, conversations: int, seconds: float, thinking: float = 0.0
) -> asyncio.subprocess.Process:
    numbers = [str(number) for number in (clients, conversations, seconds, thinking)]
    command = [sys.executable, "-m", "benchmarks.load", kind, url, *numbers]
    return await asyncio.create_subprocess_exec(*command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
