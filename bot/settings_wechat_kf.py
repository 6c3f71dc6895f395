"""What the environment says of 微信客服: GASDESK_WECHAT_KF__* (docs/wechat-kf.md)."""

from datetime import timedelta
from typing import Annotated

from pydantic import BaseModel, Field, SecretStr

#: As the console of 企业微信 shows it.
AesKey = Annotated[SecretStr, Field(min_length=43, max_length=43)]


class WeChatKfSettings(BaseModel):
    """How our side and 企业微信 know each other. Callbacks are always sealed: there is no plain mode."""

    corp_id: str
    #: Of the application that may call 微信客服's interface.
    secret: SecretStr
    token: SecretStr
    aes_key: AesKey
    #: While the key is being changed.
    previous_aes_key: AesKey | None = None
    #: The accounts to serve, divided by commas; all that the application may serve unless told.
    open_kfid: str = ""
    #: How long a message may lie there whose notice was lost; 企业微信 allows few calls without a notice.
    poll_seconds: float = Field(default=60, ge=10)
    api_base_url: str = "https://qyapi.weixin.qq.com"

    @property
    def aes_keys(self) -> tuple[str, ...]:
        """The current one first."""
        return tuple(key.get_secret_value() for key in (self.aes_key, self.previous_aes_key) if key)

    @property
    def accounts(self) -> tuple[str, ...]:
        return tuple(filter(None, (name.strip() for name in self.open_kfid.split(","))))

    @property
    def poll(self) -> timedelta:
        return timedelta(seconds=self.poll_seconds)
