"""Signatures and AES of WeChat's callbacks in safe mode (安全模式).

AES-256-CBC with the key's first 16 bytes as initialisation vector, and PKCS#7 with blocks of 32 bytes instead of
AES's own 16: general libraries refuse that padding, so it is done here. Checked against the official examples, and
against wechatpy and npm wechat-crypto (tests/unit/test_wechat_crypto.py, tests/wechat/).
"""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

_PADDING = 32
#: Random bytes, then four bytes that tell how long the message is.
_RANDOM, _HEAD = 16, 20


class BadSignature(Exception):
    """Whoever sent it does not know our token."""


class CannotDecrypt(Exception):
    """No key we have makes sense of it, or it was meant for another account."""


def signature(token: str, *parts: str) -> str:
    """SHA-1 over token and parts, sorted: `signature` without the ciphertext, `msg_signature` with it."""
    return hashlib.sha1("".join(sorted([token, *parts])).encode(errors="replace"), usedforsecurity=False).hexdigest()


def check_signature(given: str, token: str, *parts: str) -> None:
    """In constant time. Raises BadSignature."""
    if not hmac.compare_digest(signature(token, *parts).encode(), given.encode(errors="replace")):
        raise BadSignature


@dataclass(frozen=True)
class AesKey:
    """What an EncodingAESKey stands for."""

    key: bytes

    @classmethod
    def of(cls, encoding_aes_key: str) -> Self:
        """Raises ValueError unless it has the 43 characters that the console gives."""
        try:
            key = base64.b64decode(encoding_aes_key + "=", validate=True)
        except ValueError:
            key = b""
        if len(encoding_aes_key) != 43 or len(key) != 32:
            raise ValueError("EncodingAESKey has 43 letters and digits")
        return cls(key)

    def encrypt(self, message: bytes, app_id: str, random: bytes | None = None) -> str:
        """Base64, as `<Encrypt>` holds it; `random` is 16 bytes."""
        plain = (random or secrets.token_bytes(_RANDOM)) + len(message).to_bytes(4) + message + app_id.encode()
        padding = _PADDING - len(plain) % _PADDING
        encryptor = self._cipher.encryptor()
        encrypted = encryptor.update(plain + bytes([padding]) * padding) + encryptor.finalize()
        return base64.b64encode(encrypted).decode()

    def decrypt(self, encrypted: str, app_id: str) -> bytes:
        """Raises CannotDecrypt."""
        try:
            decryptor = self._cipher.decryptor()
            plain = decryptor.update(base64.b64decode(encrypted, validate=True)) + decryptor.finalize()
        except ValueError as problem:
            raise CannotDecrypt("not whole blocks in Base64") from problem
        plain = _unpadded(plain)
        end = _HEAD + int.from_bytes(plain[_RANDOM:_HEAD])
        if not hmac.compare_digest(plain[end:], app_id.encode()):
            raise CannotDecrypt("meant for another account, or encrypted with another key")
        return plain[_HEAD:end]

    @property
    def _cipher(self) -> Cipher[modes.CBC]:
        return Cipher(algorithms.AES(self.key), modes.CBC(self.key[:16]))


def decrypt_with_any(keys: Sequence[AesKey], encrypted: str, app_id: str) -> tuple[bytes, AesKey]:
    """The message and the key that fits: the current one, or the previous one while it is being changed.

    Raises CannotDecrypt.
    """
    reason = CannotDecrypt("there is no key")
    for key in keys:
        try:
            return key.decrypt(encrypted, app_id), key
        except CannotDecrypt as problem:
            reason = problem
    raise reason


def _unpadded(plain: bytes) -> bytes:
    padding = plain[-1] if plain else 0
    if not 1 <= padding <= _PADDING or not plain.endswith(bytes([padding]) * padding):
        raise CannotDecrypt("bad padding: encrypted with another key")
    return plain[:-padding]
