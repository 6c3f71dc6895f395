"""The command line: run the service, train the model, look after staff accounts.

What a command needs is loaded when it is called: help comes at once.
"""

from pathlib import Path
from typing import Annotated

import typer

from bot.domain.staff import MOST_CHATS, Role
from bot.training.review import State
from bot.training.shares import LEAST_SHARE, MOST_SHARE, WHOLE

app = typer.Typer(no_args_is_help=True, add_completion=False, help="燃气在线客服 gasdesk")
staff_app = typer.Typer(no_args_is_help=True, help="员工账号")
channels_app = typer.Typer(no_args_is_help=True, help="渠道")
review_app = typer.Typer(no_args_is_help=True, help="真实消息标注")

Reason = Annotated[str, typer.Option(help="为什么；有检查没通过时必填")]
StaffId = Annotated[str, typer.Argument(help="工号")]


# --- the service -----------------------------------------------------------------------------------------------------


@app.command()
def run() -> None:
    """Set up what is missing and serve until Ctrl-C."""
    from bot.commands import service

    service.run()


@app.command()
def model() -> None:
    """Train the assistant's model if its inputs have changed."""
    from bot.commands.model import train

    train()


@app.command()
def check() -> None:
    """Check the company profile and the knowledge base; every mistake is named with its line."""
    from bot.commands import business

    business.check()


@app.command("nlu-report")
def nlu_report(
    sealed: Annotated[bool, typer.Option(help="Also the sealed half of the blind sets: final figures only")] = False,
) -> None:
    """Try the trained model on sentences it never saw; the whole report goes into var/nlu-report/."""
    from bot.commands.nlu_report import nlu_report

    nlu_report(sealed)


@app.command()
def migrate() -> None:
    """Bring the database to this release's schema."""
    from bot.commands import staff

    staff.migrate_only()


# --- staff -----------------------------------------------------------------------------------------------------------

app.add_typer(staff_app, name="staff")


@staff_app.command("add")
def staff_add(
    staff_id: StaffId,
    name: Annotated[str, typer.Option(help="姓名，只有同事看得到")],
    role: Annotated[Role, typer.Option(help="agent 客服 / lead 班长 / inspector 质检 / admin 管理员")] = Role.AGENT,
    capacity: Annotated[
        int | None, typer.Option(min=1, max=MOST_CHATS, help="同时接待的会话数，不写则按公司资料")
    ] = None,
    password: Annotated[str, typer.Option(prompt="密码", confirmation_prompt="再输一次", hide_input=True)] = "",
    group: Annotated[list[str] | None, typer.Option(help="技能组，可重复")] = None,
) -> None:
    """Create an account."""
    from bot.commands import staff

    staff.add(staff_id, name, role, capacity, password, group or [])


@staff_app.command("seat")
def staff_seat(
    staff_id: StaffId,
    capacity: Annotated[int | None, typer.Option(min=1, max=MOST_CHATS, help="同时接待的会话数，不写则不变")] = None,
    group: Annotated[list[str] | None, typer.Option(help="技能组，可重复；不写则不变，写空串则清空")] = None,
) -> None:
    """Set how many conversations a person takes at a time, and of which skill groups."""
    from bot.commands import staff

    staff.seat(staff_id, capacity, group)


@staff_app.command("password")
def staff_password(
    staff_id: StaffId,
    password: Annotated[str, typer.Option(prompt="新密码", confirmation_prompt="再输一次", hide_input=True)] = "",
) -> None:
    """Set a new password; ends the person's sessions."""
    from bot.commands import staff

    staff.set_password(staff_id, password)


@staff_app.command("remove")
def staff_remove(staff_id: StaffId) -> None:
    """End an account."""
    from bot.commands import staff

    staff.remove(staff_id)


@staff_app.command("list")
def staff_list() -> None:
    """Show the accounts."""
    from bot.commands import staff

    staff.show_all()


# --- channels --------------------------------------------------------------------------------------------------------

app.add_typer(channels_app, name="channels")


@channels_app.callback()
def channels() -> None:
    """Web page, WeChat, Telegram."""


@channels_app.command("check")
def channels_check() -> None:
    """Try the settings of every channel and tell what to put right; no key is shown."""
    from bot.commands import channels

    channels.check()


# --- retraining ------------------------------------------------------------------------------------------------------


@app.command()
def train(reason: Reason = "") -> None:
    """Train a candidate from the present examples and compare it with the live model."""
    from bot.commands import training

    training.train(reason)


@app.command()
def models() -> None:
    """Show trainings and releases, the latest first."""
    from bot.commands import training

    training.models()


@app.command()
def release(
    run_id: Annotated[str, typer.Argument(help="训练编号，见 gasdesk models")],
    reason: Reason = "",
    canary: Annotated[int, typer.Option(help=f"先在百分之几的新会话中试用（{LEAST_SHARE}–{MOST_SHARE}）")] = WHOLE,
) -> None:
    """Ask for a trained model to go live; the running service does it within seconds, or at its next start."""
    from bot.commands import training

    training.release(run_id, reason, canary)


@app.command()
def promote(reason: Reason = "") -> None:
    """Ask for the model on trial to get all new conversations."""
    from bot.commands import training

    training.promote(reason)


@app.command()
def rollback(reason: Reason = "") -> None:
    """Ask for the model before the live one; while a model is tried, for the end of its trial."""
    from bot.commands import training

    training.rollback(reason)


@app.command("training-job", hidden=True)
def training_job(live: str, folder: Path) -> None:
    """What the service runs in a process of its own: train, compare, leave the result in `folder`."""
    from bot.commands import training

    training.job(live, folder)


app.add_typer(review_app, name="review")


@review_app.command("health")
def review_health(as_json: Annotated[bool, typer.Option("--json", help="给程序读")] = False) -> None:
    """Examine all examples: doubles across intents, imbalance, test sentences among them."""
    from bot.commands import training

    training.health(as_json)


@review_app.command("export")
def review_export(
    state: Annotated[State, typer.Option(help="open 待标注 / accepted 已标注 / rejected 不用于训练")] = State.ACCEPTED,
) -> None:
    """Write messages of the inbox to standard output as CSV; personal data was replaced when they were kept."""
    from bot.commands import training

    training.export(state)


if __name__ == "__main__":
    app()
