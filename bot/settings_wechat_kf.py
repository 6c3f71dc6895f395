"""What the environment says of 微信客服: GASDESK_WECHAT_KF__* (docs/wechat-kf.md)."""

from datetime import timedelta

from pydantic import BaseModel, Field, SecretStr

from bot.settings_fields import AES_KEY_SHAPE, AesKey, address_of_interface, in_order, previous_aes_key


class WeChatKfSettings(BaseModel):
    """How our side and 企业微信 know each other. Callbacks are always sealed: there is no plain mode."""

    corp_id: str = Field(title="企业 ID", description="企业微信管理后台“我的企业 → 企业信息”")
    secret: SecretStr = Field(
        title="Secret",
        description="“微信客服 → 可调用接口的应用”中那个自建应用的 Secret；把本服务器的 IP 加入它的可信 IP",
    )
    token: SecretStr = Field(title="Token", description="与“微信客服 → 开发配置”中一致")
    aes_key: AesKey = Field(
        title="EncodingAESKey", description="在“开发配置”中生成，43 个字符", json_schema_extra=AES_KEY_SHAPE
    )
    previous_aes_key: AesKey | None = previous_aes_key("更换密钥期间填写")
    open_kfid: str = Field(
        default="",
        title="客服账号",
        description="要接待的客服账号 ID，多个用逗号分开；不填则接待应用管理的全部账号",
        json_schema_extra={"advanced": True},
    )
    #: How long a message may lie there whose notice was lost; 企业微信 allows few calls without a notice.
    poll_seconds: float = Field(
        default=60,
        ge=10,
        title="补取间隔（秒）",
        description="通知丢失时，最多这么久后补取消息",
        json_schema_extra={"advanced": True},
    )
    api_base_url: str = address_of_interface("https://qyapi.weixin.qq.com")

    @property
    def aes_keys(self) -> tuple[str, ...]:
        return in_order(self.aes_key, self.previous_aes_key)

    @property
    def accounts(self) -> tuple[str, ...]:
        return tuple(filter(None, (name.strip() for name in self.open_kfid.split(","))))

    @property
    def poll(self) -> timedelta:
        return timedelta(seconds=self.poll_seconds)
