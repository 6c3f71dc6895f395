"""What the environment decides: ports, addresses, where data lies. The business is in company.yml."""

import secrets
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, AnyHttpUrl, BaseModel, BeforeValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.casework.signing import key_of
from bot.settings_files import FileSettings
from bot.settings_telegram import TelegramSettings
from bot.settings_training import TrainingSettings
from bot.settings_wechat import WeChatSettings
from bot.settings_wechat_kf import WeChatKfSettings

Port = Annotated[int, Field(ge=1, le=65535)]

ROOT = Path(__file__).resolve().parent.parent


def _usable(secret: SecretStr) -> SecretStr:
    key_of(secret.get_secret_value())
    return secret


def _sites(value: object) -> object:
    return tuple(value.split()) if isinstance(value, str) else value


#: Of a Content-Security-Policy: a scheme and a host, no path and nothing that would end the directive.
Site = Annotated[str, Field(pattern=r"^https?://(\*\.)?[A-Za-z0-9.-]+(:\d{1,5})?$")]
EmbedSites = Annotated[tuple[Site, ...], NoDecode, BeforeValidator(_sites)]


class WebhookTarget(BaseModel):
    """Where a field unit's system takes orders, and the secret they are signed with ("whsec_…")."""

    url: AnyHttpUrl
    secret: Annotated[SecretStr, AfterValidator(_usable)]


class WebhookTargets(BaseModel):
    """Field units by their keys in the company profile; who has no system gets his orders on paper."""

    repair: WebhookTarget | None = None
    operations: WebhookTarget | None = None
    branch: WebhookTarget | None = None


class Settings(BaseSettings):
    """Read from GASDESK_* variables; everything has a default for one machine."""

    model_config = SettingsConfigDict(env_prefix="GASDESK_", env_nested_delimiter="__", extra="ignore")

    host: str = "127.0.0.1"
    port: Port = 8000
    rasa_port: Port = 5005
    #: Where the next model's Rasa is started before it takes over; the port after the other unless told.
    rasa_spare: Port | None = None
    #: Another machine's Rasa; none is started here then.
    rasa_url: str | None = None
    #: The key in the address Rasa posts actions to; made anew at each start unless Rasa runs elsewhere.
    action_key: str = Field(default_factory=lambda: secrets.token_urlsafe(24))
    data: Path = Path("var")
    company: Path = Path("company.yml")
    knowledge: Path = Path("data/knowledge")
    #: Forbidden expressions and canned replies.
    wording: Path = Path("wording.yml")
    #: Rasa's project: the folder of config.yml, domain.yml and data/.
    project: Path = Path(".")
    models: Path = Path("models")
    database_url: str | None = None
    #: Encrypts what is saved on the page; without it a key is made in the data folder.
    settings_key: Annotated[SecretStr, Field(min_length=32)] | None = None
    redis_url: str | None = None
    #: Put an example company into an empty database.
    demo: bool = True
    #: Behind a proxy that sets X-Forwarded-For and X-Forwarded-Proto.
    trust_proxy: bool = False
    telegram: TelegramSettings | None = None
    #: Where people outside reach gasdesk ("https://gas.example"); the links of field workers begin with it.
    public_url: str | None = None
    #: GASDESK_WEBHOOKS__REPAIR__URL, __SECRET and so on.
    webhooks: WebhookTargets = WebhookTargets()
    files: FileSettings = FileSettings()
    #: Sites on which the chat may be embedded, divided by spaces ("https://www.gas.example https://*.gas.example").
    embed_sites: EmbedSites = ()
    training: TrainingSettings = TrainingSettings()
    log_json: bool = False
    log_level: str = "INFO"
    wechat: WeChatSettings | None = None
    wechat_kf: WeChatKfSettings | None = None

    @property
    def database(self) -> str:
        return self.database_url or f"sqlite+aiosqlite:///{self.data_dir / 'gasdesk.db'}"

    @property
    def own_url(self) -> str:
        """How gasdesk is reached, without a slash at the end."""
        return (self.public_url or f"http://{self.host}:{self.port}").rstrip("/")

    # A path from the root stays as it is: ROOT / "/var/gasdesk" is "/var/gasdesk".

    @property
    def data_dir(self) -> Path:
        return ROOT / self.data

    @property
    def rasa_spare_port(self) -> int:
        return self.rasa_spare or self.rasa_port + 1

    @property
    def project_dir(self) -> Path:
        return ROOT / self.project

    @property
    def models_dir(self) -> Path:
        return ROOT / self.models

    @property
    def company_file(self) -> Path:
        return ROOT / self.company

    @property
    def wording_file(self) -> Path:
        return ROOT / self.wording

    @property
    def knowledge_folder(self) -> Path:
        return ROOT / self.knowledge


class SettingsError(ValueError):
    """A GASDESK_* variable is wrong; the text names each and what it should be, in Chinese."""


def load_settings(**given: Any) -> Settings:
    """Settings from the environment. Raises SettingsError."""
    try:
        return Settings(**given)
    except ValidationError as problem:
        raise SettingsError("\n".join(_line(error) for error in problem.errors())) from None


def _line(error: Any) -> str:
    name = "__".join(str(part) for part in error["loc"]).upper()
    # Half a secret in a log is a secret lost.
    hidden = error["type"] == "missing" or any(word in name for word in ("SECRET", "TOKEN", "KEY"))
    present = "" if hidden else f"，现在是 {error['input']!r}"
    return f"环境变量 GASDESK_{name}：{wanted(error)}{present}"


def wanted(error: Any) -> str:
    """What a setting should be, in Chinese; nothing of what it is now."""
    if error["type"] == "greater_than_equal" and error["ctx"]["ge"] > 1:
        return f"不得小于 {error['ctx']['ge']:g}"
    if error["type"] in ("int_parsing", "greater_than_equal", "less_than_equal"):
        return "应为 1 到 65535 之间的整数"
    if error["type"].startswith("bool"):
        return "应为 true 或 false"
    if error["type"] == "value_error":
        return str(error["ctx"]["error"])
    if error["type"] == "literal_error":
        return f"应为 {error['ctx']['expected'].replace(' or ', ' 或 ')}"
    if error["type"] == "missing":
        return "必须填写"
    if error["type"] in ("string_too_short", "string_too_long", "too_short", "too_long"):
        return f"应为 {error['ctx'].get('min_length', error['ctx'].get('max_length'))} 个字符"
    return f"无法使用（{error['msg']}）"
