"""Train the assistant's model where its inputs have changed."""

import os
import subprocess
import sys

from bot.commands.console import fail, settings_or_fail
from bot.settings import ROOT

RASA_PYTHON = ROOT / "assistant" / ".venv" / "bin" / "python"


def train(*options: str) -> None:
    """Make the model current; its own progress is shown."""
    if not RASA_PYTHON.exists():
        fail("智能助手的环境还没有建立，请先运行 make setup。")
    environment, settings = {**os.environ, "RASA_TELEMETRY_ENABLED": "false"}, settings_or_fail()
    try:
        where = ["--root", str(settings.project_dir), "--out", str(settings.models_dir)]
        command = [str(RASA_PYTHON), "-m", "assistant.train", *where, *options]
        done = subprocess.run(command, cwd=ROOT, env=environment, check=False)
    except KeyboardInterrupt:
        sys.exit(130)
    if done.returncode:
        fail("智能助手的模型没有训练成功，原因见上。")
