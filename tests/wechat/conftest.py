"""A WeChat on a real socket, and our client of it."""

from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from bot.adapters.company_file import load_company
from bot.adapters.wechat.alone import Alone, Forgetful
from bot.adapters.wechat.api import WeChatApi
from bot.adapters.wechat.calls import Surroundings
from bot.settings import ROOT, Settings
from bot.settings_wechat import WeChatSettings
from bot.testing import ManualClock, RecordingChannel, ScriptedAssistant
from bot.wiring import build
from tests.flows.desk import Desk
from tests.wechat.fake_wechat import APP_ID, APP_SECRET, FakeWeChat
from tests.wechat.phone import AES_KEY, TOKEN, Phone

type Json = dict[str, Any]


class KeptInMemory(Forgetful):
    """Stands in for the database where it is not what is tried (tests/contract/test_channel_state.py)."""

    async def change(self, name: str, change: Callable[[Json | None], Json]) -> Json:
        self.values[name] = change(self.values.get(name))
        return self.values[name]


@pytest.fixture
async def wechat(clock: ManualClock) -> AsyncIterator[FakeWeChat]:
    async with FakeWeChat(clock).served() as served:
        yield served


@pytest.fixture
def kept() -> KeptInMemory:
    return KeptInMemory()


@pytest.fixture
def exclusive() -> Alone:
    return Alone()


@pytest.fixture
async def api(wechat: FakeWeChat, clock: ManualClock, kept: KeptInMemory, exclusive: Alone) -> AsyncIterator[WeChatApi]:
    async with client(wechat, clock, kept, exclusive) as opened:
        yield opened


def client(
    wechat: FakeWeChat, clock: ManualClock, kept: Any, exclusive: Any, *, secret: str = APP_SECRET, patience: float = 10
) -> WeChatApi:
    around = Surroundings(kept=kept, exclusive=exclusive, clock=clock, base_url=wechat.url, patience=patience)
    return WeChatApi(APP_ID, secret, around)


@pytest.fixture
async def desk(sqlite_url: str, wechat: FakeWeChat, clock: ManualClock, tmp_path: Path) -> AsyncIterator[Desk]:
    """gasdesk with an Official Account, on SQLite; the clock stands still."""
    settings = Settings(
        data=tmp_path,
        database_url=sqlite_url,
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
    await gasdesk.close()


@pytest.fixture
async def ann(desk: Desk, wechat: FakeWeChat) -> AsyncIterator[Phone]:
    phone = Phone(desk.gasdesk, wechat)
    yield phone
    await phone.aclose()
