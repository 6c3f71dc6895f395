"""A 微信客服 on a real socket, and a gasdesk that serves it."""

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.adapters.company_file import load_company
from bot.adapters.wechat.alone import Alone
from bot.adapters.wechat.calls import Surroundings
from bot.adapters.wechat_kf.api import KfApi
from bot.settings import ROOT, Settings
from bot.settings_wechat_kf import WeChatKfSettings
from bot.testing import ManualClock, RecordingChannel, ScriptedAssistant
from bot.wiring import build
from tests.flows.desk import Desk
from tests.wechat.conftest import KeptInMemory
from tests.wechat_kf.customer import AES_KEY, TOKEN, KfCustomer
from tests.wechat_kf.fake_kf import CORP_ID, SECRET, FakeKf


@pytest.fixture
async def kf(clock: ManualClock) -> AsyncIterator[FakeKf]:
    async with FakeKf(clock).served() as served:
        yield served


@pytest.fixture
async def api(kf: FakeKf, clock: ManualClock) -> AsyncIterator[KfApi]:
    async with kf_client(kf, clock) as opened:
        yield opened


def kf_client(kf: FakeKf, clock: ManualClock, *, secret: str = SECRET, patience: float = 10) -> KfApi:
    around = Surroundings(kept=KeptInMemory(), exclusive=Alone(), clock=clock, base_url=kf.url, patience=patience)
    return KfApi(CORP_ID, secret, around)


@pytest.fixture
def rows_url(sqlite_url: str) -> str:
    """Where gasdesk keeps its rows; a module whose tests depend on the database tries both."""
    return sqlite_url


@pytest.fixture
def start(rows_url: str, kf: FakeKf, clock: ManualClock, tmp_path: Path) -> Callable[[], Desk]:
    """Starts gasdesk with 微信客服, again and again on the same database; the clock stands still."""
    settings = Settings(
        data=tmp_path,
        database_url=rows_url,
        wechat_kf=WeChatKfSettings(
            corp_id=CORP_ID,
            secret=SecretStr(SECRET),
            token=SecretStr(TOKEN),
            aes_key=SecretStr(AES_KEY),
            previous_aes_key=SecretStr("A" * 43),
            api_base_url=kf.url,
        ),
    )

    def build_desk() -> Desk:
        company, assistant, channel = load_company(ROOT / "company.yml", {}), ScriptedAssistant(), RecordingChannel()
        gasdesk = build(settings, company, assistant=assistant, clock=clock, more_channels=[channel])
        return Desk(gasdesk, clock, assistant, channel, company)

    return build_desk


@pytest.fixture
async def desk(start: Callable[[], Desk]) -> AsyncIterator[Desk]:
    desk = start()
    yield desk
    await desk.gasdesk.settle()
    await desk.gasdesk.close()


@pytest.fixture
async def ann(desk: Desk, kf: FakeKf) -> AsyncIterator[KfCustomer]:
    customer = KfCustomer(desk.gasdesk, kf)
    yield customer
    await customer.aclose()
