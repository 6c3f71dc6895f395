"""The command line: run the service, train the model, look after staff accounts."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Annotated, NoReturn

import typer
from rich.console import Console
from rich.markup import escape
from sqlalchemy.exc import DBAPIError
from uvicorn.loops.auto import auto_loop_factory

from actions.facts import company_facts
from bot.adapters.company_file import CompanyProfileError, load_company
from bot.adapters.knowledge_files import KnowledgeError, load_knowledge
from bot.adapters.labelled_files import BadLabels
from bot.adapters.nlu_report import files_of, project_sets, write_nlu_report
from bot.adapters.nlu_report_tables import short_tables
from bot.adapters.passwords import Argon2Passwords
from bot.adapters.rasa.evaluation import EvaluationFailed
from bot.adapters.rasa.pid_file import DataInUse
from bot.adapters.rasa.supervisor import RasaPortTaken
from bot.adapters.sql.database import Database
from bot.adapters.sql.migrate import NewerDatabase, migrate
from bot.adapters.sql.staff import Account, SqlStaff
from bot.adapters.wording_file import WordingError, load_wording
from bot.cli_channels import channels_app
from bot.cli_training import add_training_commands
from bot.clock import SystemClock
from bot.conversation.emergency_doubt import decide
from bot.conversation.emergency_screen import reports
from bot.desk.accounts import BadAccount, NewStaff, NoSuchStaff, StaffExists, check_groups, check_password
from bot.domain.company import CompanyProfile
from bot.domain.knowledge import KnowledgeBase
from bot.domain.staff import Role
from bot.domain.wording import Wording
from bot.running import serve
from bot.running_rasa import CannotServe
from bot.settings import ROOT, Settings, SettingsError, load_settings
from bot.training.report_text import latency_line

app = typer.Typer(no_args_is_help=True, add_completion=False, help="燃气在线客服 gasdesk")
staff_app = typer.Typer(no_args_is_help=True, help="员工账号")
app.add_typer(staff_app, name="staff")
app.add_typer(channels_app, name="channels")
add_training_commands(app)
err = Console(stderr=True, highlight=False)

RASA_PYTHON = ROOT / "assistant" / ".venv" / "bin" / "python"


@app.command()
def run() -> None:
    """Set up what is missing and serve until Ctrl-C."""
    # By default SIGTERM ends a process on the spot; here it stops everything in order, as Ctrl-C does.
    signal.signal(signal.SIGTERM, lambda *_: signal.raise_signal(signal.SIGINT))
    settings = _settings()
    company, knowledge, wording = _business(settings)
    if settings.rasa_url is None:
        _train("--keep-released")
    try:
        with suppress(KeyboardInterrupt):
            asyncio.run(serve(settings, company, knowledge, wording), loop_factory=auto_loop_factory())
    except (CannotServe, DataInUse, RasaPortTaken, NewerDatabase, ValueError) as problem:
        _fail(str(problem))
    except DBAPIError as problem:
        _fail(f"数据库打不开：{problem.orig}\n请检查 GASDESK_DATABASE_URL、目录权限或数据库服务是否启动。")


@app.command()
def model() -> None:
    """Train the assistant's model if its inputs have changed."""
    _train()


@app.command("check")
def check_command() -> None:
    """Check the company profile and the knowledge base; every mistake is named with its line."""
    _, knowledge, _ = _business(_settings())
    err.print(f"公司资料没有问题；知识库共 {len(knowledge)} 篇文章，没有问题。")


@app.command("nlu-report")
def nlu_report(
    sealed: Annotated[bool, typer.Option(help="Also the sealed half of the blind sets: final figures only")] = False,
) -> None:
    """Try the trained model on sentences it never saw; the whole report goes into var/nlu-report/."""
    _train()
    out = _settings().data_dir / "nlu-report"
    try:
        model = ROOT / "models" / (ROOT / "models" / "current").read_text(encoding="utf-8").strip()
        sets = project_sets(ROOT / "tests" / "nlu", sealed=sealed)
        report = write_nlu_report(ROOT, model, sets, out, hears=reports, decides=decide)
    except (BadLabels, EvaluationFailed, OSError) as problem:
        _fail(str(problem))
    console = Console(highlight=False)
    for table in short_tables(report):
        console.print(table)
    console.print(latency_line(report))
    console.print(f"Calibration error {report.calibration_error:.3f}. " + ", ".join(map(str, files_of(out))))


@app.command("migrate")
def migrate_command() -> None:
    """Bring the database to this release's schema."""
    _in_database(_nothing)
    err.print("数据库已是最新。")


@staff_app.command("add")
def staff_add(
    staff_id: Annotated[str, typer.Argument(help="工号")],
    name: Annotated[str, typer.Option(help="姓名，只有同事看得到")],
    role: Annotated[Role, typer.Option(help="agent 客服 / lead 班长 / inspector 质检 / admin 管理员")] = Role.AGENT,
    capacity: Annotated[int, typer.Option(min=1, max=50, help="同时接待的会话数")] = 10,
    password: Annotated[str, typer.Option(prompt="密码", confirmation_prompt="再输一次", hide_input=True)] = "",
    group: Annotated[list[str] | None, typer.Option(help="技能组，可重复")] = None,
) -> None:
    """Create an account."""
    groups = _known_groups(group or [])
    new = NewStaff(staff_id=staff_id, name=name, role=role, capacity=capacity, groups=groups)

    async def create(staff: SqlStaff) -> None:
        check_password(password)
        hashed = await Argon2Passwords().hash(password)
        await staff.create([Account(new, hashed)], SystemClock().now())

    _in_database(create)
    err.print(f"已创建：{staff_id} {name}（{role.value}）")


@staff_app.command("seat")
def staff_seat(
    staff_id: Annotated[str, typer.Argument(help="工号")],
    capacity: Annotated[int | None, typer.Option(min=1, max=100, help="同时接待的会话数，不写则不变")] = None,
    group: Annotated[list[str] | None, typer.Option(help="技能组，可重复；不写则不变，写空串则清空")] = None,
) -> None:
    """Set how many conversations a person takes at a time, and of which skill groups."""
    wanted = None if group is None else _known_groups([name for name in group if name])

    async def change(staff: SqlStaff) -> None:
        member = await staff.get(staff_id)
        if member is None:
            raise NoSuchStaff(staff_id)
        set_to = member.groups if wanted is None else wanted
        member = await staff.set_seat(staff_id, capacity or member.capacity, set_to)
        err.print(f"工号 {staff_id}：同时接待 {member.capacity}，技能组 {'、'.join(member.groups) or '无'}。")

    _in_database(change)


@staff_app.command("password")
def staff_password(
    staff_id: Annotated[str, typer.Argument(help="工号")],
    password: Annotated[str, typer.Option(prompt="新密码", confirmation_prompt="再输一次", hide_input=True)] = "",
) -> None:
    """Set a new password; ends the person's sessions."""

    async def change(staff: SqlStaff) -> None:
        check_password(password)
        await staff.set_password(staff_id, await Argon2Passwords().hash(password))

    _in_database(change)
    err.print(f"工号 {staff_id} 的密码已更新。")


@staff_app.command("remove")
def staff_remove(staff_id: Annotated[str, typer.Argument(help="工号")]) -> None:
    """End an account."""

    async def end(staff: SqlStaff) -> None:
        await staff.deactivate(staff_id, SystemClock().now())

    _in_database(end)
    err.print(f"工号 {staff_id} 已停用。")


@staff_app.command("list")
def staff_list() -> None:
    """Show the accounts."""

    async def show(staff: SqlStaff) -> None:
        for member in await staff.all():
            seat = f"{member.presence.value}\t{member.capacity}\t{'、'.join(member.groups)}"
            print(f"{member.staff_id}\t{member.name}\t{member.role.value}\t{seat}")

    _in_database(show)


def _known_groups(groups: list[str]) -> tuple[str, ...]:
    """The skill groups as named; ends the command when the company has no such group."""
    company, *_ = _business(_settings())
    try:
        check_groups(groups, company.staffing.group_names)
    except BadAccount as problem:
        _fail(str(problem))
    return tuple(dict.fromkeys(groups))


async def _nothing(_: SqlStaff) -> None:
    """The migration that comes before every command is all there is to do."""


def _in_database(work: Callable[[SqlStaff], Awaitable[None]]) -> None:
    settings = _settings()

    async def all_of_it() -> None:
        settings.data_dir.mkdir(parents=True, exist_ok=True)
        database = Database.connect(settings.database)
        try:
            await migrate(database)
            await work(SqlStaff(database))
        finally:
            await database.close()

    try:
        asyncio.run(all_of_it())
    except NoSuchStaff as problem:
        _fail(f"没有工号为 {problem} 的员工。")
    except StaffExists as problem:
        _fail(f"工号已被使用：{problem}")
    except (BadAccount, NewerDatabase, ValueError) as problem:
        _fail(str(problem))
    except DBAPIError as problem:
        _fail(f"数据库打不开：{problem.orig}")


def _settings() -> Settings:
    try:
        return load_settings()
    except SettingsError as problem:
        _fail(str(problem))


def _business(settings: Settings) -> tuple[CompanyProfile, KnowledgeBase, Wording]:
    """What the company's own files say."""
    try:
        company = load_company(settings.company_file, os.environ)
        facts = company_facts(company)
        articles = load_knowledge(settings.knowledge_folder, facts)
        wording = load_wording(settings.wording_file)
    except (CompanyProfileError, KnowledgeError, WordingError) as problem:
        _fail(str(problem))
    return company, KnowledgeBase(articles, facts, company.company.zone), wording


def _train(*options: str) -> None:
    """Make the model current; its own progress is shown."""
    if not RASA_PYTHON.exists():
        _fail("智能助手的环境还没有建立，请先运行 make setup。")
    environment, settings = {**os.environ, "RASA_TELEMETRY_ENABLED": "false"}, _settings()
    try:
        where = ["--root", str(settings.project_dir), "--out", str(settings.models_dir)]
        command = [str(RASA_PYTHON), "-m", "assistant.train", *where, *options]
        done = subprocess.run(command, cwd=ROOT, env=environment, check=False)
    except KeyboardInterrupt:
        sys.exit(130)
    if done.returncode:
        _fail("智能助手的模型没有训练成功，原因见上。")


def _fail(message: str) -> NoReturn:
    err.print(f"[red]错误：[/red]{escape(message)}", soft_wrap=True)
    sys.exit(1)


if __name__ == "__main__":
    app()
