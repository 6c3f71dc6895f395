"""What the environment decides: ports, addresses, where data lies. The business is in company.yml."""

import secrets
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

Port = Annotated[int, Field(ge=1, le=65535)]

ROOT = Path(__file__).resolve().parent.parent


class Settings(BaseSettings):
    """Read from GASDESK_* variables; everything has a default for one machine."""

    model_config = SettingsConfigDict(env_prefix="GASDESK_", env_nested_delimiter="__", extra="ignore")

    host: str = "127.0.0.1"
    port: Port = 8000
    rasa_port: Port = 5005
    #: Another machine's Rasa; none is started here then.
    rasa_url: str | None = None
    #: The key in the address Rasa posts actions to; made anew at each start unless Rasa runs elsewhere.
    action_key: str = Field(default_factory=lambda: secrets.token_urlsafe(24))
    data: Path = Path("var")
    company: Path = Path("company.yml")
    knowledge: Path = Path("data/knowledge")
    #: Forbidden expressions and canned replies.
    wording: Path = Path("wording.yml")
    database_url: str | None = None
    redis_url: str | None = None
    #: Put an example company into an empty database.
    demo: bool = True
    #: Behind a proxy that sets X-Forwarded-For and X-Forwarded-Proto.
    trust_proxy: bool = False
    log_json: bool = False
    log_level: str = "INFO"

    @property
    def database(self) -> str:
        return self.database_url or f"sqlite+aiosqlite:///{self.data_dir / 'gasdesk.db'}"

    @property
    def data_dir(self) -> Path:
        return self.data if self.data.is_absolute() else ROOT / self.data

    @property
    def company_file(self) -> Path:
        return self.company if self.company.is_absolute() else ROOT / self.company

    @property
    def wording_file(self) -> Path:
        return self.wording if self.wording.is_absolute() else ROOT / self.wording

    @property
    def knowledge_folder(self) -> Path:
        return self.knowledge if self.knowledge.is_absolute() else ROOT / self.knowledge


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
    return f"环境变量 GASDESK_{name}：{_wanted(error)}，现在是 {error['input']!r}"


def _wanted(error: Any) -> str:
    if error["type"] in ("int_parsing", "greater_than_equal", "less_than_equal"):
        return "应为 1 到 65535 之间的整数"
    if error["type"].startswith("bool"):
        return "应为 true 或 false"
    return f"无法使用（{error['msg']}）"
