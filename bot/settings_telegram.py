"""GASDESK_TELEGRAM__*: the bot (docs/telegram.md)."""

import re
from datetime import timedelta
from typing import Literal

from pydantic import BaseModel, Field, SecretStr, ValidationInfo, field_validator

_BOT_KEY = re.compile(r"\d+:[A-Za-z0-9_-]+")
#: What Telegram takes for the secret header.
_WEBHOOK_SECRET = re.compile("[A-Za-z0-9_-]{1,256}")


class TelegramSettings(BaseModel):
    #: Which BotFather gave.
    token: SecretStr
    mode: Literal["webhook", "polling"] = "webhook"
    #: What Telegram sends with each update; needed for a webhook.
    secret: SecretStr = Field(default=SecretStr(""), validate_default=True)
    api_base_url: str = Field(default="https://api.telegram.org", pattern="^https?://.+")
    #: How long Telegram may take over a call before its fate counts as uncertain.
    timeout_seconds: float = Field(default=10, gt=0)
    #: How late Telegram answers when there is nothing new (polling).
    long_poll_seconds: int = Field(default=25, ge=0, le=50)
    #: Take HTTPS_PROXY and the like from the environment.
    use_proxy: bool = True

    @field_validator("token")
    @classmethod
    def _is_a_key(cls, token: SecretStr) -> SecretStr:
        if not _BOT_KEY.fullmatch(token.get_secret_value()):
            raise ValueError("应为 BotFather 给的密钥，形如 123456:ABC-DEF…")
        return token

    @field_validator("secret")
    @classmethod
    def _fits(cls, secret: SecretStr, info: ValidationInfo) -> SecretStr:
        needed = info.data.get("mode") == "webhook"
        if not _WEBHOOK_SECRET.fullmatch(secret.get_secret_value()) and (needed or secret.get_secret_value()):
            raise ValueError(
                "应为 1 到 256 个字母、数字、下划线或短横；没有公网地址请设 GASDESK_TELEGRAM__MODE=polling"
            )
        return secret

    @property
    def long_poll(self) -> timedelta:
        return timedelta(seconds=self.long_poll_seconds)
