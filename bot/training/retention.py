"""How long models are kept: by number and by age, never the live one nor one that may be needed at once."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

import structlog

from bot.clock import Clock
from bot.training.release import UNDER_WAY, Release, ReleaseState
from bot.training.run import Run, RunState

log = structlog.get_logger()

#: Rows that are looked through for what models are needed for.
HISTORY = 1000


@dataclass(frozen=True)
class KeptModel:
    """A model's file: its name, and when it was trained."""

    name: str
    at: datetime


@dataclass(frozen=True)
class Keep:
    """At most so many models, and none for longer."""

    models: int = 10
    age: timedelta = timedelta(days=90)


class ModelShelf(Protocol):
    """The files of models, and what their trainings left beside them."""

    def live(self) -> str:
        """File name; "" if there is none."""
        ...

    def models(self) -> list[KeptModel]: ...

    def runs(self) -> set[str]:
        """Ids of trainings that left something."""
        ...

    def drop_model(self, name: str) -> None:
        """Again is harmless."""
        ...

    def drop_run(self, run_id: str) -> None: ...


class RunRows(Protocol):
    """What is asked of the trainings' rows, the latest first."""

    async def all(self, limit: int) -> Sequence[Run]: ...

    async def retire(self, run_id: str) -> None:
        """Its model is no longer kept."""
        ...


class ReleaseRows(Protocol):
    async def all(self, limit: int) -> Sequence[Release]:
        """The latest first."""
        ...


def to_drop(models: Sequence[KeptModel], needed: Collection[str], keep: Keep, now: datetime) -> list[str]:
    """Those that are too many or too old, the newest counted first; what is needed counts and stays."""
    newest = sorted(models, key=lambda one: one.at, reverse=True)
    too_many = newest[keep.models :]
    too_old = [one for one in newest if now - one.at > keep.age]
    return [one.name for one in newest if one in (*too_many, *too_old) and one.name not in needed]


def needed_models(live: str, releases: Sequence[Release], runs: Sequence[Run]) -> set[str]:
    """The live one, the one to roll back to, those under way, and the latest candidate for the live one."""
    needed = {live}
    for one in releases:
        if one.state in UNDER_WAY:
            needed |= {one.model, one.before}
    back = next((r for r in releases if r.state is ReleaseState.LIVE and r.model == live and not r.rollback), None)
    needed |= {back.before} if back else set()
    ready = next((run for run in runs if run.state is RunState.READY and run.live_model == live), None)
    needed |= {ready.model} if ready and ready.model else set()
    return needed


class Retention:
    def __init__(self, *, shelf: ModelShelf, runs: RunRows, releases: ReleaseRows, keep: Keep, clock: Clock) -> None:
        self._shelf = shelf
        self._runs = runs
        self._releases = releases
        self._keep = keep
        self._clock = clock

    async def clean(self) -> list[str]:
        """Drop what is no longer kept; the names. A row says so before its file is gone: a crash in between is made
        good the next time, in both directions."""
        models = self._shelf.models()
        runs = await self._runs.all(HISTORY)
        if any(run.state is RunState.RUNNING for run in runs):
            return []  # its candidate may be one of them
        needed = needed_models(self._shelf.live(), await self._releases.all(HISTORY), runs)
        drop = to_drop(models, needed, self._keep, self._clock.now())
        there = {one.name for one in models} - set(drop)
        for run in runs:
            if run.state is RunState.READY and run.model not in there:
                await self._runs.retire(run.id)
        for name in drop:
            log.info("a model is no longer kept", action="model_dropped", model=name)
            self._shelf.drop_model(name)
        kept = {run.id for run in runs if run.state is not RunState.READY or run.model in there}
        old = {run.id for run in runs if self._clock.now() - run.at > self._keep.age}
        for run_id in self._shelf.runs() - (kept - old):
            self._shelf.drop_run(run_id)
        return drop
