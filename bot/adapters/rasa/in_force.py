"""Writes down which model is in force; Rasa's side keeps the note (assistant/model_files.py)."""

import asyncio
import sys
from pathlib import Path

from bot.training.release import CannotRelease


async def put_in_force(root: Path, project: Path, models: Path, model: str) -> None:
    """All or nothing; the model stays in force whatever becomes of the examples. Raises CannotRelease."""
    where = ["--root", str(project), "--out", str(models)]
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "assistant.train", "--release", model, *where),
        cwd=root,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    said, _ = await process.communicate()
    if process.returncode:
        raise CannotRelease(f"没有写入“正在使用的模型”：{said.decode(errors='replace').strip()[-300:]}")
