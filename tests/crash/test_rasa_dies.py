"""The whole service with the real Rasa as its child: killed in the middle of an answer, and orphaned."""

import json
import os
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from assistant import model_files
from bot.settings import ROOT
from tests.gasdesk_process import GasdeskProcess, gasdesk_process, until
from tests.services import free_port
from tests.web_customer import web_customer

pytestmark = [pytest.mark.crash, pytest.mark.rasa, pytest.mark.timeout(300)]

START_SECONDS = 120.0


@pytest.fixture
async def gasdesk(tmp_path: Path) -> AsyncIterator[GasdeskProcess]:
    """With a Rasa that is ready."""
    model = model_files.current_model(ROOT / "models")
    if model is None or model.name != model_files.model_name(model_files.fingerprint(ROOT)):
        pytest.fail("the model in models/ is not trained on these files: run 'make model'", pytrace=False)
    async with gasdesk_process(tmp_path / "data", RASA_PORT=str(free_port())) as gasdesk:
        await _assistant_is(gasdesk, "ready")
        yield gasdesk


async def test_killed_in_mid_answer_it_is_started_again_and_answers(gasdesk: GasdeskProcess) -> None:
    async with web_customer(gasdesk.url) as customer:
        assert (await customer.say("你好", "hello"))["ok"]
        await customer.hears(lambda message: message.metadata["id"].startswith("hello/answer"))
        rasa = _rasa_of(gasdesk)
        os.kill(rasa, signal.SIGSTOP)  # it will not finish what it begins now
        assert (await customer.say("现在天然气多少钱一方", "price"))["ok"]
        os.kill(rasa, signal.SIGKILL)
        told = await customer.hears(lambda message: message.kind == "notice")
        assert "智能助手正在启动" in told.text
        assert (await gasdesk.json("/readyz"))["ready"], "customers are still served"
        answer = await customer.hears(
            lambda message: message.metadata["id"].startswith("price/answer"), seconds=START_SECONDS
        )
        assert answer.metadata["speaker"] == "bot"
        assert "元" in answer.text
        assert _rasa_of(gasdesk) != rasa
        notices = [message for message in customer.heard if message.kind == "notice"]
        assert len(notices) == 1, "the customer is asked for patience once"


async def test_kill_9_leaves_no_rasa(gasdesk: GasdeskProcess) -> None:
    assert len(gasdesk.family()) >= 2
    gasdesk.kill()
    await until(lambda: gasdesk.family() == [], 10)


async def test_sigterm_stops_rasa_too(gasdesk: GasdeskProcess) -> None:
    assert await gasdesk.stop(signal.SIGTERM) == 0
    assert gasdesk.family() == []
    assert "Traceback" not in gasdesk.log


async def _assistant_is(gasdesk: GasdeskProcess, state: str) -> None:
    async def so() -> bool:
        return str((await gasdesk.json("/readyz"))["assistant"]) == state

    await until(so, START_SECONDS)


def _rasa_of(gasdesk: GasdeskProcess) -> int:
    noted = json.loads((gasdesk.data / "rasa.pid").read_text(encoding="utf-8"))
    return int(noted["child"]["pid"])
