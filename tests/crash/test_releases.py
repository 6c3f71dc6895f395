"""Trainings, trials, releases and roll backs with the real Rasa, killed in the middle: whole or not at all."""

import json
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx2
import pytest
from sqlalchemy import select

from assistant import model_files
from bot.adapters.demo_staff import FILE
from bot.adapters.sql.database import Database
from bot.adapters.sql.runs import SqlRuns
from bot.adapters.sql.tables_chat import conversations
from bot.clock import SystemClock
from bot.settings import ROOT
from bot.training.canary import chosen
from bot.training.run import Run, RunState
from tests.gasdesk_process import GasdeskProcess, gasdesk_process, until
from tests.services import free_port
from tests.training_house import comparison
from tests.web_customer import WebCustomer, web_customer

pytestmark = [pytest.mark.crash, pytest.mark.rasa, pytest.mark.timeout(900)]

type Json = dict[str, Any]

NEW = "gasdesk-000000000001.tar.gz"
START_SECONDS = 180.0


class Stage:
    """gasdesk with a trained candidate, and its administrator."""

    def __init__(self, gasdesk: GasdeskProcess, models: Path, old: str) -> None:
        self.gasdesk = gasdesk
        self.models = models
        self.old = old
        self.run_id = str(uuid4())
        self._database = f"sqlite+aiosqlite:///{gasdesk.data / 'gasdesk.db'}"
        self._cookies: httpx2.Cookies | None = None

    async def call(self, method: str, path: str, **body: Any) -> Json:
        async with httpx2.AsyncClient(
            base_url=self.gasdesk.url, trust_env=False, timeout=30, verify=False, cookies=self._cookies
        ) as http:
            answer = await http.request(method, f"/api/{path}", json=body or None)
            assert answer.is_success, f"{method} {path}: {answer.status_code} {answer.text}"
            self._cookies = answer.cookies if path == "login" else self._cookies
            told: Json = answer.json()
            return told

    async def sign_in(self) -> None:
        password = json.loads((self.gasdesk.data / FILE).read_text(encoding="utf-8"))["901"]
        await self.call("POST", "login", staff_id="901", password=password)

    async def trained(self) -> None:
        """A run that ended well, with a copy of the live model as its candidate."""
        shutil.copy(self.models / self.old, self.models / NEW)
        database, now = Database.connect(self._database), SystemClock()
        store = SqlRuns(database)
        run = Run(id=self.run_id, staff_id="901", reason="", at=now.now(), keeper={}, live_model=self.old)
        ended = Run(
            id=self.run_id, state=RunState.READY, staff_id="901", reason="", at=run.at, ended_at=now.now(), keeper={},
            live_model=self.old, model=NEW, comparison=comparison(),
        )  # fmt: skip
        assert await store.begin(run) is None
        await store.end(ended)
        await database.close()

    async def release(self, **how: Any) -> str:
        answer = await self.call("POST", f"training/runs/{self.run_id}/release", reason="试一试", **how)
        release_id: str = answer["release"]["id"]
        return release_id

    async def train(self, until_step: int) -> str:
        run: Json = (await self.call("POST", "training/runs", reason="crash"))["run"]

        async def there() -> bool:
            now = (await self.call("GET", f"training/runs/{run['id']}"))["run"]
            assert now["state"] == "running", now["problem"]
            return bool(now["progress"]["step"] >= until_step)

        await until(there, START_SECONDS)
        return str(run["id"])

    async def state_of(self, run_id: str) -> str:
        return str((await self.call("GET", f"training/runs/{run_id}"))["run"]["state"])

    async def shown(self) -> Json:
        return await self.call("GET", "training/releases")

    async def until(self, holds: Callable[[Json], bool]) -> Json:
        async def so() -> bool:
            return holds(await self.shown())

        await until(so, START_SECONDS)
        return await self.shown()

    async def crash(self) -> None:
        """A power cut, and the start after it, until the assistant answers."""
        self.gasdesk.kill()
        await until(lambda: self.gasdesk.family() == [], 10)
        await self.gasdesk.start()
        await self.assistant_is_ready()

    async def assistant_is_ready(self) -> None:
        async def ready() -> bool:
            return str((await self.gasdesk.json("/readyz"))["assistant"]) == "ready"

        await until(ready, START_SECONDS)

    async def newest_conversation(self) -> str:
        """Its id."""
        database = Database.connect(self._database)
        try:
            query = select(conversations.c.id).order_by(conversations.c.opened_at.desc()).limit(1)
            async with database.reader.connect() as connection:
                newest: str = (await connection.execute(query)).scalar_one()
            return newest
        finally:
            await database.close()

    def in_force(self) -> str:
        return (self.models / "current").read_text(encoding="utf-8").strip()


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    model = model_files.current_model(ROOT / "models")
    if model is None or model.name != model_files.model_name(model_files.fingerprint(ROOT)):
        pytest.fail("the model in models/ is not trained on these files: run 'make model'", pytrace=False)
    models = tmp_path / "models"
    models.mkdir()
    model_files.make_current(Path(shutil.copy(model, models / model.name)))
    ports = {"RASA_PORT": str(free_port()), "RASA_SPARE": str(free_port())}
    async with gasdesk_process(tmp_path / "data", MODELS=str(models), **ports) as gasdesk:
        stage = Stage(gasdesk, models, model.name)
        await stage.assistant_is_ready()
        await stage.sign_in()
        await stage.trained()
        yield stage


def settled(shown: Json) -> bool:
    return not any(one["state"] in ("requested", "starting", "promoting", "withdrawing") for one in shown["releases"])


def states(shown: Json) -> list[str]:
    return [one["state"] for one in shown["releases"]]


@asynccontextmanager
async def customer_of(stage: Stage, release_id: str, *, candidate: bool) -> AsyncIterator[WebCustomer]:
    """Somebody whose new conversation goes to the model on trial, or to the other one, and who is in a form."""
    for _ in range(20):
        async with web_customer(stage.gasdesk.url) as customer:
            await customer.say("我要报数", "first")
            await customer.hears(lambda message: message.kind == "question", 60)
            if chosen(release_id, await stage.newest_conversation(), 50) is candidate:
                yield customer
                return
    raise AssertionError("nobody was chosen")


async def test_killed_while_releasing_trying_switching_and_going_back(stage: Stage) -> None:
    await stage.release()
    await stage.until(lambda shown: states(shown)[0] == "starting")
    await stage.crash()
    shown = await stage.until(settled)
    assert (states(shown)[0], shown["live"], stage.in_force()) == ("failed", stage.old, stage.old)

    release_id = await stage.release(share=50)
    tried = await stage.until(lambda shown: shown["canary"] is not None and shown["canary"]["answers"])
    assert stage.in_force() == stage.old
    await stage.crash()
    again = await stage.until(lambda shown: shown["canary"] is not None and shown["canary"]["answers"])
    assert again["canary"]["release"] == tried["canary"]["release"], "the same trial of the same conversations"
    assert stage.in_force() == stage.old

    async with customer_of(stage, release_id, candidate=True) as customer:
        await stage.call("POST", "training/releases/rollback", reason="转人工多了")
        await stage.until(lambda shown: states(shown)[0] == "withdrawn")
        await customer.say("10020001", "second")
        # His form goes on where it was.
        await customer.hears(
            lambda heard: heard.metadata["id"].startswith("second/") and "户号已核对" in heard.text, 60
        )

    await stage.release(share=50)
    await stage.until(lambda shown: shown["canary"] is not None and shown["canary"]["answers"])
    await stage.call("POST", "training/releases/promote", reason="")
    await stage.crash()
    shown = await stage.until(settled)
    assert (states(shown)[0], shown["live"], stage.in_force()) == ("live", NEW, NEW)

    await stage.call("POST", "training/releases/rollback", reason="")
    await stage.crash()
    shown = await stage.until(settled)
    assert states(shown)[0] in ("live", "failed")
    back = states(shown)[0] == "live"
    assert shown["live"] == stage.in_force() == (stage.old if back else NEW)


async def test_killed_while_training_and_while_comparing(stage: Stage) -> None:
    model, aside = stage.models / stage.old, stage.models / "aside"

    # Without its file the model has to be trained anew; the Rasa that has loaded it does not mind.
    model.rename(aside)
    run_id = await stage.train(until_step=2)
    stage.gasdesk.kill()
    await until(lambda: stage.gasdesk.family() == [], 10)
    aside.rename(model)
    await stage.crash()
    assert await stage.state_of(run_id) == "interrupted"
    assert not any(stage.models.glob("*.tar.gz.*"))

    # With it, there is nothing to train, and the comparison begins at once.
    run_id = await stage.train(until_step=6)
    await stage.crash()
    assert await stage.state_of(run_id) == "interrupted"
    assert (await stage.shown())["live"] == stage.in_force() == stage.old
