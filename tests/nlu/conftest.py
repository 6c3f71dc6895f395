"""One Rasa with the project's model for the session, its actions scripted."""

import subprocess
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import httpx2
import pytest

from assistant import model_files
from bot.adapters.rasa.command import rasa_command, rasa_environment
from bot.clock import stopwatch
from tests.nlu.scripted_actions import ScriptedActions
from tests.nlu.utterances import ROOT
from tests.services import free_port

START_SECONDS = 120.0
LOOK_AGAIN_SECONDS = 0.1


@pytest.fixture(scope="session")
def actions() -> Iterator[ScriptedActions]:
    with ScriptedActions().running() as actions:
        yield actions


@pytest.fixture(scope="session")
def rasa(actions: ScriptedActions, tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx2.Client]:
    model = model_files.current_model(ROOT / "models")
    if model is None or model.name != model_files.model_name(model_files.fingerprint(ROOT)):
        pytest.fail("the model in models/ is not trained on these files: run 'make model'", pytrace=False)
    port, log = free_port(), tmp_path_factory.mktemp("rasa") / "rasa.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            rasa_command(ROOT, model, port), cwd=ROOT, env=rasa_environment(actions.url), stdout=output, stderr=output
        )
    try:
        with httpx2.Client(base_url=f"http://127.0.0.1:{port}", timeout=60, trust_env=False) as client:
            _wait_until_ready(client, process, log)
            yield client
    finally:
        process.terminate()
        process.wait(START_SECONDS)


def _wait_until_ready(client: httpx2.Client, process: "subprocess.Popen[bytes]", log: Path) -> None:
    deadline = stopwatch() + START_SECONDS
    while True:
        with suppress(httpx2.TransportError):
            if client.get("/webhooks/gasdesk/").is_success:
                return
        with suppress(subprocess.TimeoutExpired):
            process.wait(LOOK_AGAIN_SECONDS)
        stopped = process.poll() is not None or stopwatch() > deadline
        assert not stopped, f"Rasa did not start:\n{log.read_text(errors='replace')[-4000:]}"
