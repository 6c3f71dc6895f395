"""Telegram keeps the channel contract."""

import pytest

from bot.settings import Settings
from tests.flows.channel_contract import ChannelContract
from tests.flows.desk import Desk
from tests.flows.telegram_peer import TelegramPeer
from tests.flows.telegram_server import TelegramServer

#: What is tried here does not depend on the database.
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def settings(settings: Settings, telegram: TelegramServer) -> Settings:
    return telegram.settings(settings)


@pytest.fixture
def peer(desk: Desk, url: str, telegram: TelegramServer) -> TelegramPeer:
    return TelegramPeer(desk, url, telegram)


class TestTelegram(ChannelContract):
    pass
