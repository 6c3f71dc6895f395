"""Serve until Ctrl-C."""

import asyncio
import signal
from contextlib import suppress

from sqlalchemy.exc import DBAPIError
from uvicorn.loops.auto import auto_loop_factory

from bot.adapters.rasa.pid_file import DataInUse
from bot.adapters.rasa.supervisor import RasaPortTaken
from bot.adapters.sql.migrate import NewerDatabase
from bot.commands.business import business_or_fail
from bot.commands.console import fail, settings_or_fail
from bot.commands.model import train
from bot.running import serve
from bot.running_rasa import CannotServe


def run() -> None:
    # By default SIGTERM ends a process on the spot; here it stops everything in order, as Ctrl-C does.
    signal.signal(signal.SIGTERM, lambda *_: signal.raise_signal(signal.SIGINT))
    settings = settings_or_fail()
    company, knowledge, wording = business_or_fail(settings)
    if settings.rasa_url is None:
        train("--keep-released")
    try:
        with suppress(KeyboardInterrupt):
            asyncio.run(serve(settings, company, knowledge, wording), loop_factory=auto_loop_factory())
    except (CannotServe, DataInUse, RasaPortTaken, NewerDatabase, ValueError) as problem:
        fail(str(problem))
    except DBAPIError as problem:
        fail(f"数据库打不开：{problem.orig}\n请检查 GASDESK_DATABASE_URL、目录权限或数据库服务是否启动。")
