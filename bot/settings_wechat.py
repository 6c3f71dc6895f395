"""What the environment says of the Official Account: GASDESK_WECHAT__* (docs/wechat.md)."""

from pydantic import BaseModel, Field, SecretStr

from bot.settings_fields import AES_KEY_SHAPE, AesKey, address_of_interface, in_order, previous_aes_key


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
        json_schema_extra=AES_KEY_SHAPE,
    )
    previous_aes_key: AesKey | None = previous_aes_key("更换密钥期间填写，仍用旧密钥发来的消息照常收下")
    api_base_url: str = address_of_interface("https://api.weixin.qq.com")

    @property
    def aes_keys(self) -> tuple[str, ...]:
        return in_order(self.aes_key, self.previous_aes_key)
