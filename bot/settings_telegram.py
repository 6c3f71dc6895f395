"""GASDESK_TELEGRAM__*: the bot (docs/telegram.md)."""

import re
from datetime import timedelta
from typing import Literal

from pydantic import BaseModel, Field, SecretStr, ValidationInfo, field_validator

from bot.settings_fields import address_of_interface

_BOT_KEY = re.compile(r"\d+:[A-Za-z0-9_-]+")
#: What Telegram takes for the secret header.
_WEBHOOK_SECRET = re.compile("[A-Za-z0-9_-]{1,256}")


class TelegramSettings(BaseModel):
    """`title` and `description` are what the page shows."""

    token: SecretStr = Field(title="机器人密钥", description="向 @BotFather 发送 /newbot 取得，形如 123456:ABC-DEF…")
    mode: Literal["webhook", "polling"] = Field(
        default="webhook",
        title="接收方式",
        description="没有公网地址时用轮询",
        json_schema_extra={"choices": {"webhook": "推送（需要公网 https 地址）", "polling": "轮询（不需要公网地址）"}},
    )
    #: What Telegram sends with each update; needed for a webhook.
    secret: SecretStr = Field(
        default=SecretStr(""),
        validate_default=True,
        title="推送密钥",
        description="推送方式必填：自己想 1 到 256 个字母、数字、下划线或短横，Telegram 每次推送都会带上",
    )
    api_base_url: str = address_of_interface("https://api.telegram.org", "自建 Bot API 服务器时修改")
    #: How long Telegram may take over a call before its fate counts as uncertain.
    timeout_seconds: float = Field(
        default=10,
        gt=0,
        title="接口时限（秒）",
        description="超过后这条消息记为“不确定”",
        json_schema_extra={"advanced": True},
    )
    #: How late Telegram answers when there is nothing new (polling).
    long_poll_seconds: int = Field(
        default=25,
        ge=0,
        le=50,
        title="轮询等待（秒）",
        description="没有新消息时 Telegram 最多等这么久才回应",
        json_schema_extra={"advanced": True},
    )
    #: Take HTTPS_PROXY and the like from the environment.
    use_proxy: bool = Field(
        default=True,
        title="使用代理",
        description="使用环境变量 HTTPS_PROXY 指定的代理",
        json_schema_extra={"advanced": True},
    )

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
                "应为 1 到 256 个字母、数字、下划线或短横；没有公网地址请改用轮询（GASDESK_TELEGRAM__MODE=polling）"
            )
        return secret

    @property
    def long_poll(self) -> timedelta:
        return timedelta(seconds=self.long_poll_seconds)
