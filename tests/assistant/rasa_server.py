"""A real Rasa with the trained model, and the real actions on sample records, both on free ports."""

import os
import subprocess
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import httpx2
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from actions.server import handle
from bot.adapters.rehearsal import Town
from bot.clock import stopwatch
from tests.knowledge.shipped import company, knowledge_base
from tests.services import free_port

type Json = dict[str, Any]

ROOT = Path(__file__).parents[2]
START_SECONDS = 150.0
LOOK_AGAIN_SECONDS = 0.2


def new_town() -> Town:
    return Town(company(), knowledge_base())


class Actions:
    """The action server; `move_to` gives the next conversation a town of its own."""

    def __init__(self) -> None:
        self.port = free_port()
        self.move_to(new_town())
        app = Starlette(routes=[Route("/webhook", self._webhook, methods=["POST"])])
        config = uvicorn.Config(app, host="127.0.0.1", port=self.port, log_level="warning", ws="none")
        self._server = uvicorn.Server(config)

    def move_to(self, town: Town) -> None:
        self._executor = town.executor()

    async def _webhook(self, request: Request) -> JSONResponse:
        status, answer = await handle(self._executor, await request.json())
        return JSONResponse(answer, status)

    @contextmanager
    def running(self) -> Iterator["Actions"]:
        thread = threading.Thread(target=self._server.run, daemon=True)
        thread.start()
        try:
            yield self
        finally:
            self._server.should_exit = True
            thread.join(START_SECONDS)


class Rasa:
    """Talks to Rasa as gasdesk does, through the project's own input channel."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._client = httpx2.Client(base_url=url, timeout=60, trust_env=False)

    def is_up(self) -> bool:
        try:
            return self._client.get("/webhooks/gasdesk/").is_success
        except httpx2.TransportError:
            return False

    def say(
        self, conversation_id: str, text: str, message_id: str | None = None, before: Sequence[tuple[str, str]] = ()
    ) -> Json:
        """The answer to a message, and to those (id, text) that waited before it."""
        waited = [{"id": id, "text": text} for id, text in before]
        body: Json = {"sender": conversation_id, "message": text, "metadata": {"before": waited}}
        body |= {"message_id": message_id} if message_id else {}
        answer = self._client.post("/webhooks/gasdesk/webhook", json=body)
        assert answer.is_success, f"Rasa answered {answer.status_code}: {answer.text}"
        turn: Json = answer.json()
        return turn

    def parse(self, text: str) -> Json:
        parsed: Json = self._client.post("/model/parse", json={"text": text}).raise_for_status().json()
        return parsed

    def close(self) -> None:
        self._client.close()


@contextmanager
def rasa_server(python: Path, model: Path, actions: Actions) -> Iterator[Rasa]:
    """Start Rasa on `model`, with its actions at `actions`; it is ready when its channel says so."""
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="gasdesk-rasa-") as folder:
        log = Path(folder) / "rasa.log"
        env = os.environ | {"GASDESK_ACTION_URL": f"http://127.0.0.1:{actions.port}/webhook"}
        command: list[str | Path] = [
            python,
            "-m",
            "assistant",
            "run",
            "--model",
            model,
            "--endpoints",
            ROOT / "endpoints.yml",
            "--enable-api",
        ]
        command += ["--credentials", ROOT / "credentials.yml", "--interface", "127.0.0.1", "--port", str(port)]
        with log.open("wb") as output:
            process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=output, stderr=subprocess.STDOUT)
        rasa = Rasa(f"http://127.0.0.1:{port}")
        try:
            _wait_until_up(rasa, process, log)
            yield rasa
        finally:
            rasa.close()
            process.terminate()
            process.wait(START_SECONDS)


def _wait_until_up(rasa: Rasa, process: "subprocess.Popen[bytes]", log: Path) -> None:
    deadline = stopwatch() + START_SECONDS
    while not rasa.is_up():
        with suppress(subprocess.TimeoutExpired):
            process.wait(LOOK_AGAIN_SECONDS)
        stopped = process.poll() is not None or stopwatch() > deadline
        assert not stopped, f"Rasa did not start:\n{log.read_text(errors='replace')[-4000:]}"
