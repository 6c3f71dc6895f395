"""Runs the service: database, example company, assistant, web server; stops them in the reverse order."""

import errno
import gc
import os
import socket
import sys
from contextlib import AsyncExitStack

import uvicorn

from bot.adapters.demo import seed_demo
from bot.adapters.demo_staff import ensure_demo_staff
from bot.adapters.rasa.assistant import RasaAssistant
from bot.adapters.rasa.parser import RasaParser
from bot.adapters.sql.migrate import migrate
from bot.domain.company import CompanyProfile
from bot.domain.knowledge import KnowledgeBase
from bot.domain.wording import Wording
from bot.gasdesk import Gasdesk
from bot.logs import configure_logging
from bot.running_rasa import CannotServe, Rasa
from bot.settings import Settings
from bot.wiring import build

#: Open connections get this long to finish when the service stops.
GOODBYE_SECONDS = 3


async def serve(settings: Settings, company: CompanyProfile, knowledge: KnowledgeBase, wording: Wording) -> None:
    """Serve until told to stop (Ctrl-C, SIGTERM). Raises CannotServe before anything is started."""
    configure_logging("json" if settings.log_json else "console", settings.log_level)
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    listener = _listen(settings.host, settings.port)
    url = settings.rasa_url or f"http://127.0.0.1:{settings.rasa_port}"
    async with AsyncExitStack() as stack:
        stack.callback(listener.close)
        assistant, parse = await stack.enter_async_context(RasaAssistant(url)), RasaParser(url)
        rasa = Rasa(settings, assistant, parse)
        gasdesk = build(
            settings, company, assistant=rasa.switchboard, knowledge=knowledge, wording=wording, parse=parse
        )
        await migrate(gasdesk.stores.database)
        logins = await _demo(gasdesk, settings, company) if settings.demo else ""
        await stack.enter_async_context(gasdesk.running())
        await rasa.start(stack, gasdesk)
        print(_where(settings, logins), file=sys.stderr, flush=True)
        # What is there now stays: looking through it again for rubbish would hold messages up.
        gc.collect()
        gc.freeze()
        await uvicorn.Server(_server_config(gasdesk, settings)).serve(sockets=[listener])


async def _demo(gasdesk: Gasdesk, settings: Settings, company: CompanyProfile) -> str:
    await seed_demo(gasdesk.stores.database, gasdesk.clock.now(), company.company.zone)
    return await ensure_demo_staff(gasdesk.stores.database, settings.data_dir, gasdesk.clock)


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # The protocol is named, because asyncio sends small frames at once (TCP_NODELAY) only where it is.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(2048)
    except OSError as problem:
        listener.close()
        raise CannotServe(_why_not(host, port, problem)) from problem
    listener.setblocking(False)
    return listener


def _why_not(host: str, port: int, problem: OSError) -> str:
    if problem.errno == errno.EADDRINUSE:
        return f"端口 {port} 已被其他程序占用。请关闭它，或换一个端口：GASDESK_PORT=8001 make run"
    reason = os.strerror(problem.errno) if problem.errno else str(problem)
    return f"无法在 {host}:{port} 上监听（{reason}）。请检查 GASDESK_HOST 和 GASDESK_PORT。"


def _server_config(gasdesk: Gasdesk, settings: Settings) -> uvicorn.Config:
    return uvicorn.Config(
        gasdesk.app,
        log_config=None,
        lifespan="off",
        proxy_headers=settings.trust_proxy,
        timeout_graceful_shutdown=GOODBYE_SECONDS,
        server_header=False,
    )


def _where(settings: Settings, logins: str) -> str:
    base = f"http://{settings.host}:{settings.port}"
    lines = ["", f"  用户页面    {base}/", f"  客服工作台  {base}/desk", f"  管理页面    {base}/admin"]
    lines += ["", logins] if logins else []
    return "\n".join([*lines, "", "  智能助手正在启动，页面现在就可以使用。按 Ctrl-C 停止。", ""])
