"""Starts the process that trains, gives it less of the processor than customers get, and reads what it left."""

import json
import os
import re
import shutil
import sys
from collections.abc import Mapping
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path
from typing import Any

from bot.adapters.autogroup import give_way
from bot.adapters.rasa.child import Child
from bot.adapters.rasa.processes import Process, this_process
from bot.adapters.training_job import PICTURE, RESULT, STEPS
from bot.clock import Clock
from bot.training.run import Outcome, Progress

#: On top of what every child gives way (rasa/leash.py): a twentieth of a customer's share.
GIVES_WAY = 10
#: The same for everything in its session, on systems that weigh sessions first.
GROUP_GIVES_WAY = 15
GRACE = timedelta(seconds=5)
LINES = 200
_STEP = re.compile(r"training the assistant: (\d)/\d (.+?)(?: … \d+ s)?$")
_DOING = {
    "loading Rasa": "正在准备",
    "reading the domain, the rules and the examples": "正在读取训练数据",
    "learning the rules": "正在学习对话规则",
    "learning what customers say": "正在学习用户的说法",
    "packed": "正在保存新模型",
    "trying the live model": "正在用测试句检查现在的模型",
    "trying the new model": "正在用测试句检查新模型",
    "rehearsing conversations": "正在用新模型走一遍对话测试",
}


#: It reads and writes when nobody else does, where the system can say so.
_IDLE_DISK = ("ionice", "-c", "3") if shutil.which("ionice") else ()
#: What the libraries of numbers read.
_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


def _half_the_cores() -> dict[str, str]:
    """The other half is left to those who answer customers: what gives way to them still fills the caches."""
    return dict.fromkeys(_THREADS, str(max(1, (os.cpu_count() or 1) // 2)))


class LocalTraining:
    """Implements training.run.TrainingProcess."""

    def __init__(self, *, root: Path, folder: Path, models: Path, environment: Mapping[str, str], clock: Clock) -> None:
        """`folder`: gets a log and a folder for each run. `environment`: of the process."""
        self._root = root
        self._folder = folder
        self._models = models
        self._environment = environment
        self._clock = clock

    async def start(self, run_id: str, live_model: str) -> "LocalJob":
        module = [sys.executable, "-m", "bot.cli", "training-job", live_model, str(self._folder / run_id)]
        child = await Child.start(
            ["nice", "-n", str(GIVES_WAY), *_IDLE_DISK, *module],
            environment={**self._environment, **_half_the_cores()},
            folder=self._root,
            log_file=self._log(run_id),
        )
        give_way(child.pid, GROUP_GIVES_WAY)
        return LocalJob(child, self._folder / run_id / RESULT, self._clock)

    def keeper(self) -> Mapping[str, Any]:
        return asdict(this_process())

    def lives(self, keeper: Mapping[str, Any]) -> bool:
        return Process(**keeper).lives()

    def live_model(self) -> str:
        """Raises OSError."""
        return (self._models / "current").read_text(encoding="utf-8").strip()

    def progress(self, run_id: str) -> Progress:
        steps = [found for line in self.log(run_id) if (found := _STEP.match(line))]
        if not steps:
            return Progress(1, STEPS, _DOING["loading Rasa"])
        return Progress(int(steps[-1][1]), STEPS, _DOING.get(steps[-1][2], steps[-1][2]))

    def picture(self, run_id: str) -> bytes | None:
        """See TrainingProcess."""
        try:
            return (self._folder / run_id / PICTURE).read_bytes()
        except OSError:
            return None

    def log(self, run_id: str) -> list[str]:
        try:
            return self._log(run_id).read_text(encoding="utf-8", errors="replace").splitlines()[-LINES:]
        except OSError:
            return []

    def _log(self, run_id: str) -> Path:
        return self._folder / f"{run_id}.log"


class LocalJob:
    """Implements training.run.Job."""

    def __init__(self, child: Child, result: Path, clock: Clock) -> None:
        self._child = child
        self._result = result
        self._clock = clock

    async def wait(self) -> Outcome:
        await self._child.exited.wait()
        try:
            left = json.loads(self._result.read_text(encoding="utf-8"))
            return Outcome(left["model"], left["comparison"])
        except (OSError, ValueError, KeyError):
            last = next((line for line in reversed(self._child.last_lines()) if line.strip()), self._child.end())
            return Outcome(problem=f"训练没有成功：{last}")

    async def stop(self) -> None:
        await self._child.stop(self._clock, GRACE)
