"""A WeChat on a real socket, and our client of it."""

import asyncio
import shutil
from collections import defaultdict
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from bot.adapters.company_file import load_company
from bot.adapters.sql.database import Database
from bot.adapters.sql.migrate import migrate
from bot.adapters.wechat.api import WeChatApi
from bot.settings import ROOT, Settings
from bot.settings_wechat import WeChatSettings
from bot.testing import ManualClock, RecordingChannel, ScriptedAssistant
from bot.wiring import build
from tests.flows.desk import Desk
from tests.wechat.fake_wechat import APP_ID, APP_SECRET, FakeWeChat
from tests.wechat.phone import AES_KEY, TOKEN, Phone

type Json = dict[str, Any]


class KeptInMemory:
    """Stands in for the database where it is not what is tried (tests/contract/test_channel_state.py)."""

    def __init__(self) -> None:
        self.values: dict[str, Json] = {}

    async def get(self, name: str) -> Json | None:
        return self.values.get(name)

    async def put(self, name: str, value: Any) -> None:
        self.values[name] = dict(value)

    async def change(self, name: str, change: Callable[[Json | None], Json]) -> Json:
        self.values[name] = change(self.values.get(name))
        return self.values[name]


class OneAtATime:
    """ports.Exclusive within one process."""

    def __init__(self) -> None:
        self._locks: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    @asynccontextmanager
    async def __call__(self, name: str) -> AsyncIterator[None]:
        async with self._locks[name]:
            yield


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
async def wechat(clock: ManualClock) -> AsyncIterator[FakeWeChat]:
    async with FakeWeChat(clock).served() as served:
        yield served


@pytest.fixture
def kept() -> KeptInMemory:
    return KeptInMemory()


@pytest.fixture
def exclusive() -> OneAtATime:
    return OneAtATime()


@pytest.fixture
async def api(
    wechat: FakeWeChat, clock: ManualClock, kept: KeptInMemory, exclusive: OneAtATime
) -> AsyncIterator[WeChatApi]:
    async with client(wechat, clock, kept, exclusive) as opened:
        yield opened


def client(
    wechat: FakeWeChat, clock: ManualClock, kept: Any, exclusive: Any, *, secret: str = APP_SECRET, patience: float = 10
) -> WeChatApi:
    return WeChatApi(
        app_id=APP_ID,
        app_secret=secret,
        kept=kept,
        exclusive=exclusive,
        clock=clock,
        base_url=wechat.url,
        patience=patience,
    )


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite database that holds nothing, to be copied."""
    file = tmp_path_factory.mktemp("sqlite") / "gasdesk.db"

    async def prepare() -> None:
        database = Database.connect(f"sqlite+aiosqlite:///{file}")
        await migrate(database)
        await database.close()

    asyncio.run(prepare())
    return file


@pytest.fixture
def database_url(migrated: Path, tmp_path: Path) -> str:
    return f"sqlite+aiosqlite:///{shutil.copy(migrated, tmp_path / 'gasdesk.db')}"


@pytest.fixture
async def desk(database_url: str, wechat: FakeWeChat, clock: ManualClock, tmp_path: Path) -> AsyncIterator[Desk]:
    """gasdesk with an Official Account, on SQLite; the clock stands still."""
    settings = Settings(
        data=tmp_path,
        database_url=database_url,
        wechat=WeChatSettings(
            app_id=APP_ID,
            app_secret=SecretStr(APP_SECRET),
            token=SecretStr(TOKEN),
            aes_key=SecretStr(AES_KEY),
            previous_aes_key=SecretStr("A" * 43),
            api_base_url=wechat.url,
        ),
    )
    company, assistant, channel = load_company(ROOT / "company.yml", {}), ScriptedAssistant(), RecordingChannel()
    gasdesk = build(settings, company, assistant=assistant, clock=clock, more_channels=[channel])
    yield Desk(gasdesk, clock, assistant, channel, company)
    await gasdesk.settle()
    await gasdesk.core.outbox.close()
    for close in gasdesk.closing:
        await close()
    await gasdesk.stores.database.close()


@pytest.fixture
async def ann(desk: Desk, wechat: FakeWeChat) -> AsyncIterator[Phone]:
    phone = Phone(desk.gasdesk, wechat)
    yield phone
    await phone.aclose()
