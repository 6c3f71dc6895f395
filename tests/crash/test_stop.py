"""Ctrl-C and SIGTERM end gasdesk at once and cleanly."""

import asyncio
import signal
import socket
from pathlib import Path

import pytest

from bot.clock import stopwatch
from tests.crash.staff import signed_in
from tests.gasdesk_process import GasdeskProcess, gasdesk_process, until
from tests.web_customer import web_customer

pytestmark = [pytest.mark.crash, pytest.mark.timeout(120)]

STOP_SECONDS = 5.0


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
async def test_it_stops_within_seconds_while_people_talk(how: signal.Signals, tmp_path: Path) -> None:
    async with (
        gasdesk_process(tmp_path / "data") as gasdesk,
        signed_in(gasdesk, "101") as agent,
        web_customer(gasdesk.url) as customer,
    ):
        await agent.comes_online()
        writing = asyncio.create_task(customer.say("家里有很浓的煤气味"))
        await customer.hears(lambda message: message.kind == "safety")
        began = stopwatch()
        assert await gasdesk.stop(how) == 0
        assert stopwatch() - began < STOP_SECONDS
        assert (await writing)["ok"]
        _nothing_is_left(gasdesk)
        await gasdesk.start()
        assert await gasdesk.stop(how) == 0


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
async def test_it_stops_while_it_starts(how: signal.Signals, tmp_path: Path) -> None:
    gasdesk = GasdeskProcess(tmp_path / "data")
    try:
        gasdesk.spawn()
        # The database is being made: the demo accounts' passwords take a moment.
        await until(lambda: (gasdesk.data / "gasdesk.db").exists())
        assert await gasdesk.stop(how, STOP_SECONDS) in (0, 130)
        _nothing_is_left(gasdesk)
        await gasdesk.start()
        assert (await gasdesk.json("/readyz"))["database"] == "ok"
    finally:
        gasdesk.end_family()


def _nothing_is_left(gasdesk: GasdeskProcess) -> None:
    assert gasdesk.family() == []
    assert "Traceback" not in gasdesk.log
    with socket.create_server(("127.0.0.1", gasdesk.port)):
        pass  # the port is free
