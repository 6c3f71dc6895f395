"""A child in a session of its own gives way as a whole."""

import subprocess
import sys
from pathlib import Path

import pytest

from bot.adapters.autogroup import give_way

OWN = Path("/proc/self/autogroup")


@pytest.mark.skipif(not OWN.exists(), reason="no autogroups here")
def test_the_session_of_a_child_gives_way_and_ours_does_not() -> None:
    before = OWN.read_text(encoding="ascii")
    command = [sys.executable, "-c", "input()"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, start_new_session=True) as child:
        give_way(child.pid, 15)
        assert Path(f"/proc/{child.pid}/autogroup").read_text(encoding="ascii").split()[-1] == "15"
        child.kill()
    assert OWN.read_text(encoding="ascii") == before


def test_a_process_that_is_gone_is_left_alone() -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as child:
        child.wait()
    give_way(child.pid, 15)
