"""Examines the project's examples; from a service, in a process of its own, which customers do not wait for."""

import asyncio
import json
import sys
from pathlib import Path
from typing import Any

from bot.adapters.labelled_files import read_labelled
from bot.adapters.nlu_report import SEALED, project_sets
from bot.training.health import Health, examine
from bot.training.judged import Labelled


class ExaminationFailed(RuntimeError):
    """The process ended without a result; the text is the end of what it said."""


def project_health(project: Path, tests: Path) -> Health:
    """Raises BadLabels, OSError."""
    files = sorted((project / "data" / "nlu").glob("*.yml"))
    known = [one for file in files for one in read_labelled(file, file.name)]
    sets = project_sets(tests, sealed=True)
    # An emergency that is both an example and a known case of the screen gives nothing away.
    return examine(known, [Labelled(one.name, one.intent, one.text) for one in sets.labelled], SEALED)


class HealthProcess:
    """One examination at a time; whoever asks meanwhile gets the same."""

    def __init__(self, root: Path, environment: dict[str, str]) -> None:
        self._root = root
        self._environment = environment
        self._running: asyncio.Task[dict[str, Any]] | None = None

    async def __call__(self) -> dict[str, Any]:
        """Raises ExaminationFailed, OSError."""
        if self._running is None or self._running.done():
            self._running = asyncio.create_task(self._run())
        return await asyncio.shield(self._running)

    async def _run(self) -> dict[str, Any]:
        command = ["nice", sys.executable, "-m", "bot.cli", "review", "health", "--json"]
        pipe = asyncio.subprocess.PIPE
        process = await asyncio.create_subprocess_exec(
            *command, cwd=self._root, env=self._environment, stdout=pipe, stderr=pipe
        )
        out, err = await process.communicate()
        if process.returncode:
            raise ExaminationFailed(err.decode(errors="replace")[-500:])
        found: dict[str, Any] = json.loads(out)
        return found
