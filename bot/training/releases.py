"""Putting a trained model into service, and going back: asked for in a row, done by whoever runs Rasa, never half."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, NoReturn, Protocol

import structlog

from bot.clock import Clock
from bot.training.changes import NewId
from bot.training.runs import Run, RunState

log = structlog.get_logger()

#: How soon a release that was asked for on the command line is taken up.
LOOK_EVERY = timedelta(seconds=5)


class ReleaseState(StrEnum):
    REQUESTED = "requested"
    #: A second Rasa is being started on it; the old one answers.
    STARTING = "starting"
    LIVE = "live"
    FAILED = "failed"


UNDER_WAY = (ReleaseState.REQUESTED, ReleaseState.STARTING)


@dataclass(frozen=True, kw_only=True)
class Release:
    id: str
    state: ReleaseState = ReleaseState.REQUESTED
    model: str
    #: The model it replaces, to which a roll back returns.
    before: str
    run_id: str | None = None
    rollback: bool = False
    staff_id: str
    reason: str
    at: datetime
    ended_at: datetime | None = None
    #: Chinese: why it failed.
    problem: str = ""


class ReleaseRefused(Exception):
    """The text (Chinese) says why and what to do."""


class CannotRelease(Exception):
    """The new model could not be started; the old one still answers. The text (Chinese) says why."""


class ModelHouse(Protocol):
    """Runs the models."""

    def live(self) -> str:
        """File name of the model that answers."""
        ...

    async def bring_up(self, model: str) -> None:
        """Start and warm up a second Rasa on the model. Raises CannotRelease; then nothing has changed."""
        ...

    async def switch(self) -> None:
        """From now on what was brought up answers, also after a restart; dialogues under way end on the old one."""
        ...


class ReleaseStore(Protocol):
    async def begin(self, release: Release) -> Release | None:
        """Keep the new release; the one that is under way instead, if there is one."""
        ...

    async def set_state(self, release_id: str, state: ReleaseState, now: datetime, problem: str = "") -> None: ...

    async def all(self, limit: int) -> list[Release]:
        """The latest first."""
        ...


class Releases:
    def __init__(self, *, store: ReleaseStore, clock: Clock, new_id: NewId) -> None:
        self._store = store
        self._clock = clock
        self._new_id = new_id
        self._wake = asyncio.Event()
        #: None: Rasa is run by somebody else, or not at all.
        self.house: ModelHouse | None = None

    async def request(self, run: Run, live: str, staff_id: str, reason: str) -> Release:
        """Ask for a trained model to answer. Raises ReleaseRefused: not ready, a gate holds it back."""
        refuse_unless_releasable(run, live, reason)
        assert run.model is not None, "a ready run has a model"
        return await self._begin(self._new(run.model, live, staff_id, reason, run_id=run.id))

    async def roll_back(self, live: str, staff_id: str, reason: str) -> Release:
        """Ask for the model that the live one replaced; again and again leads further back. Raises ReleaseRefused."""
        for release in await self._store.all(100):
            if release.state is ReleaseState.LIVE and release.model == live and not release.rollback:
                return await self._begin(self._new(release.before, live, staff_id, reason, rollback=True))
        raise ReleaseRefused("现在的模型之前没有发布过别的模型，不能回退。")

    async def run(self) -> NoReturn:
        """Do what is asked for, until the end."""
        while True:
            try:
                await self.work()
            except Exception:
                log.exception("releases could not be looked after", action="release_failed")
            self._wake.clear()
            await self._clock.wait_until(self._clock.now() + LOOK_EVERY, self._wake)

    async def work(self) -> None:
        """One step: take up what has been asked for."""
        if self.house is None:
            return
        for release in await self._store.all(20):
            if release.state is ReleaseState.REQUESTED:
                await self._put_in(release, self.house)

    async def run_by(self, house: ModelHouse) -> None:
        """From now on `house` does what is asked for. After a crash: the switch had been made, or it had not."""
        for release in await self._store.all(20):
            if release.state is not ReleaseState.STARTING:
                continue
            if house.live() == release.model:
                await self._store.set_state(release.id, ReleaseState.LIVE, self._clock.now())
            else:
                words = "发布过程中服务停止了，仍在使用原来的模型。请重新发布。"
                await self._store.set_state(release.id, ReleaseState.FAILED, self._clock.now(), words)
        self.house = house
        self._wake.set()

    async def all(self, limit: int) -> list[Release]:
        return await self._store.all(limit)

    async def _put_in(self, release: Release, house: ModelHouse) -> None:
        await self._store.set_state(release.id, ReleaseState.STARTING, self._clock.now())
        try:
            if house.live() != release.model:
                await house.bring_up(release.model)
                await house.switch()
        except CannotRelease as problem:
            log.error("a model was not released", action="release_failed", model=release.model, reason=str(problem))
            await self._store.set_state(release.id, ReleaseState.FAILED, self._clock.now(), str(problem))
            return
        await self._store.set_state(release.id, ReleaseState.LIVE, self._clock.now())
        log.info("a model was released", action="released", model=release.model, by=release.staff_id)

    async def _begin(self, release: Release) -> Release:
        if await self._store.begin(release):
            raise ReleaseRefused("正在发布另一个模型，请等它完成。")
        self._wake.set()
        return release

    def _new(
        self, model: str, live: str, staff_id: str, reason: str, *, run_id: str | None = None, rollback: bool = False
    ) -> Release:
        return Release(
            id=self._new_id(),
            model=model,
            before=live,
            run_id=run_id,
            rollback=rollback,
            staff_id=staff_id,
            reason=reason,
            at=self._clock.now(),
        )


def refuse_unless_releasable(run: Run, live: str, reason: str) -> None:
    """Raises ReleaseRefused."""
    if run.state is not RunState.READY or run.comparison is None:
        raise ReleaseRefused("这次训练没有完成，不能发布。")
    if run.model == live:
        raise ReleaseRefused("这个模型正在使用中，不需要发布。")
    if run.live_model != live:
        raise ReleaseRefused("训练之后已经换过模型，比较结果不再适用。请重新训练再发布。")
    failed = failed_gates(run.comparison)
    if fixed := [gate for gate in failed if gate["fixed"]]:
        named = "".join(f"“{text}”" for gate in fixed for text in list(gate["sentences"])[:5])
        raise ReleaseRefused(f"险情识别变差，不能发布：{fixed[0]['words']}{named}")
    if failed and not reason:
        raise ReleaseRefused(f"有检查没有通过，确定要发布请写明理由：{failed[0]['words']}")


def failed_gates(comparison: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    return [gate for gate in comparison["gates"] if not gate["passed"]]
