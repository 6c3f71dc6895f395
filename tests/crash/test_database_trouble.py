"""The database is locked, full or gone for a while: messages are stored or refused honestly, and all recovers."""

import asyncio
import resource
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx2
import pytest

from tests import services
from tests.crash.staff import Member, signed_in
from tests.gasdesk_process import GasdeskProcess, gasdesk_process, until
from tests.web_customer import WebCustomer, web_customer

pytestmark = [pytest.mark.crash, pytest.mark.timeout(180)]

type Json = dict[str, Any]

EVERY = 2.0
LIMITS = {"SLA__WAITING_PROMPT_SECONDS": f"{EVERY}", "SLA__REPLY_LIMIT_SECONDS": "60"}


@pytest.fixture
async def gasdesk(tmp_path: Path) -> AsyncIterator[GasdeskProcess]:
    async with gasdesk_process(tmp_path / "data", **LIMITS) as gasdesk:
        yield gasdesk


@pytest.fixture
async def lead(gasdesk: GasdeskProcess) -> AsyncIterator[Member]:
    async with signed_in(gasdesk, "201") as lead:
        await lead.comes_online()
        yield lead


@pytest.fixture
async def customer(gasdesk: GasdeskProcess, lead: Member) -> AsyncIterator[WebCustomer]:
    """He waits for the lead's answer."""
    async with web_customer(gasdesk.url) as customer:
        await customer.say("你好", "hello")
        (conversation,) = await lead.conversations()
        await lead.take(conversation["id"])
        await lead.reply(conversation["id"], "您好，请讲")
        assert (await customer.say("卡丢了", "lost"))["ok"]
        yield customer


async def test_another_program_locks_the_file(gasdesk: GasdeskProcess, lead: Member, customer: WebCustomer) -> None:
    with closing(sqlite3.connect(gasdesk.data / "gasdesk.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        sending = [asyncio.create_task(customer.say(f"第{n}句", f"m{n}", seconds=30)) for n in range(3)]
        await asyncio.sleep(3)
        assert not any(task.done() for task in sending), "acknowledged before it was stored"
        assert await gasdesk.status("/readyz") is not None, "it still answers"
        other.execute("ROLLBACK")
    answers = [await task for task in sending]
    assert all(answer["ok"] for answer in answers)
    assert await _stored(lead) >= {"m0", "m1", "m2"}
    await _the_clock_goes_on(customer)


async def test_the_disk_is_full(gasdesk: GasdeskProcess, lead: Member, customer: WebCustomer) -> None:
    _, hard = resource.prlimit(gasdesk.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(gasdesk.pid, resource.RLIMIT_FSIZE, (1, hard))
    refused = [await customer.say(f"第{n}句", f"full{n}", seconds=30) for n in range(3)]
    assert not any(answer["ok"] for answer in refused)
    assert all("暂时无法保存" in answer["error"] for answer in refused)
    resource.prlimit(gasdesk.pid, resource.RLIMIT_FSIZE, (hard, hard))
    assert (await customer.say("第0句", "full0"))["ok"], "the same message, sent again"
    assert await _stored(lead) & {"full0", "full1", "full2"} == {"full0"}
    await _the_clock_goes_on(customer)


@pytest.mark.postgres
async def test_the_database_server_is_gone_and_back(tmp_path: Path) -> None:
    with services.postgres(durable=True) as server, services.new_database(server.url) as url:
        async with (
            gasdesk_process(tmp_path / "data", DATABASE_URL=url, **LIMITS) as gasdesk,
            signed_in(gasdesk, "201") as lead,
            web_customer(gasdesk.url) as customer,
        ):
            acknowledged: set[str] = set()
            writing = asyncio.create_task(_write(customer, acknowledged))
            await until(lambda: len(acknowledged) > 3, 20)
            await asyncio.to_thread(server.stop)
            await until(lambda: _refused(customer), 30)
            assert await gasdesk.status("/healthz") == httpx2.codes.OK
            assert await gasdesk.status("/readyz") == httpx2.codes.SERVICE_UNAVAILABLE
            assert (await gasdesk.json("/readyz"))["database"] != "ok"
            await asyncio.to_thread(server.start)
            known = len(acknowledged)
            await until(lambda: len(acknowledged) > known + 3, 30)
            writing.cancel()
            await asyncio.gather(writing, return_exceptions=True)
            assert (await gasdesk.json("/readyz"))["database"] == "ok"
            assert await _stored(lead) >= acknowledged, "lost after it was acknowledged"
            (conversation,) = await lead.conversations()
            await lead.take(conversation["id"])
            await _the_clock_goes_on(customer)


async def _write(customer: WebCustomer, acknowledged: set[str]) -> None:
    """For ever; what was refused is not sent again."""
    number = 0
    while True:
        number += 1
        answer = await customer.say(f"第{number}句", f"m{number}", seconds=60)
        if answer["ok"]:
            acknowledged.add(answer["id"])
        await asyncio.sleep(0.4)


def _refused(customer: WebCustomer) -> bool:
    return any("暂时无法保存" in error for error in customer.errors)


async def _stored(lead: Member) -> set[str]:
    """The ids of all messages of the only conversation."""
    (conversation,) = await lead.conversations()
    return {message["id"] for message in (await lead.conversation(conversation["id"]))["messages"]}


async def _the_clock_goes_on(customer: WebCustomer) -> None:
    """The waiting customer is prompted again, by itself."""
    last = max((message.metadata["seq"] for message in customer.heard), default=0)
    await customer.hears(lambda m: m.kind == "waiting_prompt" and m.metadata["seq"] > last, 15 * EVERY)
