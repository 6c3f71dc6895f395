"""Settings that several channels have: `title` and `description` are what the page shows."""

from typing import Annotated, Any

from pydantic import Field, SecretStr
from pydantic.config import JsonDict

#: As Tencent's consoles show it.
AES_KEY_SHAPE: JsonDict = {"pattern": "[A-Za-z0-9]{43}", "says": "应为 43 位字母和数字，从后台复制"}
AesKey = Annotated[SecretStr, Field(min_length=43, max_length=43)]


def address_of_interface(official: str, description: str = "试用其他服务器时修改") -> Any:
    """Where the platform's interface is; another server to try it against."""
    return Field(
        default=official,
        pattern="^https?://.+",
        title="接口地址",
        description=description,
        json_schema_extra={"advanced": True},
    )


def previous_aes_key(description: str) -> Any:
    return Field(
        default=None,
        title="上一个 EncodingAESKey",
        description=description,
        json_schema_extra={**AES_KEY_SHAPE, "advanced": True},
    )


def in_order(*keys: SecretStr | None) -> tuple[str, ...]:
    """Those that are set, the current one first."""
    return tuple(key.get_secret_value() for key in keys if key)
