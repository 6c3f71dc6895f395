"""The whole app on a real database, with a clock that stands still and a scripted assistant."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from bot.adapters.company_file import load_company
from bot.adapters.sql.database import Database
from bot.adapters.sql.migrate import migrate
from bot.adapters.sql.staff import Account
from bot.desk.accounts import NewStaff
from bot.domain.company import CompanyProfile
from bot.domain.conversations import Conversation, Kind, Message, Owner, Speaker
from bot.domain.staff import Presence, Role, Staff
from bot.gasdesk import Gasdesk
from bot.ports import Contact
from bot.settings import ROOT, Settings
from bot.testing import ManualClock, RecordingChannel, ScriptedAssistant
from bot.wiring import build
from tests import services
from tests.flows.live import Page, served


@dataclass
class Desk:
    """A test's hands: what customers, staff and time do."""

    gasdesk: Gasdesk
    clock: ManualClock
    assistant: ScriptedAssistant
    channel: RecordingChannel
    company: CompanyProfile

    async def write(self, text: str, who: str = "ann", message_id: str | None = None) -> Message:
        message = await self.gasdesk.core.receive(Contact(f"test:{who}", "test"), message_id, text)
        await self.gasdesk.settle()
        return message

    async def wait(self, seconds: float) -> None:
        """Let time pass while gasdesk runs: every timer on the way fires at its moment."""
        until = self.clock.now() + timedelta(seconds=seconds)
        while (due := await self.gasdesk.stores.timers.next_due_at()) and due <= until:
            await self.sleep_through(max(0.0, (due - self.clock.now()).total_seconds()))
        await self.sleep_through((until - self.clock.now()).total_seconds())

    async def sleep_through(self, seconds: float) -> None:
        """Let time pass while gasdesk is down."""
        self.clock.advance(seconds)
        await self.gasdesk.settle()

    async def conversation(self, who: str = "ann") -> Conversation:
        found = await self.gasdesk.stores.transcripts.of_contact(f"test:{who}")
        assert found is not None, f"{who} never wrote"
        return found

    def heard(self, who: str = "ann", kind: Kind | None = None, speaker: Speaker | None = None) -> list[str]:
        """Texts this customer got."""
        return [
            m.text for m in self.channel.sent[f"test:{who}"] if kind in (None, m.kind) and speaker in (None, m.speaker)
        ]

    async def staff(self, staff_id: str, role: Role = Role.AGENT, capacity: int = 10) -> Staff:
        """A member of staff who is online."""
        new = NewStaff(staff_id=staff_id, name=f"员工{staff_id}", role=role, capacity=capacity)
        await self.gasdesk.stores.staff.create([Account(new, "-")], self.clock.now())
        return await self.presence(staff_id, Presence.ONLINE)

    async def presence(self, staff_id: str, presence: Presence) -> Staff:
        await self.gasdesk.core.seats.set_presence(staff_id, presence, "")
        await self.gasdesk.settle()
        return await self.member(staff_id)

    async def member(self, staff_id: str) -> Staff:
        found = await self.gasdesk.stores.staff.get(staff_id)
        assert found is not None
        return found

    async def reply(self, staff_id: str, text: str, who: str = "ann", message_id: str = "") -> Message:
        conversation = await self.conversation(who)
        message = await self.gasdesk.core.acts.reply(
            conversation.id, await self.member(staff_id), message_id or f"r-{text}", text
        )
        await self.gasdesk.settle()
        return message

    async def owner(self, who: str = "ann") -> tuple[Owner, str | None]:
        conversation = await self.conversation(who)
        return conversation.owner, conversation.staff_id


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database that holds nothing, to be copied."""
    file = tmp_path_factory.mktemp("sqlite") / "gasdesk.db"
    _migrate(f"sqlite+aiosqlite:///{file}")
    return file


@pytest.fixture(scope="session")
def migrated_postgres(postgres_server: str) -> Iterator[str]:
    """The name of a migrated database that holds nothing, to be copied."""
    with services.new_database(postgres_server) as url:
        _migrate(url)
        yield url.rpartition("/")[2]


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A migrated database of the test's own."""
    if request.param == "sqlite":
        file = shutil.copy(request.getfixturevalue("migrated_sqlite"), tmp_path / "gasdesk.db")
        yield f"sqlite+aiosqlite:///{file}"
        return
    template = request.getfixturevalue("migrated_postgres")
    with services.new_database(request.getfixturevalue("postgres_server"), template) as url:
        yield url


def _migrate(url: str) -> None:
    async def run() -> None:
        database = Database.connect(url)
        await migrate(database)
        await database.close()

    # A thread of its own: the test's event loop is not this fixture's to touch.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, run()).result()


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
def company() -> CompanyProfile:
    return load_company(ROOT / "company.yml", {})


@pytest.fixture
async def desk(database_url: str, company: CompanyProfile, tmp_path: Path) -> AsyncIterator[Desk]:
    clock, assistant, channel = ManualClock(), ScriptedAssistant(), RecordingChannel()
    settings = Settings(data=tmp_path, database_url=database_url)
    gasdesk = build(settings, company, assistant=assistant, clock=clock, more_channels=[channel])
    yield Desk(gasdesk, clock, assistant, channel, company)
    await gasdesk.settle()
    await gasdesk.core.outbox.close()
    await gasdesk.stores.database.close()
