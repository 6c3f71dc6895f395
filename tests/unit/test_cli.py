"""The command line: what a command does not need it does not load."""

import subprocess
import sys

import pytest

from bot.settings import ROOT

HEAVY = {"alembic", "fastapi", "pypinyin", "socketio", "sqlalchemy", "telegram"}


@pytest.mark.parametrize("words", [["--help"], ["staff", "add", "--help"], ["review", "--help"]])
def test_help_comes_at_once(words: list[str]) -> None:
    code = (
        "import sys; from bot.cli import app; app(sys.argv[1:], standalone_mode=False);"
        "print(*{name.partition('.')[0] for name in sys.modules}, file=sys.stderr)"
    )
    shown = subprocess.run([sys.executable, "-c", code, *words], cwd=ROOT, capture_output=True, text=True, check=True)
    assert "Usage" in shown.stdout
    loaded = set(shown.stderr.split())
    assert "typer" in loaded
    assert not loaded & HEAVY
