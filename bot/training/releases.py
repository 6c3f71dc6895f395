"""Putting a trained model into service, and going back: asked for in a row, done by whoever runs Rasa, never half."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from typing import Any, NoReturn

import structlog

from bot.clock import Clock
from bot.training.acts import TrainingLog
from bot.training.canary import Canary, CanaryBook
from bot.training.release import (
    CannotRelease,
    ModelHouse,
    Release,
    ReleaseRefused,
    ReleaseState,
    ReleaseStore,
)
from bot.training.run import Run, RunState
from bot.training.shares import LEAST_SHARE, MOST_SHARE, WHOLE

log = structlog.get_logger()

#: How soon a release that was asked for on the command line is taken up.
LOOK_EVERY = timedelta(seconds=5)
#: Rows looked at for what is to be done, and for the model before the live one.
RECENT, HISTORY = 20, 100


class Releases:
    def __init__(
        self, *, store: ReleaseStore, book: CanaryBook, acts: TrainingLog, clock: Clock, new_id: Callable[[], str]
    ) -> None:
        """`book`: keeps which model answered what while one is tried."""
        self._store = store
        self._book = book
        self._acts = acts
        self._clock = clock
        self._new_id = new_id
        self._wake = asyncio.Event()
        #: None: Rasa is run by somebody else, or not at all.
        self.house: ModelHouse | None = None

    # --- asking ---

    async def request(self, run: Run, live: str, staff_id: str, reason: str, share: int = WHOLE) -> Release:
        """Ask for a trained model to answer `share` percent of the new conversations, or everybody (100).

        Raises ReleaseRefused: not ready, a gate holds it back.
        """
        refuse_unless_releasable(run, live, reason)
        if share != WHOLE and not LEAST_SHARE <= share <= MOST_SHARE:
            raise ReleaseRefused(f"试用比例应在 {LEAST_SHARE}% 到 {MOST_SHARE}% 之间，或者直接全部切换。")
        assert run.model is not None, "a ready run has a model"
        return await self._begin(self._new(run.model, live, staff_id, reason, run_id=run.id, share=share))

    async def promote(self, staff_id: str, reason: str) -> Release:
        """The model on trial gets everything. Raises ReleaseRefused: there is none."""
        return await self._decide(ReleaseState.PROMOTING, staff_id, reason)

    async def withdraw(self, staff_id: str, reason: str) -> Release:
        """The model on trial gets nothing any more. Raises ReleaseRefused: there is none."""
        return await self._decide(ReleaseState.WITHDRAWING, staff_id, reason)

    async def roll_back(self, live: str, staff_id: str, reason: str) -> Release:
        """Ask for the model that the live one replaced; again and again leads further back. Ends a trial, if one is on.

        Raises ReleaseRefused.
        """
        if await self.on_trial():
            return await self.withdraw(staff_id, reason)
        for release in await self._store.all(HISTORY):
            if release.state is ReleaseState.LIVE and release.model == live and not release.rollback:
                return await self._begin(self._new(release.before, live, staff_id, reason, rollback=True))
        raise ReleaseRefused("现在的模型之前没有发布过别的模型，不能回退。")

    async def on_trial(self) -> Release | None:
        return next((one for one in await self._store.all(RECENT) if one.state is ReleaseState.CANARY), None)

    async def all(self, limit: int) -> list[Release]:
        return await self._store.all(limit)

    # --- doing ---

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
        for release in await self._store.all(RECENT):
            try:
                await self._take_up(release, self.house)
            except CannotRelease as problem:
                words = str(problem)
                log.error("a model was not released", action="release_failed", model=release.model, reason=words)
                self.house.end_trial()
                await self._becomes(release, ReleaseState.FAILED, words)

    async def run_by(self, house: ModelHouse) -> None:
        """From now on `house` does what is asked for. After a crash: the switch had been made, or it had not."""
        for release in await self._store.all(RECENT):
            if release.state not in (ReleaseState.STARTING, ReleaseState.PROMOTING):
                continue
            if house.live() == release.model:
                await self._becomes(release, ReleaseState.LIVE)
            elif release.state is ReleaseState.STARTING:
                words = "发布过程中服务停止了，仍在使用原来的模型。请重新发布。"
                await self._becomes(release, ReleaseState.FAILED, words)
        self.house = house
        self._wake.set()

    async def _take_up(self, release: Release, house: ModelHouse) -> None:
        """Raises CannotRelease."""
        match release.state:
            case ReleaseState.REQUESTED:
                await self._becomes(release, ReleaseState.STARTING)
                await self._put_in(release, house)
            case ReleaseState.CANARY if house.on_trial() != release.model:
                await self._resume(release, house)
            case ReleaseState.PROMOTING:
                await self._switch(release, house)
            case ReleaseState.WITHDRAWING:
                house.end_trial()
                await self._becomes(release, ReleaseState.WITHDRAWN)
                log.info("a model's trial was ended", action="withdrawn", model=release.model, by=release.ended_by)

    async def _put_in(self, release: Release, house: ModelHouse) -> None:
        """Raises CannotRelease."""
        if release.share == WHOLE:
            await self._switch(release, house)
            return
        await house.bring_up(release.model)
        now = self._clock.now()
        await self._store.set_state(release.id, ReleaseState.CANARY, now)
        house.begin_trial(Canary(release.id, release.share, now, self._book))
        log.info("a model is tried", action="canary", model=release.model, share=release.share, by=release.staff_id)

    async def _resume(self, release: Release, house: ModelHouse) -> None:
        """After a restart: the same conversations go to it again as soon as it is up. Raises CannotRelease."""
        if house.live() != release.before:
            raise CannotRelease("正在使用的模型在试用期间换过，试用已停止。请重新训练再发布。")
        await house.bring_up(release.model)
        assert release.canary_at is not None, "a model on trial began at some time"
        house.begin_trial(Canary(release.id, release.share, release.canary_at, self._book))

    async def _switch(self, release: Release, house: ModelHouse) -> None:
        """Raises CannotRelease."""
        if house.live() != release.model:
            await house.bring_up(release.model)
            await house.switch()
        await self._becomes(release, ReleaseState.LIVE)
        log.info("a model was released", action="released", model=release.model, by=release.staff_id)

    async def _becomes(self, release: Release, state: ReleaseState, problem: str = "") -> None:
        await self._store.set_state(release.id, state, self._clock.now(), problem)

    async def _decide(self, state: ReleaseState, staff_id: str, reason: str) -> Release:
        tried = await self.on_trial()
        if tried is None or not await self._store.decide(tried.id, state, staff_id, reason):
            raise ReleaseRefused("现在没有正在试用的模型。")
        what = "全部切换到" if state is ReleaseState.PROMOTING else "停止试用"
        await self._acts.note(staff_id, _told(f"{what}模型 {tried.model}", reason))
        self._wake.set()
        return tried

    async def _begin(self, release: Release) -> Release:
        under_way = await self._store.begin(release)
        if under_way and under_way.state is ReleaseState.CANARY:
            raise ReleaseRefused("有一个模型正在试用，请先决定全部切换还是停止试用。")
        if under_way:
            raise ReleaseRefused("正在发布另一个模型，请等它完成。")
        how = "回退到" if release.rollback else "发布" if release.share == WHOLE else f"试用（{release.share}%）"
        await self._acts.note(release.staff_id, _told(f"{how}模型 {release.model}", release.reason))
        self._wake.set()
        return release

    def _new(self, model: str, live: str, staff_id: str, reason: str, **more: Any) -> Release:
        return Release(
            id=self._new_id(),
            model=model,
            before=live,
            staff_id=staff_id,
            reason=reason,
            at=self._clock.now(),
            **more,
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
        raise ReleaseRefused(f"{_why_never(fixed[0]['name'])}，不能发布：{fixed[0]['words']}{named}")
    if failed and not reason:
        raise ReleaseRefused(f"有检查没有通过，确定要发布请写明理由：{failed[0]['words']}")


def _told(what: str, reason: str) -> str:
    return f"{what}：{reason}" if reason else what


def _why_never(gate: str) -> str:
    return "对话测试没有通过" if gate == "dialogues" else "险情识别变差"


def failed_gates(comparison: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    return [gate for gate in comparison["gates"] if not gate["passed"]]
