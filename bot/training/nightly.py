"""Every night at a fixed time: old models are dropped, and if there is new accepted data a model is trained from it."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

import structlog

from bot.clock import Clock
from bot.ports import Timer, TimerStore
from bot.training.acts import TrainingLog
from bot.training.change import ChangeRefused
from bot.training.change_set import Level
from bot.training.changes import Changes
from bot.training.release import ReleaseRefused
from bot.training.releases import Releases, failed_gates
from bot.training.retention import Retention
from bot.training.run import Run, RunState, TrainingRefused
from bot.training.runs import TrainingRuns

log = structlog.get_logger()

NIGHTLY = "nightly_training"
#: Who did it, where a staff number belongs.
WHO = "定时"
#: Woken later than this, gasdesk leaves the work to the next night: customers are about.
LATE = timedelta(hours=2)
#: Enough to find the last training, and the last change of the examples.
RECENT = 50


@dataclass(frozen=True, kw_only=True)
class Schedule:
    enabled: bool = False
    #: By the clock on the company's wall.
    at: time = time(2, 30)
    #: Without it the model waits for a person.
    may_release: bool = False
    changed_by: str | None = None
    changed_at: datetime | None = None
    last_at: datetime | None = None
    #: Chinese: what came of the last night.
    last_words: str = ""


class ScheduleStore(Protocol):
    async def get(self) -> Schedule: ...

    async def put(self, schedule: Schedule) -> None:
        """All but what came of the last night."""
        ...

    async def tell(self, at: datetime, words: str) -> None:
        """What came of the last night."""
        ...


def next_time(now: datetime, at: time, zone: ZoneInfo) -> datetime:
    """The next moment at which the clock on the wall shows `at`; where it never does that day, the moment after."""
    today = now.astimezone(zone).date()
    moments = (datetime.combine(today + timedelta(days=days), at, zone).astimezone(UTC) for days in (0, 1, 2))
    return next(moment for moment in moments if moment > now)


class Nightly:
    def __init__(
        self,
        *,
        store: ScheduleStore,
        acts: TrainingLog,
        timers: TimerStore,
        timer_set: Callable[[datetime], None],
        changes: Changes,
        runs: TrainingRuns,
        releases: Releases,
        retention: Retention,
        clock: Clock,
        zone: ZoneInfo,
    ) -> None:
        self._store = store
        self._acts = acts
        self._timers = timers
        self._timer_set = timer_set
        self._changes = changes
        self._runs = runs
        self._releases = releases
        self._retention = retention
        self._clock = clock
        self._zone = zone
        self._working: set[asyncio.Task[None]] = set()

    async def schedule(self) -> Schedule:
        return await self._store.get()

    async def set(self, *, enabled: bool, at: time, may_release: bool, staff_id: str) -> Schedule:
        changed = Schedule(
            enabled=enabled, at=at, may_release=may_release, changed_by=staff_id, changed_at=self._clock.now()
        )
        await self._store.put(changed)
        how = "通过全部检查就发布" if may_release else "不自动发布"
        await self._acts.note(staff_id, f"定时训练：{f'每天 {at:%H:%M}，{how}' if enabled else '关闭'}")
        await self._arm(at)
        return await self._store.get()

    async def recover(self) -> None:
        """At every start: a night that has been missed is looked at, the next one is ahead."""
        if not await self._timers.due(self._clock.now(), 1, [NIGHTLY]):
            await self._arm((await self._store.get()).at)

    async def fire(self, timer: Timer) -> None:
        """The time has come. Only one replica does it; the training goes on beside the timers."""
        if not await self._acts.settle(timer, "每晚的模型整理和定时训练"):
            return
        schedule = await self._store.get()
        await self._arm(schedule.at)
        await self._drop_old()
        if not schedule.enabled:
            return
        if self._clock.now() - timer.due_at > LATE:
            await self._tell("到点时服务没有运行，这一次没有训练。")
            return
        task = asyncio.create_task(self._train(schedule))
        self._working.add(task)
        task.add_done_callback(self._working.discard)

    async def settle(self) -> None:
        while self._working:
            await asyncio.wait(self._working)

    async def _drop_old(self) -> None:
        try:
            await self._retention.clean()
        except OSError:
            log.exception("old models could not be dropped", action="retention_failed")

    async def _train(self, schedule: Schedule) -> None:
        try:
            words = await self._night(schedule)
        except (TrainingRefused, ReleaseRefused, ChangeRefused) as refused:
            words = str(refused)
        except Exception:
            log.exception("the nightly training failed", action="nightly_failed")
            words = "定时训练出错了，请联系运维人员查看日志。"
        await self._tell(words)

    async def _night(self, schedule: Schedule) -> str:
        """What came of it (Chinese). Raises TrainingRefused, ReleaseRefused, ChangeRefused."""
        waiting = await self._write_examples()
        if not await self._has_news():
            return waiting or "没有新的训练数据，没有训练。"
        run = await self._runs.start(WHO, "定时训练")
        run = await self._runs.wait(run.id)
        return waiting + await self._judge(run, schedule)

    async def _write_examples(self) -> str:
        """What is accepted and raises no question becomes examples; the rest waits for a person, which is told."""
        preview = await self._changes.preview()
        if not preview.additions:
            return ""
        if any(finding.level is not Level.NOTICE for finding in preview.findings):
            return f"有 {len(preview.additions)} 条标注需要管理员查看后写入。"
        await self._changes.apply(preview.token, WHO, "定时训练")
        return ""

    async def _has_news(self) -> bool:
        """The examples have changed since the last training that was successful."""
        changes = await self._changes.all(RECENT)
        changed = max((change.reverted_at or change.at for change in changes), default=None)
        trained = (run.at for run in await self._runs.all(RECENT) if run.state in (RunState.READY, RunState.RETIRED))
        latest = max(trained, default=None)
        return changed is not None and (latest is None or changed > latest)

    async def _judge(self, run: Run, schedule: Schedule) -> str:
        """Raises ReleaseRefused."""
        if run.state is not RunState.READY or run.comparison is None:
            return f"训练没有完成：{run.problem}"
        if failed := failed_gates(run.comparison):
            return f"新模型有 {len(failed)} 项检查没有通过，没有发布：{failed[0]['words']}"
        if not schedule.may_release:
            return "新模型已训练好，全部检查通过，等待管理员发布。"
        await self._releases.request(run, self._runs.live_model() or "", WHO, "定时训练，全部检查通过")
        return "新模型全部检查通过，已提交发布。"

    async def _tell(self, words: str) -> None:
        log.info("the nightly training is done", action="nightly", words=words)
        await self._store.tell(self._clock.now(), words)

    async def _arm(self, at: time) -> None:
        moment = next_time(self._clock.now(), at, self._zone)
        await self._timers.put(Timer(kind=NIGHTLY, subject="all", due_at=moment))
        self._timer_set(moment)
