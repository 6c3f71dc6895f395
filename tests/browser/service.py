"""The real gasdesk on a free port, in the test's own loop, with a scripted assistant; and how it begins."""

import asyncio
import json
import shutil
import socket
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

import uvicorn

from bot.adapters.company_file import load_company
from bot.adapters.demo import seed_demo
from bot.adapters.demo_staff import FILE, ensure_demo_staff
from bot.adapters.sql.migrate import migrate
from bot.adapters.wording_file import load_wording
from bot.clock import Clock
from bot.domain.company import CompanyProfile
from bot.domain.conversations import Collected, Conversation, Message, SeenIntent
from bot.gasdesk import Gasdesk
from bot.ports import Assistant, AssistantAnswer, Bubble
from bot.settings import ROOT, Settings
from bot.testing import ScriptedAssistant
from bot.wiring import build
from tests.knowledge.shipped import knowledge_base

#: What a customer writes to get a person; the first page offers it as a button.
WANTS_PERSON = "转人工客服"
#: What the scripted assistant knows by then.
ACCOUNT, READING = "****0001", "1235 立方米"
#: What it understands besides.
QUESTION, ANSWER = "气费怎么交", "可以在公众号缴费。"


@dataclass
class Service:
    """A running gasdesk, and what a test knows of it."""

    gasdesk: Gasdesk
    assistant: Assistant
    company: CompanyProfile
    url: str
    #: By staff number.
    passwords: dict[str, str]

    async def conversation(self) -> Conversation:
        """The only one that is open."""
        (found,) = await self.gasdesk.stores.inbox.open_conversations()
        return found

    async def messages(self) -> list[Message]:
        return await self.gasdesk.stores.transcripts.messages((await self.conversation()).id)


def scripted_assistant() -> ScriptedAssistant:
    """Hands over when asked to, with something collected; knows one answer; repeats whatever else it hears."""
    handoff = AssistantAnswer(
        bubbles=(Bubble("好的。"),),
        handoff="用户要求人工服务",
        intent=SeenIntent("request_human", 0.97, WANTS_PERSON),
        collected=(Collected("业务", "报数"), Collected("读数", READING)),
        account_number="10010001",
        account_state="matched",
    )
    told = AssistantAnswer(bubbles=(Bubble(ANSWER),), intent=SeenIntent("pay_bill", 0.93, QUESTION))
    return ScriptedAssistant({WANTS_PERSON: handoff, QUESTION: told})


async def begin_company(data: Path) -> None:
    """Make the demo company's database and logins in `data`, as the first start does."""
    company = load_company(ROOT / "company.yml", {})
    gasdesk = build(_settings(data), company, assistant=ScriptedAssistant())
    database = gasdesk.stores.database
    try:
        await migrate(database)
        await seed_demo(database, gasdesk.clock.now(), company.company.zone)
        await ensure_demo_staff(database, data, gasdesk.clock)
    finally:
        await database.close()


@asynccontextmanager
async def serve(
    data: Path,
    assistant: Assistant,
    sla: Mapping[str, float] = MappingProxyType({}),
    *,
    clock: Clock | None = None,
    port: int = 0,
    action_key: str = "",
    embed_sites: tuple[str, ...] = (),
) -> AsyncIterator[Service]:
    """Serve what `begin_company` made in `data`; `sla`: limits of company.yml that a test shortens, in seconds."""
    limits = {f"GASDESK_SLA__{name.upper()}": f"{value:g}" for name, value in sla.items()}
    company = load_company(ROOT / "company.yml", limits)
    settings = _settings(data)
    settings.action_key = action_key or settings.action_key
    settings.embed_sites = embed_sites
    wording = load_wording(settings.wording_file)
    gasdesk = build(settings, company, assistant=assistant, knowledge=knowledge_base(), wording=wording, clock=clock)
    listener = socket.create_server(("127.0.0.1", port))
    server = Server(uvicorn.Config(gasdesk.app, log_config=None, lifespan="off", timeout_graceful_shutdown=1))
    async with gasdesk.running():
        serving = asyncio.create_task(server.serve(sockets=[listener]))
        try:
            url = f"http://127.0.0.1:{listener.getsockname()[1]}"
            yield Service(gasdesk, assistant, company, url, passwords_in(data))
        finally:
            server.should_exit = True
            await serving


def _settings(data: Path) -> Settings:
    """Of a gasdesk of our own, whatever the environment says."""
    project = data / "project"
    return Settings(
        data=data,
        database_url=None,
        redis_url=None,
        project=project,
        models=data / "models",
        knowledge=project / "data" / "knowledge",
    )


def passwords_in(data: Path) -> dict[str, str]:
    """The demo logins by staff number."""
    passwords: dict[str, str] = json.loads((data / FILE).read_text(encoding="utf-8"))
    return passwords


def copy_company(template: Path, data: Path) -> Path:
    return Path(shutil.copytree(template, data))


class Server(uvicorn.Server):
    """Leaves Ctrl-C to pytest."""

    @contextmanager
    def capture_signals(self) -> Iterator[Any]:
        yield
