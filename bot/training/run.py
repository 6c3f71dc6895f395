"""A training in the background: its states, who keeps it, and the process that does it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol


class RunState(StrEnum):
    RUNNING = "running"
    #: Trained and compared: can be released.
    READY = "ready"
    FAILED = "failed"
    CANCELLED = "cancelled"
    #: Whoever looked after it died.
    INTERRUPTED = "interrupted"
    #: It was ready once; its model is no longer kept.
    RETIRED = "retired"


@dataclass(frozen=True, kw_only=True)
class Run:
    id: str
    state: RunState = RunState.RUNNING
    staff_id: str
    reason: str
    at: datetime
    ended_at: datetime | None = None
    #: The process that looks after it (Process as a mapping).
    keeper: Mapping[str, Any]
    model: str | None = None
    live_model: str | None = None
    #: The comparison of the two, as JSON.
    comparison: Mapping[str, Any] | None = None
    #: Chinese: why it failed.
    problem: str = ""


class TrainingRefused(Exception):
    """The text (Chinese) says why."""


class NoSuchRun(LookupError):
    """There is no training with this id."""


@dataclass(frozen=True)
class Progress:
    step: int
    steps: int
    #: Chinese.
    doing: str


@dataclass(frozen=True)
class Outcome:
    """What the process left behind when it was done. `comparison` None: it failed, the problem says why."""

    model: str | None = None
    comparison: Mapping[str, Any] | None = None
    problem: str = ""


class Job(Protocol):
    async def wait(self) -> Outcome: ...

    async def stop(self) -> None: ...


class TrainingProcess(Protocol):
    async def start(self, run_id: str, live_model: str) -> Job:
        """Raises OSError."""
        ...

    def keeper(self) -> Mapping[str, Any]:
        """This process, so that another can tell whether it is alive."""
        ...

    def lives(self, keeper: Mapping[str, Any]) -> bool: ...

    def live_model(self) -> str:
        """Raises OSError: there is none."""
        ...

    def progress(self, run_id: str) -> Progress: ...

    def log(self, run_id: str) -> list[str]:
        """The last lines."""
        ...

    def picture(self, run_id: str) -> bytes | None:
        """Of what the candidate takes for what (PNG); None if there is none."""
        ...


class RunStore(Protocol):
    async def begin(self, run: Run) -> Run | None:
        """Keep the new run; the one that is running instead, if there is one."""
        ...

    async def end(self, run: Run) -> None:
        """Only a running one ends, once."""
        ...

    async def retire(self, run_id: str) -> None:
        """Only a ready one."""
        ...

    async def get(self, run_id: str) -> Run:
        """Raises NoSuchRun."""
        ...

    async def all(self, limit: int) -> list[Run]:
        """The latest first."""
        ...
