"""A training that a test ends, and a house of models that needs no Rasa."""

import asyncio
import os
from base64 import b64decode
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.training.canary import Canary
from bot.training.release import CannotRelease
from bot.training.run import Outcome, Progress

#: One white point.
PICTURE = b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8/5+hHgAHggJ/PchI7wAAAABJRU5ErkJggg==")

OLD, NEW = "gasdesk-old.tar.gz", "gasdesk-new.tar.gz"


def gate(name: str, *, passed: bool = True, fixed: bool = False, sentences: tuple[str, ...] = ()) -> dict[str, Any]:
    words = {"emergency_recall": "险情：10 句中，新漏报 1 句，改正 0 句。", "accuracy": "答对的少了。"}
    return {"name": name, "passed": passed, "fixed": fixed, "words": words[name], "sentences": list(sentences)}


def comparison(*gates: dict[str, Any]) -> dict[str, Any]:
    delta: dict[str, Any] = {"of": 100, "live": 90, "candidate": 94, "low": -0.01, "high": 0.09}
    delta |= {"live_range": [0.83, 0.94], "candidate_range": [0.88, 0.97], "p": 0.29}
    bin_ = {"low": 0.9, "high": 1.0, "messages": 80, "confidence": 0.97, "accuracy": 0.95}
    changed = {
        "text": "表屏一片漆黑", "intent": "report_meter_fault", "live": "pay_bill", "candidate": "report_meter_fault",
        "better": True,
    }  # fmt: skip
    return {
        "sets": [{"name": "all", **delta}],
        "intents": [{"name": "report_meter_fault", **delta}],
        "alarms": [{"name": "emergencies_together", **delta, "live": 100, "candidate": 100, "low": 0, "high": 0}],
        "changed": [changed],
        "changed_in_all": 1,
        "shadow": {
            "of": 12,
            "messages": 40,
            "changed": [
                {
                    "text": "表屏黑了",
                    "count": 3,
                    "live": "nlu_fallback",
                    "candidate": "report_meter_fault",
                    "live_alarm": "none",
                    "candidate_alarm": "none",
                }
            ],
        },
        "dialogues": {"of": 240, "failed": []},
        "calibration": {name: {"error": 0.04, "bins": [bin_]} for name in ("live", "candidate")},
        "gates": list(gates) or [gate("emergency_recall", fixed=True), gate("accuracy")],
    }


class ScriptedJob:
    """Ends when the test says how, or when it is stopped."""

    def __init__(self) -> None:
        self.ended: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()
        self.stopped = False

    async def wait(self) -> Outcome:
        return await self.ended

    async def stop(self) -> None:
        self.stopped = True
        if not self.ended.done():
            self.ended.set_result(Outcome(problem="stopped"))


@dataclass
class ScriptedTraining:
    """Implements training.run.TrainingProcess."""

    jobs: dict[str, ScriptedJob] = field(default_factory=dict)
    live: str = OLD
    dead: bool = False
    problem: OSError | None = None
    begun: asyncio.Event = field(default_factory=asyncio.Event)

    async def start(self, run_id: str, live_model: str) -> ScriptedJob:
        if self.problem:
            raise self.problem
        self.jobs[run_id] = ScriptedJob()
        self.begun.set()
        return self.jobs[run_id]

    def keeper(self) -> Mapping[str, Any]:
        return {"pid": os.getpid(), "started": "now"}

    def lives(self, keeper: Mapping[str, Any]) -> bool:
        return not self.dead

    def live_model(self) -> str:
        return self.live

    def progress(self, run_id: str) -> Progress:
        return Progress(3, 7, "正在学习用户的说法")

    def log(self, run_id: str) -> list[str]:
        return ["training the assistant: 3/5 learning what customers say"]

    def picture(self, run_id: str) -> bytes | None:
        return PICTURE

    def end(self, run_id: str, *gates: dict[str, Any], model: str = NEW) -> None:
        self.jobs[run_id].ended.set_result(Outcome(model, comparison(*gates)))


@dataclass
class ScriptedHouse:
    """Implements training.releases.ModelHouse."""

    training: ScriptedTraining
    model: str = OLD
    up: str = ""
    problem: str = ""
    canary: Canary | None = None

    def live(self) -> str:
        return self.model

    async def bring_up(self, model: str) -> None:
        if self.problem:
            raise CannotRelease(self.problem)
        self.up = model

    async def switch(self) -> None:
        self.model = self.training.live = self.up
        self.canary = None

    def on_trial(self) -> str:
        return self.up if self.canary else ""

    def begin_trial(self, canary: Canary) -> None:
        self.canary = canary

    def end_trial(self) -> None:
        self.canary = None
