"""The supervisor with a real child process: it is kept running, and never left behind."""

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.adapters.rasa.assistant import RasaAssistant
from bot.adapters.rasa.child import LOG_BYTES, open_log
from bot.adapters.rasa.command import rasa_command, rasa_environment
from bot.adapters.rasa.pid_file import DataInUse
from bot.adapters.rasa.processes import Process, look, this_process
from bot.adapters.rasa.supervisor import RasaPortTaken, RasaSupervisor, Timing
from bot.adapters.rasa.watch import AssistantWatch
from bot.clock import SystemClock, pause
from tests.services import free_port

pytestmark = pytest.mark.crash

PROGRAM = Path(__file__).with_name("rasa_child.py")
ROOT = Path(__file__).parents[2]
TENTH = timedelta(seconds=0.1)
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


# --- nobody is left behind -------------------------------------------------------------------------------------------

KEEPER = """
import asyncio, sys
from pathlib import Path
from tests.crash.test_rasa_supervisor import stage

async def main():
    async with stage(Path(sys.argv[1])) as on:
        await on.supervisor.start()
        await on.until_ready()
        print(on.pids()[-1], flush=True)
        await asyncio.Event().wait()

asyncio.run(main())
"""


def start_keeper(folder: Path) -> tuple["subprocess.Popen[str]", Process]:
    """Another gasdesk, and its Rasa."""
    keeper = subprocess.Popen([sys.executable, "-c", KEEPER, str(folder)], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert keeper.stdout is not None
    for line in keeper.stdout:
        if line.strip().isdigit():
            child = look(int(line))
            assert child is not None
            return keeper, child
    raise AssertionError("the other gasdesk died")


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends a child together with its parent")
async def test_a_killed_gasdesk_takes_its_rasa_along(tmp_path: Path) -> None:
    keeper, child = start_keeper(tmp_path)
    with keeper:
        keeper.kill()
    await until(lambda: not child.lives())


async def test_the_next_start_clears_away_what_a_killed_gasdesk_left(tmp_path: Path) -> None:
    with idle_program() as left:
        child = look(left.pid)
        assert child is not None
        async with stage(tmp_path) as on:
            write_pid_file(on, keeper=Process(child.pid, "long ago"), child=child)
            await on.supervisor.start()
            assert left.wait(10) == -signal.SIGKILL
            await on.until_ready()


async def test_a_stranger_with_the_same_number_is_left_alone(tmp_path: Path) -> None:
    with idle_program() as stranger:
        async with stage(tmp_path) as on:
            gone = Process(stranger.pid, "long ago")
            write_pid_file(on, keeper=gone, child=gone)
            await on.supervisor.start()
            await on.until_ready()
            assert stranger.poll() is None
        stranger.kill()


async def test_the_data_of_a_running_gasdesk_are_not_touched(tmp_path: Path) -> None:
    keeper, child = start_keeper(tmp_path)
    with keeper:
        port = free_port()
        async with RasaAssistant(f"http://127.0.0.1:{port}") as assistant:
            second = Stage(tmp_path, assistant, port, QUICK)
            with pytest.raises(DataInUse, match=f"{keeper.pid}.*GASDESK_DATA"):
                await second.supervisor.start()
        assert child.lives()
        keeper.kill()


@pytest.mark.parametrize("content", ["", "{", "[]", '{"keeper": {}}', '{"keeper": {"pid": 1}, "child": 2}'])
async def test_a_broken_pid_file_does_not_stop_the_start(tmp_path: Path, content: str) -> None:
    async with stage(tmp_path) as on:
        on.pid_file.parent.mkdir()
        on.pid_file.write_text(content)
        await on.supervisor.start()
        await on.until_ready()
        assert json.loads(on.pid_file.read_text())["keeper"] == asdict(this_process())


def idle_program() -> "subprocess.Popen[bytes]":
    return subprocess.Popen([sys.executable, "-c", "import signal; signal.pause()"], start_new_session=True)


def write_pid_file(on: Stage, *, keeper: Process, child: Process) -> None:
    on.pid_file.parent.mkdir()
    on.pid_file.write_text(json.dumps({"keeper": asdict(keeper), "child": asdict(child)}))


# --- rules without a process -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("failures", "seconds"), [(1, 1), (2, 2), (3, 4), (5, 16), (6, 30), (7, 30), (5000, 30)])
def test_the_pause_before_the_next_start(failures: int, seconds: int) -> None:
    assert Timing().pause_after(failures) == timedelta(seconds=seconds)


def test_a_large_log_is_put_aside_and_three_old_ones_are_kept(tmp_path: Path) -> None:
    log = tmp_path / "logs" / "rasa.log"
    for n in range(6):
        with open_log(log) as file:
            file.write(f"{n}".encode())
        with log.open("ab") as file:
            file.truncate(LOG_BYTES + 1)
    with open_log(log) as file:
        file.write(b"6")
    firsts = {path.name: path.read_bytes()[:1] for path in log.parent.iterdir()}
    assert firsts == {"rasa.log": b"6", "rasa.log.1": b"5", "rasa.log.2": b"4", "rasa.log.3": b"3"}
    assert log.stat().st_mode & 0o777 == 0o600


def test_a_small_log_is_continued(tmp_path: Path) -> None:
    for text in (b"a", b"b"):
        with open_log(tmp_path / "rasa.log") as file:
            file.write(text)
    assert (tmp_path / "rasa.log").read_bytes() == b"ab"


def test_rasa_gets_none_of_our_keys() -> None:
    given = {"PATH": "/bin", "GASDESK_WECHAT__APP_SECRET": "x", "GASDESK_TENSORFLOW": "1", "GASDESK_ACTION_URL": "old"}
    environment = rasa_environment("http://127.0.0.1:8000/actions", given)
    assert environment["GASDESK_ACTION_URL"] == "http://127.0.0.1:8000/actions"
    assert environment["RASA_TELEMETRY_ENABLED"] == "false"
    assert environment["PATH"] == "/bin"
    assert environment["GASDESK_TENSORFLOW"] == "1"
    assert "GASDESK_WECHAT__APP_SECRET" not in environment


def test_rasa_listens_on_this_machine_only() -> None:
    command = rasa_command(Path("/gasdesk"), Path("models/m.tar.gz"), 5005)
    assert command[:4] == ["/gasdesk/assistant/.venv/bin/python", "-m", "assistant", "run"]
    assert command[command.index("--interface") + 1] == "127.0.0.1"
    assert "--enable-api" in command
