"""Conversations as strangers have them, with the whole gasdesk: web channel, core, Rasa, demo records.

The floor is the one the product promises: of all scripts no more than two in twenty-five miss their end, and nobody is
called where none is needed. Run with -s to see the transcripts of those that did.
"""

import asyncio
import re
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
import pytest_asyncio
from pydantic import BaseModel, ConfigDict
from ruamel.yaml import YAML

from assistant import model_files
from bot.clock import SystemClock, pause
from tests.assistant.rasa_server import ROOT
from tests.gasdesk_process import GasdeskProcess, gasdesk_process
from tests.services import free_port
from tests.web_customer import WebCustomer, web_customer

pytestmark = [pytest.mark.rasa, pytest.mark.timeout(600)]

SCRIPTS = sorted(Path(__file__).parent.glob("strangers*.yml"))
#: Conversations at a time.
AT_ONCE = 4
#: An answer has several bubbles; this much silence ends it.
QUIET = timedelta(seconds=0.4)
REACH_THE_END = 23 / 25
_CALLED = re.compile("正在为您转接人工客服|没有客服人员在线|已通知")


class Script(BaseModel):
    model_config = ConfigDict(extra="forbid", coerce_numbers_to_str=True)

    name: str
    #: A list within: messages in quick succession.
    says: list[str | list[str]]
    #: Regular expressions: in the last answer, in any answer, in none.
    end: list[str] = []
    said: list[str] = []
    never: list[str] = []
    #: Whether somebody is called; None: either will do.
    person: bool | None = False


def scripts() -> list[Script]:
    read = YAML(typ="safe").load
    return [Script.model_validate(item) for path in SCRIPTS for item in read(path.read_text(encoding="utf-8"))]


@pytest_asyncio.fixture
async def gasdesk(tmp_path: Path) -> AsyncIterator[GasdeskProcess]:
    model = model_files.current_model(ROOT / "models")
    if model is None or model.name != model_files.model_name(model_files.fingerprint(ROOT)):
        pytest.fail("the model in models/ is not trained on these files: run 'make model'", pytrace=False)
    async with gasdesk_process(tmp_path / "var", RASA_PORT=str(free_port())) as gasdesk:
        await gasdesk.serves("/readyz", seconds=200)
        yield gasdesk


async def test_strangers_reach_the_right_end(gasdesk: GasdeskProcess) -> None:
    played = scripts()
    turns = asyncio.Semaphore(AT_ONCE)

    async def play(script: Script) -> str:
        async with turns:
            return await _play(script, gasdesk.url)

    missed = list(filter(None, await asyncio.gather(*map(play, played))))
    print(f"\n{len(played) - len(missed)} of {len(played)} scripts reach their end", *missed, sep="\n\n")
    assert len(played) - len(missed) >= REACH_THE_END * len(played)


async def _play(script: Script, url: str) -> str:
    """What went wrong, with the transcript; "" if nothing did."""
    async with web_customer(url) as customer:
        transcript, answer, problems = [f"== {script.name}"], "", []
        for says in script.says:
            try:
                answer = await _answer(customer, [says] if isinstance(says, str) else says)
            except TimeoutError:
                answer = "    (silence)"
                problems.append(f"no answer to: {says}")
            transcript += [f"> {says}", answer]
        said = "\n".join(heard.text for heard in customer.heard)
    problems += [f"not said at the end: {fact}" for fact in script.end if not re.search(fact, answer)]
    problems += [f"never said: {fact}" for fact in script.said if not re.search(fact, said)]
    problems += [f"said: {words}" for words in script.never if re.search(words, said)]
    if script.person is not None and (_CALLED.search(said) is not None) != script.person:
        problems.append("a person was called" if not script.person else "nobody was called")
    return "\n".join([*problems, *transcript]) if problems else ""


async def _answer(customer: WebCustomer, texts: list[str]) -> str:
    before = len(customer.heard)
    for text in texts:
        assert (await customer.say(text))["ok"]
    await customer.hears(lambda heard: heard in customer.heard[before:], seconds=30)
    clock, known = SystemClock(), -1
    while known != len(customer.heard):
        known = len(customer.heard)
        await pause(clock, clock.now() + QUIET)
    return "\n".join(f"    {heard.text}" for heard in customer.heard[before:])
