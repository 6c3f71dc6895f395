"""The retraining: train, look at models, release, go back, take labelled messages elsewhere."""

import asyncio
import csv
import json
import os
import sys
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.table import Table
from sqlalchemy.exc import DBAPIError

from bot.adapters.company_file import CompanyProfileError, load_company
from bot.adapters.data_health import project_health
from bot.adapters.labelled_files import BadLabels
from bot.adapters.rasa.evaluation import EvaluationFailed
from bot.adapters.rasa.parser import no_opinion
from bot.adapters.sql.database import Database
from bot.adapters.sql.exclusive import SqlExclusive
from bot.adapters.sql.migrate import NewerDatabase, migrate
from bot.adapters.sql.transcripts import SqlTranscripts
from bot.adapters.training_job import TrainingFailed, run_job
from bot.adapters.wording_file import load_wording
from bot.clock import SystemClock
from bot.commands.console import err, fail, settings_or_fail
from bot.domain.knowledge import KnowledgeBase
from bot.parts import Training
from bot.quality.draft_review import DraftReview
from bot.settings import ROOT
from bot.training.health import health_lines
from bot.training.release import ReleaseRefused
from bot.training.review import State
from bot.training.run import NoSuchRun, RunState, TrainingRefused
from bot.training.shares import WHOLE
from bot.wiring.training import TEST_SETS, build_training
from bot.wiring.trials import trials

#: Who did it, where a staff number belongs.
WHO = "命令行"
STATES = {
    "running": "训练中", "ready": "可发布", "failed": "失败", "cancelled": "已取消", "interrupted": "中断",
    "retired": "模型已清理",
    "requested": "等待发布", "starting": "正在启动", "live": "已发布",
    "canary": "试用中", "promoting": "正在全部切换", "withdrawing": "正在停止试用", "withdrawn": "已停止试用",
}  # fmt: skip
MOST = 100_000


def train(reason: str) -> None:
    async def work(training: Training) -> None:
        run = await training.runs.start(WHO, reason)
        err.print(f"开始训练 {run.id}，一般需要几分钟。日志在数据目录的 training/{run.id}.log。")
        try:
            run = await training.runs.wait(run.id)
        finally:
            await training.runs.close()
        if run.state is not RunState.READY or run.comparison is None:
            fail(run.problem or "训练没有完成。")
        for gate in run.comparison["gates"]:
            err.print(f"{'通过' if gate['passed'] else '未通过'}  {gate['words']}", markup=False)
        err.print(f"发布请运行：gasdesk release {run.id}")

    _with_training(work)


def models() -> None:
    async def work(training: Training) -> None:
        live, console = training.runs.live_model(), Console(highlight=False)
        console.print(f"正在使用：{live or '还没有模型'}")
        runs = Table("训练", "时间（UTC）", "状态", "模型", "工号", title="训练", title_justify="left")
        for run in await training.runs.all(20):
            runs.add_row(run.id, f"{run.at:%m-%d %H:%M}", STATES[run.state], run.model or "", run.staff_id)
        releases = Table("时间（UTC）", "状态", "模型", "工号", "原因", title="发布", title_justify="left")
        for one in await training.releases.all(20):
            what = STATES[one.state] + (
                "（回退）" if one.rollback else f"（试用 {one.share}%）" if one.share < WHOLE else ""
            )
            releases.add_row(f"{one.at:%m-%d %H:%M}", what, one.model, one.staff_id, escape(one.reason or one.problem))
        console.print(runs)
        console.print(releases)

    _with_training(work)


def release(run_id: str, reason: str, canary: int) -> None:
    async def work(training: Training) -> None:
        live = training.runs.live_model() or ""
        asked = await training.releases.request(await training.runs.get(run_id), live, WHO, reason, canary)
        err.print(f"已提交：{asked.model}。运行中的服务会在几秒内开始切换，结果见 gasdesk models。")

    _with_training(work)


def promote(reason: str) -> None:
    async def work(training: Training) -> None:
        asked = await training.releases.promote(WHO, reason)
        err.print(f"已提交：全部切换到 {asked.model}。运行中的服务会在几秒内开始切换，结果见 gasdesk models。")

    _with_training(work)


def rollback(reason: str) -> None:
    async def work(training: Training) -> None:
        asked = await training.releases.roll_back(training.runs.live_model() or "", WHO, reason)
        what = f"回退到 {asked.model}" if asked.rollback else f"停止试用 {asked.model}"
        err.print(f"已提交：{what}。运行中的服务会在几秒内开始切换，结果见 gasdesk models。")

    _with_training(work)


def health(as_json: bool) -> None:
    settings = settings_or_fail()
    try:
        examined = project_health(settings.project_dir, TEST_SETS)
    except (BadLabels, OSError) as problem:
        fail(str(problem))
    if as_json:
        print(json.dumps({**asdict(examined), "lines": health_lines(examined)}, ensure_ascii=False))
        return
    for line in health_lines(examined):
        print(line)


def export(state: State) -> None:
    async def work(training: Training) -> None:
        out = csv.writer(sys.stdout)
        out.writerow(["text", "intent", "count", "state", "decided_by", "decided_at", "note"])
        for item in await training.review.items(state, MOST):
            decided_at = item.decided_at.isoformat() if item.decided_at else ""
            note = [item.state.value, item.decided_by or "", decided_at, item.note]
            out.writerow([_no_formula(item.text), item.intent or "", item.count, *map(_no_formula, note)])

    _with_training(work)


def job(live: str, folder: Path) -> None:
    settings = settings_or_fail()
    try:
        run_job(ROOT, settings.project_dir, settings.models_dir, live, folder, trials(settings, folder))
    except (TrainingFailed, EvaluationFailed, BadLabels, OSError) as problem:
        print(problem, file=sys.stderr)
        sys.exit(1)


def _no_formula(text: str) -> str:
    """A spreadsheet would run what begins like a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@")) else text


def _with_training(work: Callable[[Training], Awaitable[None]]) -> None:
    settings = settings_or_fail()
    try:
        company = load_company(settings.company_file, os.environ)
    except CompanyProfileError as problem:
        fail(str(problem))

    async def all_of_it() -> None:
        settings.data_dir.mkdir(parents=True, exist_ok=True)
        database, clock = Database.connect(settings.database), SystemClock()
        try:
            await migrate(database)
            training = build_training(
                settings,
                database,
                transcripts=SqlTranscripts(database),
                parse=no_opinion,
                exclusive=SqlExclusive(database),
                clock=clock,
                timer_set=lambda _: None,
                company=company,
                knowledge=KnowledgeBase(()),
                phrases=DraftReview.rules_of(load_wording(settings.wording_file), company),
            )
            await work(training)
        finally:
            await database.close()

    try:
        asyncio.run(all_of_it())
    except NoSuchRun as problem:
        fail(f"没有编号为 {problem} 的训练，请用 gasdesk models 查看。")
    except (TrainingRefused, ReleaseRefused, NewerDatabase, ValueError) as problem:
        fail(str(problem))
    except DBAPIError as problem:
        fail(f"数据库打不开：{problem.orig}")
    except KeyboardInterrupt:
        sys.exit(130)
