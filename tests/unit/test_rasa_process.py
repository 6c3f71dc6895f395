"""How Rasa is started: its pauses, its log, its environment, its command."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.adapters.rasa.child import LOG_BYTES, open_log
from bot.adapters.rasa.command import rasa_command, rasa_environment
from bot.adapters.rasa.supervisor import Timing


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
