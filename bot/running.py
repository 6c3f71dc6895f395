"""Runs the service: database, example company, assistant, web server; stops them in the reverse order."""

import asyncio
import errno
import os
import socket
import sys
from contextlib import AsyncExitStack

import structlog
import uvicorn

from bot.adapters.demo import seed_demo
from bot.adapters.demo_staff import ensure_demo_staff
from bot.adapters.rasa.assistant import RasaAssistant
from bot.adapters.sql.migrate import migrate
from bot.domain.company import CompanyProfile
from bot.logs import configure_logging
from bot.settings import Settings
from bot.wiring import Gasdesk, build

log = structlog.get_logger()


class PortTaken(Exception):
    """Another program listens where gasdesk should; the text says what to do, in Chinese."""


async def serve(settings: Settings, company: CompanyProfile) -> None:
    """Serve until told to stop (Ctrl-C, SIGTERM). Raises PortTaken before anything is started."""
    configure_logging("json" if settings.log_json else "console", settings.log_level)
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    listener = _listen(settings.host, settings.port)
    url = settings.rasa_url or f"http://127.0.0.1:{settings.rasa_port}"
    async with AsyncExitStack() as stack:
        stack.callback(listener.close)
        assistant = await stack.enter_async_context(RasaAssistant(url))
        gasdesk = build(settings, company, assistant=assistant)
        await migrate(gasdesk.database)
        logins = await _demo(gasdesk, settings, company) if settings.demo else None
        await stack.enter_async_context(gasdesk.running())
        await _supervise(stack, settings, gasdesk, assistant)
        _say_where(settings, logins)
        server = uvicorn.Server(
            uvicorn.Config(
                gasdesk.app,
                log_config=None,
                lifespan="off",
                proxy_headers=settings.trust_proxy,
                timeout_graceful_shutdown=3,
                server_header=False,
                ws_max_size=1_000_000,
            )
        )
        await server.serve(sockets=[listener])


async def _demo(gasdesk: Gasdesk, settings: Settings, company: CompanyProfile) -> str:
    await seed_demo(gasdesk.database, gasdesk.clock.now(), company.company.zone)
    return await ensure_demo_staff(gasdesk.database, settings.data_dir, gasdesk.clock)


async def _supervise(stack: AsyncExitStack, settings: Settings, gasdesk: Gasdesk, assistant: RasaAssistant) -> None:
    """Start Rasa as our child, or watch the one somebody else runs."""

    async def watch() -> None:
        was = False
        while True:
            up = await assistant.probe()
            if up and not was:
                gasdesk.assistant_is_ready()
            was = up
            await asyncio.sleep(1)

    t = asyncio.create_task(watch())
    stack.callback(t.cancel)


def _listen(host: str, port: int) -> socket.socket:
    listener = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(2048)
    except OSError as problem:
        listener.close()
        if problem.errno == errno.EADDRINUSE:
            raise PortTaken(
                f"端口 {port} 已被其他程序占用。请关闭它，或用 GASDESK_PORT=8001 make run 换一个端口。"
            ) from problem
        raise PortTaken(
            f"无法在 {host}:{port} 上监听：{os.strerror(problem.errno or 0)}（GASDESK_HOST、GASDESK_PORT）。"
        ) from problem
    listener.setblocking(False)
    return listener


def _say_where(settings: Settings, logins: str | None) -> None:
    base = f"http://{settings.host}:{settings.port}"
    lines = ["", f"  用户页面    {base}/", f"  客服工作台  {base}/desk", f"  管理页面    {base}/admin", ""]
    if logins:
        lines += [*(f"  {line}" for line in logins.splitlines()), ""]
    lines += ["  智能助手正在启动，页面现在就可以使用。按 Ctrl-C 停止。", ""]
    print("\n".join(lines), file=sys.stderr, flush=True)
