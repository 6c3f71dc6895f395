"""The supervisor with a real child process: no Rasa is left behind, and no stranger's process is taken for one."""

import json
import signal
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

import pytest

from bot.adapters.rasa.assistant import RasaAssistant
from bot.adapters.rasa.pid_file import DataInUse
from bot.adapters.rasa.processes import Process, look, this_process
from tests.crash.rasa_stage import QUICK, ROOT, Stage, stage, until
from tests.services import free_port

pytestmark = pytest.mark.crash

KEEPER = """
import asyncio, sys
from pathlib import Path
from tests.crash.rasa_stage import stage

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
