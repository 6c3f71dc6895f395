"""Grown up: two replicas on PostgreSQL and Redis share customers, agents and the clock."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2
import pytest
import socketio

from bot.adapters.passwords import Argon2Passwords
from bot.adapters.sql.migrate import migrate
from bot.adapters.sql.staff import Account
from bot.desk.accounts import NewStaff
from bot.domain.company import CompanyProfile
from bot.domain.staff import Role
from bot.gasdesk import Gasdesk
from bot.ports import AssistantAnswer, Bubble
from bot.settings import Settings
from bot.testing import ManualClock, ScriptedAssistant
from bot.wiring import build
from tests.flows.live import eventually, served

PASSWORD = "correct-horse-9"
PERSON = {"转人工": AssistantAnswer(handoff="用户要求人工", bubbles=(Bubble("好的。"),))}


@dataclass(frozen=True)
class Replica:
    gasdesk: Gasdesk
    url: str


@pytest.fixture
async def replicas(
    postgres_url: str, redis_url: str, tmp_path: Path, company: CompanyProfile, clock: ManualClock
) -> AsyncIterator[tuple[Replica, Replica]]:
    settings = Settings(data=tmp_path, database_url=postgres_url, redis_url=redis_url)
    async with AsyncExitStack() as stack:
        both = [await _serve(stack, settings, company, clock) for _ in range(2)]
        yield both[0], both[1]


async def _serve(stack: AsyncExitStack, settings: Settings, company: CompanyProfile, clock: ManualClock) -> Replica:
    gasdesk = build(settings, company, assistant=ScriptedAssistant(dict(PERSON)), clock=clock)
    await migrate(gasdesk.stores.database)
    if not await gasdesk.stores.staff.has_accounts():
        hashed = await Argon2Passwords().hash(PASSWORD)
        new = NewStaff(staff_id="101", name="李晓梅", role=Role.AGENT)
        await gasdesk.stores.staff.create([Account(new, hashed)], clock.now())
    return Replica(gasdesk, await stack.enter_async_context(served(gasdesk)))


class Page:
    def __init__(self) -> None:
        self.client = socketio.AsyncClient()
        self.heard: list[dict[str, Any]] = []
        self.client.on("bot_uttered", self.heard.append)

    def texts(self, kind: str) -> list[str]:
        return [frame["text"] for frame in self.heard if frame["metadata"]["kind"] == kind]


@pytest.mark.timeout(120)
async def test_customer_and_agent_on_different_replicas(
    replicas: tuple[Replica, Replica], clock: ManualClock, company: CompanyProfile
) -> None:
    ours, theirs = replicas
    customer, desk = Page(), socketio.AsyncClient()
    frames: list[str] = []
    async with httpx2.AsyncClient(base_url=theirs.url) as api:
        login = await api.post("/api/login", json={"staff_id": "101", "password": PASSWORD})
        await api.put("/api/presence", json={"state": "online"})
        desk.on("message", lambda frame: frames.append(frame["message"]["text"]), namespace="/desk")
        await desk.connect(theirs.url, namespaces=["/desk"], auth={"token": login.json()["token"]})
        await customer.client.connect(ours.url)
        await customer.client.emit("session_request", {"session_id": "s1"})
        await customer.client.call("user_uttered", {"message": "转人工", "session_id": "s1", "metadata": {"id": "m1"}})
        await eventually(lambda: customer.texts("greeting") != [])
        await customer.client.call("user_uttered", {"message": "卡丢了", "session_id": "s1", "metadata": {"id": "m2"}})
        await eventually(lambda: "卡丢了" in frames)

        waiting = (await api.get("/api/conversations", params={"state": "mine"})).json()["conversations"][0]
        clock.advance(45)
        await eventually(lambda: customer.texts("waiting_prompt") != [])
        await api.post(f"/api/conversations/{waiting['id']}/messages", json={"id": "r1", "text": "您好，请讲"})
        await eventually(lambda: "您好，请讲" in customer.texts("answer"))
        clock.advance(60)
        await ours.gasdesk.core.timers.fire_due()
        await theirs.gasdesk.core.timers.fire_due()
        assert customer.texts("waiting_prompt") == [company.scripts.waiting_prompt], "once, with two clocks running"
        assert customer.texts("answer").count("您好，请讲") == 1
    await customer.client.disconnect()
    await desk.disconnect()
