"""What the environment says of the Official Account: GASDESK_WECHAT__* (docs/wechat.md)."""

from typing import Annotated

from pydantic import BaseModel, Field, SecretStr
from pydantic.config import JsonDict

#: As the console of the Official Account shows it.
_SHAPE: JsonDict = {"pattern": "[A-Za-z0-9]{43}", "says": "应为 43 位字母和数字，从后台复制"}
AesKey = Annotated[SecretStr, Field(min_length=43, max_length=43)]


class WeChatSettings(BaseModel):
    """How our side and WeChat's know each other."""

    app_id: str = Field(title="AppID", description="微信公众平台“设置与开发 → 开发接口管理”")
    app_secret: SecretStr = Field(
        title="AppSecret", description="在同一处生成；把本服务器的出口 IP 加入那里的 IP 白名单"
    )
    token: SecretStr = Field(title="Token", description="自己想 3 到 32 个字母和数字，与“服务器配置”中一致")
    aes_key: AesKey | None = Field(
        default=None,
        title="EncodingAESKey",
        description="在“服务器配置”中生成，43 个字符。不填就是明文模式，见过一次请求的人就能冒充微信，只宜试用",
        json_schema_extra=_SHAPE,
    )
    previous_aes_key: AesKey | None = Field(
        default=None,
        title="上一个 EncodingAESKey",
        description="更换密钥期间填写，仍用旧密钥发来的消息照常收下",
        json_schema_extra={**_SHAPE, "advanced": True},
    )
    api_base_url: str = Field(
        default="https://api.weixin.qq.com",
        pattern="^https?://.+",
        title="接口地址",
        description="试用其他服务器时修改",
        json_schema_extra={"advanced": True},
    )

    @property
    def aes_keys(self) -> tuple[str, ...]:
        """The current one first."""
        return tuple(key.get_secret_value() for key in (self.aes_key, self.previous_aes_key) if key)
