"""The whole app on a real database, with a clock that stands still and a scripted assistant."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.adapters.company_file import load_company
from bot.adapters.wording_file import load_wording
from bot.domain.company import CompanyProfile
from bot.domain.events import EmergencyAccepted, EmergencyRaised, EmergencyUndispatched, Event
from bot.domain.knowledge import EMPTY, KnowledgeBase
from bot.settings import ROOT, Settings
from bot.testing import ManualClock, RecordingChannel, ScriptedAssistant, ScriptedParser
from bot.wiring import build
from tests.flows.desk import Desk
from tests.flows.live import Page, served
from tests.flows.office import Office, staffed
from tests.flows.telegram_server import TelegramServer, telegram_server
from tests.training_house import ScriptedHouse, ScriptedTraining


@pytest.fixture
async def url(desk: Desk) -> AsyncIterator[str]:
    """Where the desk's gasdesk listens, on a real socket."""
    async with served(desk.gasdesk) as at:
        yield at


@pytest.fixture
async def page(url: str) -> AsyncIterator[Page]:
    """A customer's page with a session."""
    async with Page(url) as opened:
        await opened.open()
        yield opened


@pytest.fixture
async def office(desk: Desk) -> Office:
    """The desk with its staff signed in."""
    return await staffed(desk)


@pytest.fixture
def alarms(desk: Desk) -> list[Event]:
    """What reaches the desks about emergencies, in order."""
    heard: list[Event] = []
    publish = desk.gasdesk.reactions.publish

    def listen(happened: Any) -> None:
        heard.extend(e for e in happened if isinstance(e, EmergencyRaised | EmergencyUndispatched | EmergencyAccepted))
        publish(happened)

    desk.gasdesk.stores.conversations._publish = listen
    return heard


@pytest.fixture
def company() -> CompanyProfile:
    return load_company(ROOT / "company.yml", {})


@pytest.fixture
def knowledge() -> KnowledgeBase:
    """A test that needs articles brings its own."""
    return EMPTY


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    """A test that needs others changes them before it asks for the desk."""
    project = tmp_path / "project"
    return Settings(
        data=tmp_path,
        database_url=database_url,
        project=project,
        models=tmp_path / "models",
        knowledge=project / "data" / "knowledge",
    )


@pytest.fixture
async def desk(settings: Settings, company: CompanyProfile, knowledge: KnowledgeBase) -> AsyncIterator[Desk]:
    clock, assistant, channel = ManualClock(), ScriptedAssistant(), RecordingChannel()
    parse = ScriptedParser()
    gasdesk = build(
        settings,
        company,
        assistant=assistant,
        knowledge=knowledge,
        wording=load_wording(settings.wording_file),
        clock=clock,
        more_channels=[channel],
        parse=parse,
        training_process=ScriptedTraining(),
    )
    yield Desk(gasdesk, clock, assistant, channel, company, parse)
    await gasdesk.settle()
    await gasdesk.close()


@pytest.fixture
async def telegram() -> AsyncIterator[TelegramServer]:
    async with telegram_server() as server:
        yield server


@pytest.fixture
def process(desk: Desk) -> ScriptedTraining:
    """Where models are trained: it ends when the test says how."""
    found = desk.gasdesk.training.runs._process
    assert isinstance(found, ScriptedTraining)
    return found


@pytest.fixture
async def house(desk: Desk, process: ScriptedTraining) -> ScriptedHouse:
    house = ScriptedHouse(process)
    await desk.gasdesk.training.releases.run_by(house)
    return house
