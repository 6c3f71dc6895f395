"""The command line of the retraining: train, look at models, release, go back, take labelled messages elsewhere."""

import asyncio
import csv
import json
import os
import sys
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, NoReturn

import typer
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
from bot.domain.knowledge import KnowledgeBase
from bot.parts import Training
from bot.quality.draft_review import DraftReview
from bot.settings import ROOT, Settings, SettingsError, load_settings
from bot.training.health import health_lines
from bot.training.release import LEAST_SHARE, MOST_SHARE, WHOLE, ReleaseRefused
from bot.training.review import State
from bot.training.runs import NoSuchRun, RunState, TrainingRefused
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

review_app = typer.Typer(no_args_is_help=True, help="真实消息标注")
err = Console(stderr=True, highlight=False)
Reason = Annotated[str, typer.Option(help="为什么；有检查没通过时必填")]


def add_training_commands(app: typer.Typer) -> None:
    app.command("train")(train)
    app.command("models")(models)
    app.command("release")(release)
    app.command("promote")(promote)
    app.command("rollback")(rollback)
    app.command("training-job", hidden=True)(training_job)
    app.add_typer(review_app, name="review")


def train(reason: Reason = "") -> None:
    """Train a candidate from the present examples and compare it with the live model."""

    async def work(training: Training) -> None:
        run = await training.runs.start(WHO, reason)
        err.print(f"开始训练 {run.id}，一般需要几分钟。日志在数据目录的 training/{run.id}.log。")
        try:
            run = await training.runs.wait(run.id)
        finally:
            await training.runs.close()
        if run.state is not RunState.READY or run.comparison is None:
            _fail(run.problem or "训练没有完成。")
        for gate in run.comparison["gates"]:
            err.print(f"{'通过' if gate['passed'] else '未通过'}  {gate['words']}", markup=False)
        err.print(f"发布请运行：gasdesk release {run.id}")

    _with_training(work)


def models() -> None:
    """Show trainings and releases, the latest first."""

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


def release(
    run_id: Annotated[str, typer.Argument(help="训练编号，见 gasdesk models")],
    reason: Reason = "",
    canary: Annotated[int, typer.Option(help=f"先在百分之几的新会话中试用（{LEAST_SHARE}–{MOST_SHARE}）")] = WHOLE,
) -> None:
    """Ask for a trained model to go live; the running service does it within seconds, or at its next start."""

    async def work(training: Training) -> None:
        live = training.runs.live_model() or ""
        asked = await training.releases.request(await training.runs.get(run_id), live, WHO, reason, canary)
        err.print(f"已提交：{asked.model}。运行中的服务会在几秒内开始切换，结果见 gasdesk models。")

    _with_training(work)


def promote(reason: Reason = "") -> None:
    """Ask for the model on trial to get all new conversations."""

    async def work(training: Training) -> None:
        asked = await training.releases.promote(WHO, reason)
        err.print(f"已提交：全部切换到 {asked.model}。运行中的服务会在几秒内开始切换，结果见 gasdesk models。")

    _with_training(work)


def rollback(reason: Reason = "") -> None:
    """Ask for the model before the live one; while a model is tried, for the end of its trial."""

    async def work(training: Training) -> None:
        asked = await training.releases.roll_back(training.runs.live_model() or "", WHO, reason)
        what = f"回退到 {asked.model}" if asked.rollback else f"停止试用 {asked.model}"
        err.print(f"已提交：{what}。运行中的服务会在几秒内开始切换，结果见 gasdesk models。")

    _with_training(work)


@review_app.command("health")
def review_health(as_json: Annotated[bool, typer.Option("--json", help="给程序读")] = False) -> None:
    """Examine all examples: doubles across intents, imbalance, test sentences among them."""
    settings = _settings()
    try:
        health = project_health(settings.project_dir, TEST_SETS)
    except (BadLabels, OSError) as problem:
        _fail(str(problem))
    if as_json:
        print(json.dumps({**asdict(health), "lines": health_lines(health)}, ensure_ascii=False))
        return
    for line in health_lines(health):
        print(line)


@review_app.command("export")
def review_export(
    state: Annotated[State, typer.Option(help="open 待标注 / accepted 已标注 / rejected 不用于训练")] = State.ACCEPTED,
) -> None:
    """Write messages of the inbox to standard output as CSV; personal data was replaced when they were kept."""

    async def work(training: Training) -> None:
        out = csv.writer(sys.stdout)
        out.writerow(["text", "intent", "count", "state", "decided_by", "decided_at", "note"])
        for item in await training.review.items(state, MOST):
            decided_at = item.decided_at.isoformat() if item.decided_at else ""
            note = [item.state.value, item.decided_by or "", decided_at, item.note]
            out.writerow([_no_formula(item.text), item.intent or "", item.count, *map(_no_formula, note)])

    _with_training(work)


def training_job(live: str, folder: Path) -> None:
    """What the service runs in a process of its own: train, compare, leave the result in `folder`."""
    settings = _settings()
    try:
        run_job(ROOT, settings.project_dir, settings.models_dir, live, folder, trials(settings, folder))
    except (TrainingFailed, EvaluationFailed, BadLabels, OSError) as problem:
        print(problem, file=sys.stderr)
        sys.exit(1)


def _no_formula(text: str) -> str:
    """A spreadsheet would run what begins like a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@")) else text


def _with_training(work: Callable[[Training], Awaitable[None]]) -> None:
    settings = _settings()
    try:
        company = load_company(settings.company_file, os.environ)
    except CompanyProfileError as problem:
        _fail(str(problem))

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
        _fail(f"没有编号为 {problem} 的训练，请用 gasdesk models 查看。")
    except (TrainingRefused, ReleaseRefused, NewerDatabase, ValueError) as problem:
        _fail(str(problem))
    except DBAPIError as problem:
        _fail(f"数据库打不开：{problem.orig}")
    except KeyboardInterrupt:
        sys.exit(130)


def _settings() -> Settings:
    try:
        return load_settings()
    except SettingsError as problem:
        _fail(str(problem))


def _fail(message: str) -> NoReturn:
    err.print(f"[red]错误：[/red]{escape(message)}", soft_wrap=True)
    sys.exit(1)
