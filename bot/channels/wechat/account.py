"""What we and Tencent's server know of each other: callbacks are signed and sealed with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from bot.channels.wechat.crypto import AesKey


@dataclass(frozen=True)
class Account:
    """An Official Account (its AppID), or an enterprise (企业 ID) with 微信客服."""

    id: str
    token: str
    #: The current key and, while it is being changed, the previous one; none: plain mode, for trying it out.
    keys: tuple[AesKey, ...]

    @classmethod
    def of(cls, account_id: str, token: str, encoding_aes_keys: Sequence[str]) -> Self:
        """Raises ValueError for what is no EncodingAESKey."""
        return cls(account_id, token, tuple(AesKey.of(key) for key in encoding_aes_keys))
