"""What the environment says of the Official Account: GASDESK_WECHAT__* (docs/wechat.md)."""

from typing import Annotated

from pydantic import BaseModel, Field, SecretStr

#: As the console of the Official Account shows it.
AesKey = Annotated[SecretStr, Field(min_length=43, max_length=43)]


class WeChatSettings(BaseModel):
    """How our side and WeChat's know each other."""

    app_id: str
    app_secret: SecretStr
    token: SecretStr
    #: None: plain mode, which anybody on the way can read and forge; for trying it out only.
    aes_key: AesKey | None = None
    #: While the key is being changed.
    previous_aes_key: AesKey | None = None
    api_base_url: str = "https://api.weixin.qq.com"

    @property
    def aes_keys(self) -> tuple[str, ...]:
        """The current one first."""
        return tuple(key.get_secret_value() for key in (self.aes_key, self.previous_aes_key) if key)
