"""The supervisor with a real child process: it is kept running."""

import asyncio
import os
import signal
import socket
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.adapters.rasa.processes import look
from bot.adapters.rasa.supervisor import RasaPortTaken, Timing
from bot.adapters.rasa.watch import AssistantWatch
from tests.crash.rasa_stage import QUICK, stage, until

pytestmark = pytest.mark.crash

TENTH = timedelta(seconds=0.1)


def restarts(logs: list[Any]) -> list[dict[str, Any]]:
    return [line for line in logs if line["action"] == "assistant_restarted"]


async def test_it_becomes_ready_once_and_stops_cleanly(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        await on.supervisor.start()
        child = await on.until_ready()
        assert on.starts() == [f"{child.pid} http://127.0.0.1:8000/actions"]
        assert os.getpgid(child.pid) == child.pid
        assert (tmp_path / "var" / "logs" / "rasa.log").read_text().startswith("loading the model")
        await on.supervisor.stop()
        assert not child.lives()
        assert on.ready.empty()


async def test_it_gives_way_to_gasdesk_where_both_want_the_processor(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        await on.supervisor.start()
        child = await on.until_ready()
        own = os.getpriority(os.PRIO_PROCESS, 0)
        assert os.getpriority(os.PRIO_PROCESS, child.pid) == min(own + 5, 19)


async def test_a_killed_one_is_started_again_and_the_reason_and_its_last_words_are_logged(tmp_path: Path) -> None:
    with capture_logs() as logs:
        async with stage(tmp_path) as on:
            await on.supervisor.start()
            first = await on.until_ready()
            os.kill(first.pid, signal.SIGKILL)
            second = await on.until_ready()
    assert second != first
    (line,) = restarts(logs)
    assert line["reason"] == "was killed by SIGKILL"
    assert line["last_lines"][0] == "loading the model"
    assert line["log_file"].endswith("rasa.log")


async def test_between_two_failures_it_waits_longer_each_time_up_to_a_limit(tmp_path: Path) -> None:
    with capture_logs() as logs:
        async with stage(tmp_path) as on:
            on.tell("exit")
            await on.supervisor.start()
            await until(lambda: len(on.starts()) > 4)
            on.untell("exit")
            await on.until_ready()
    failed = restarts(logs)
    assert [line["after_seconds"] for line in failed[:4]] == [0.01, 0.02, 0.04, 0.04]
    assert {line["reason"] for line in failed} == {"exited with code 3"}


@pytest.mark.parametrize(("recovered", "pauses"), [(0.0, [0.01, 0.01]), (60.0, [0.01, 0.02])])
async def test_failures_are_forgotten_after_it_was_well_for_long_enough(
    tmp_path: Path, recovered: float, pauses: list[float]
) -> None:
    timing = Timing(**asdict(QUICK) | {"recovered": timedelta(seconds=recovered)})
    with capture_logs() as logs:
        async with stage(tmp_path, timing) as on:
            await on.supervisor.start()
            for _ in pauses:
                os.kill((await on.until_ready()).pid, signal.SIGKILL)
            await on.until_ready()
    assert [line["after_seconds"] for line in restarts(logs)] == pauses


async def test_a_hanging_one_is_replaced(tmp_path: Path) -> None:
    with capture_logs() as logs:
        async with stage(tmp_path) as on:
            await on.supervisor.start()
            first = await on.until_ready()
            on.tell("hang")
            await until(lambda: len(on.starts()) == 2)
            on.untell("hang")
            assert not first.lives()
            await on.until_ready()
    assert restarts(logs)[0]["reason"].startswith("did not answer for")


async def test_one_that_never_gets_ready_is_replaced(tmp_path: Path) -> None:
    timing = Timing(**asdict(QUICK) | {"start_limit": TENTH * 3})
    with capture_logs() as logs:
        async with stage(tmp_path, timing) as on:
            on.tell("deaf")
            await on.supervisor.start()
            await until(lambda: len(on.starts()) == 2)
    assert restarts(logs)[0]["reason"].startswith("was not ready after")


async def test_one_that_ignores_the_request_to_stop_is_ended_by_force(tmp_path: Path) -> None:
    timing = Timing(**asdict(QUICK) | {"grace": TENTH})
    async with stage(tmp_path, timing) as on:
        on.tell("stubborn")
        await on.supervisor.start()
        child = await on.until_ready()
        await on.supervisor.stop()
        assert not child.lives()


async def test_its_own_children_go_with_it(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        on.tell("family")
        await on.supervisor.start()
        await on.until_ready()
        relative = look(int((tmp_path / "relative").read_text()))
        assert relative is not None
        await on.supervisor.stop()
        await until(lambda: not relative.lives())


async def test_stopping_does_not_wait_for_readiness_or_a_pause(tmp_path: Path) -> None:
    timing = Timing(**asdict(QUICK) | {"first_pause": timedelta(hours=1), "longest_pause": timedelta(hours=1)})
    async with stage(tmp_path, timing) as on, asyncio.timeout(10):
        on.tell("exit")
        await on.supervisor.start()
        await until(lambda: len(on.starts()) == 1)


async def test_a_taken_port_is_said_at_once(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        taken = pytest.raises(RasaPortTaken, match=f"{on.port}.*GASDESK_RASA_PORT")
        with socket.create_server(("127.0.0.1", on.port)), taken:
            await on.supervisor.start()
        assert on.starts() == []


async def test_a_port_taken_later_is_logged_and_got_back(tmp_path: Path) -> None:
    timing = Timing(**asdict(QUICK) | {"first_pause": TENTH * 5, "longest_pause": TENTH * 5})
    with capture_logs() as logs:
        async with stage(tmp_path, timing) as on:
            await on.supervisor.start()
            os.kill((await on.until_ready()).pid, signal.SIGKILL)
            await until(lambda: not on.assistant.ready)
            with socket.create_server(("127.0.0.1", on.port)):
                await until(lambda: any("GASDESK_RASA_PORT" in line["reason"] for line in restarts(logs)))
            await on.until_ready()


async def test_a_missing_program_is_said_at_once(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        on.supervisor._command = [str(tmp_path / "no-python")]
        with pytest.raises(FileNotFoundError, match="make setup"):
            await on.supervisor.start()


async def test_a_failing_listener_does_not_end_the_watch(tmp_path: Path) -> None:
    async def fail() -> None:
        raise RuntimeError("the database is gone")

    async with stage(tmp_path) as on:
        on.supervisor._watch = AssistantWatch(on.assistant, fail)
        await on.supervisor.start()
        await until(lambda: on.assistant.ready)
        os.kill(on.pids()[0], signal.SIGKILL)
        await until(lambda: len(on.pids()) == 2 and on.assistant.ready)
