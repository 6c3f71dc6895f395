"""Training in the background: one at a time, in a process of its own, told truthfully after whatever happens."""

import asyncio
from collections.abc import Callable
from dataclasses import replace

import structlog

from bot.clock import Clock
from bot.training.acts import TrainingLog
from bot.training.run import (
    Job,
    Outcome,
    Progress,
    Run,
    RunState,
    RunStore,
    TrainingProcess,
    TrainingRefused,
)

log = structlog.get_logger()


class TrainingRuns:
    def __init__(
        self, *, store: RunStore, process: TrainingProcess, acts: TrainingLog, clock: Clock, new_id: Callable[[], str]
    ) -> None:
        self._store = store
        self._process = process
        self._acts = acts
        self._clock = clock
        self._new_id = new_id
        self._jobs: dict[str, tuple[Job, asyncio.Task[None]]] = {}

    async def start(self, staff_id: str, reason: str) -> Run:
        """Begin to train; returns at once. Raises TrainingRefused."""
        await self.recover()
        live = self.live_model()
        if live is None:
            raise TrainingRefused("还没有正在使用的模型，请先由运维人员运行 make model。")
        run = Run(
            id=self._new_id(),
            staff_id=staff_id,
            reason=reason,
            at=self._clock.now(),
            keeper=self._process.keeper(),
            live_model=live,
        )
        if await self._store.begin(run):
            raise TrainingRefused("已经有一次训练在进行，请等它结束或取消后再开始。")
        try:
            job = await self._process.start(run.id, live)
        except OSError as problem:
            await self._end(run, RunState.FAILED, Outcome(problem=f"训练程序没有启动：{problem}"))
            raise TrainingRefused(f"训练程序没有启动：{problem}") from problem
        self._jobs[run.id] = (job, asyncio.create_task(self._look_after(run, job)))
        await self._acts.note(staff_id, f"开始训练{f'：{reason}' if reason else ''}")
        return run

    async def cancel(self, run_id: str, staff_id: str) -> Run:
        """Raises NoSuchRun, TrainingRefused."""
        run = await self._store.get(run_id)
        if run.state is not RunState.RUNNING or run_id not in self._jobs:
            raise TrainingRefused("这次训练不在进行中，或不是在这里开始的。")
        job, looking = self._jobs[run_id]
        await self._end(run, RunState.CANCELLED, Outcome())
        await job.stop()
        await looking
        await self._acts.note(staff_id, "取消训练")
        return await self._store.get(run_id)

    async def wait(self, run_id: str) -> Run:
        """Until it has ended. For the command line and the tests."""
        if run_id in self._jobs:
            await self._jobs[run_id][1]
        return await self._store.get(run_id)

    async def recover(self) -> None:
        """A run whose keeper died was interrupted."""
        for run in await self._store.all(20):
            if run.state is RunState.RUNNING and not self._process.lives(run.keeper):
                log.warning("a training was interrupted", action="training_interrupted", run=run.id)
                words = "训练进行中服务停止了，请重新开始。正在使用的模型没有变化。"
                await self._end(run, RunState.INTERRUPTED, Outcome(problem=words))

    async def close(self) -> None:
        """The service stops: what is still going is stopped, and says so."""
        for run_id, (job, looking) in list(self._jobs.items()):
            run = await self._store.get(run_id)
            words = "训练进行中服务停止了，请重新开始。正在使用的模型没有变化。"
            await self._end(run, RunState.INTERRUPTED, Outcome(problem=words))
            await job.stop()
            await looking

    async def get(self, run_id: str) -> Run:
        """Raises NoSuchRun."""
        return await self._store.get(run_id)

    async def all(self, limit: int) -> list[Run]:
        return await self._store.all(limit)

    def live_model(self) -> str | None:
        """File name; None if there is none yet."""
        try:
            return self._process.live_model()
        except OSError:
            return None

    def progress(self, run: Run) -> Progress | None:
        return self._process.progress(run.id) if run.state is RunState.RUNNING else None

    def log(self, run: Run) -> list[str]:
        return self._process.log(run.id)

    def picture(self, run: Run) -> bytes | None:
        return self._process.picture(run.id)

    async def _look_after(self, run: Run, job: Job) -> None:
        try:
            outcome = await job.wait()
        except Exception:
            log.exception("a training could not be looked after", action="training_lost", run=run.id)
            outcome = Outcome(problem="训练的结果没有收到，请重新开始。")
        await self._end(run, RunState.READY if outcome.comparison else RunState.FAILED, outcome)
        self._jobs.pop(run.id, None)

    async def _end(self, run: Run, state: RunState, outcome: Outcome) -> None:
        ended = replace(
            run,
            state=state,
            ended_at=self._clock.now(),
            model=outcome.model,
            comparison=outcome.comparison,
            problem=outcome.problem,
        )
        await self._store.end(ended)
