"""kill -9 at any moment loses no timer and doubles none (design 4: timers are rows)."""

import asyncio
import random
import re
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from tests.crash.staff import Member, signed_in
from tests.gasdesk_process import GasdeskProcess, gasdesk_process, until
from tests.web_customer import WebCustomer, web_customer

pytestmark = [pytest.mark.crash, pytest.mark.timeout(240)]

type Json = dict[str, Any]

EVERY, LIMIT = 1.5, 4.0
CUSTOMERS, KILLS = 5, 4
#: Between the clock readings of one transaction, and for a prompt to be written after it fell due.
SLACK, LATE = 0.3, 1.0


@pytest.fixture
async def gasdesk(tmp_path: Path) -> AsyncIterator[GasdeskProcess]:
    limits = {"SLA__WAITING_PROMPT_SECONDS": f"{EVERY}", "SLA__REPLY_LIMIT_SECONDS": f"{LIMIT}"}
    async with gasdesk_process(tmp_path / "data", **limits) as gasdesk:
        yield gasdesk


async def test_each_promise_is_kept_or_broken_once(gasdesk: GasdeskProcess) -> None:
    chance = random.Random(20260105)
    async with AsyncExitStack() as stack:
        agents = [await stack.enter_async_context(signed_in(gasdesk, number)) for number in ("101", "102")]
        lead = await stack.enter_async_context(signed_in(gasdesk, "201"))
        for member in (*agents, lead):
            await member.comes_online()
        customers = [await stack.enter_async_context(web_customer(gasdesk.url)) for _ in range(CUSTOMERS)]
        conversations = [await _with_agent(customer, agents[0], lead) for customer in customers]
        for customer in customers:
            assert (await customer.say("卡丢了怎么办"))["ok"]
        for _ in range(KILLS):
            await asyncio.sleep(chance.uniform(0.1, 2.5))
            gasdesk.kill()
            await gasdesk.start()
        await asyncio.sleep(EVERY)
        for conversation_id in conversations:
            found, breaches = await _read(lead, conversation_id)
            _check_prompts(found)
            _check_breaches(found, breaches)


async def test_prompts_missed_while_down_become_one_apology(gasdesk: GasdeskProcess) -> None:
    async with (
        signed_in(gasdesk, "101") as agent,
        signed_in(gasdesk, "201") as lead,
        web_customer(gasdesk.url) as customer,
    ):
        await agent.comes_online()
        conversation_id = await _with_agent(customer, agent, lead)
        assert (await customer.say("卡丢了怎么办"))["ok"]
        gasdesk.kill()
        await asyncio.sleep(2 * EVERY + 0.2)
        await gasdesk.start()

        async def prompted() -> list[Json]:
            return _prompts(await lead.conversation(conversation_id))

        await until(prompted, 20)
        (first, *_) = await prompted()
        assert "久等" in first["text"]
        found = await lead.conversation(conversation_id)
        assert _numbers(found)[0] >= 2, "one prompt settles all that were missed"


async def _with_agent(customer: WebCustomer, agent: Member, lead: Member) -> str:
    """The agent has the customer's conversation and has answered; its id."""
    known = {each["id"] for each in await lead.conversations()}
    assert (await customer.say("你好"))["ok"]
    (new,) = [each["id"] for each in await lead.conversations() if each["id"] not in known]
    conversation_id = str(new)
    await agent.take(conversation_id)
    await agent.reply(conversation_id, "您好，请讲")
    return conversation_id


async def _read(lead: Member, conversation_id: str) -> tuple[Json, list[Json]]:
    """Once more where something fell due between one look and the next; what was lost or doubled stays so."""
    for _ in range(3):
        found = await lead.conversation(conversation_id)
        breaches = [each for each in await lead.breaches() if each["conversation_id"] == conversation_id]
        noted = sum(fact["what"] == "breach" for fact in found["timeline"])
        if len(_prompts(found)) == len(_numbers(found)) and noted == len(breaches) == found["conversation"]["breaches"]:
            break
    return found, breaches


def _check_prompts(found: Json) -> None:
    since = _moment(found["conversation"]["waiting_since"])
    prompts, numbers = _prompts(found), _numbers(found)
    assert len(prompts) == len(numbers) > 0
    assert all(one < next_ for one, next_ in pairwise(numbers)), f"a due moment was prompted for twice: {numbers}"
    for prompt, number in zip(prompts, numbers, strict=True):
        waited = (_moment(prompt["at"]) - since).total_seconds()
        assert waited // EVERY <= number <= (waited + SLACK) // EVERY, f"prompt {number} after {waited} s"
    waited = (_moment(found["now"]) - since).total_seconds()
    assert numbers[-1] >= (waited - LATE) // EVERY, f"the last prompt is {numbers[-1]} after {waited} s: one was lost"


def _check_breaches(found: Json, breaches: list[Json]) -> None:
    assert breaches, "nobody answered for longer than the limit"
    noted = [fact for fact in found["timeline"] if fact["what"] == "breach"]
    assert len(breaches) == len(noted) == found["conversation"]["breaches"]
    # The lapsed are asked again when nobody else is left, but each has his whole time.
    moments = [_moment(breach["at"]) for breach in breaches]
    spans = [(later - earlier).total_seconds() for earlier, later in pairwise(moments)]
    assert all(span >= LIMIT - SLACK for span in spans), f"a promise was broken twice: {spans}"
    assigned = [fact["staff_id"] for fact in found["timeline"] if fact["what"] == "assigned"]
    moved_to = [breach["moved_to"] for breach in breaches if breach["moved_to"]]
    assert assigned == ["101", *moved_to], "moved once for each breach, and to whom the breach says"


def _prompts(found: Json) -> list[Json]:
    return [message for message in found["messages"] if message["kind"] == "waiting_prompt"]


def _numbers(found: Json) -> list[int]:
    """Which due moments were settled, from the timeline ("第 2 次等待提示")."""
    noted = [fact["text"] for fact in found["timeline"] if fact["what"] == "waiting_prompt"]
    return [int(re.findall(r"\d+", text)[0]) for text in noted]


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)
