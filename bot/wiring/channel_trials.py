"""Tries settings of channels out beside a gasdesk that may be running."""

from collections.abc import Awaitable
from dataclasses import dataclass
from functools import partial
from typing import Any, Protocol

from pydantic import BaseModel
from sqlalchemy.exc import SQLAlchemyError

from bot.adapters.seal_box import SealBox
from bot.adapters.sql.channel_state import SqlChannelState
from bot.adapters.sql.database import Database
from bot.channels.checking import Finding
from bot.channels.setup.form import read
from bot.channels.setup.saved import SavedSettings
from bot.clock import SystemClock
from bot.settings import Settings
from bot.settings_telegram import TelegramSettings
from bot.settings_wechat import WeChatSettings
from bot.settings_wechat_kf import WeChatKfSettings
from bot.wiring.check_wechat import check_wechat, check_wechat_kf


class Check(Protocol):
    """Asks a platform whether the settings are good; never raises for what it answers."""

    def __call__(self, settings: Any, public_url: str | None) -> Awaitable[list[Finding]]: ...


@dataclass(frozen=True)
class Trial:
    """What is needed of a channel to try its settings."""

    name: str
    title: str
    model: type[BaseModel]
    check: Check

    @property
    def prefix(self) -> str:
        return f"GASDESK_{self.name.upper()}__"


async def _check_telegram(settings: TelegramSettings, public_url: str | None) -> list[Finding]:
    from bot.wiring.telegram import check_telegram  # and with it its library, which is large

    return await check_telegram(settings, public_url)


TELEGRAM = Trial("telegram", "Telegram", TelegramSettings, _check_telegram)
WECHAT = Trial("wechat", "微信公众号", WeChatSettings, partial(check_wechat, clock=SystemClock()))
KF = Trial("wechat_kf", "微信客服", WeChatKfSettings, partial(check_wechat_kf, clock=SystemClock()))
TRIALS = (TELEGRAM, WECHAT, KF)


def saved_settings(settings: Settings, database: Database) -> SavedSettings:
    key = settings.settings_key.get_secret_value() if settings.settings_key else None
    return SavedSettings(SqlChannelState(database), SealBox(key, settings.data_dir / "settings.key"))


async def saved_on_page(settings: Settings, trial: Trial) -> BaseModel | None:
    """Raises CannotOpen and BadSettings."""
    if settings.database_url is None and not (settings.data_dir / "gasdesk.db").exists():
        return None  # asking would make it
    database = Database.connect(settings.database)
    saved_here = saved_settings(settings, database)
    try:
        saved = await saved_here.get(trial.name)
    except SQLAlchemyError:  # not there yet
        saved = None
    finally:
        await database.close()
    return read(trial.model, saved_here.open(saved), {})[0] if saved else None
