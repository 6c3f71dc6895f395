"""Encrypts what must not lie readable in the database or its backups."""

import base64
import hashlib
import json
import os
import secrets
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from cryptography.fernet import Fernet, InvalidToken

from bot.domain.sealed import CannotOpen


class SealBox:
    """With the given key, or else one in a file that is made when first needed and only its owner may read."""

    def __init__(self, key: str | None, file: Path) -> None:
        self._key = key
        self._file = file

    def seal(self, values: Mapping[str, Any]) -> str:
        """Raises OSError when the key can neither be read nor made."""
        return self._box(make=True).encrypt(json.dumps(dict(values), ensure_ascii=False).encode()).decode()

    def open(self, sealed: str) -> dict[str, Any]:
        """Raises CannotOpen."""
        try:
            found: dict[str, Any] = json.loads(self._box(make=False).decrypt(sealed.encode()))
        except (InvalidToken, OSError):
            raise CannotOpen from None
        return found

    def _box(self, *, make: bool) -> Fernet:
        key = self._key
        if key is None:
            if make:
                self._make()
            key = self._file.read_text(encoding="ascii").strip()
        return Fernet(base64.urlsafe_b64encode(hashlib.sha256(key.encode()).digest()))

    def _make(self) -> None:
        self._file.parent.mkdir(parents=True, exist_ok=True)
        with suppress(FileExistsError):
            handle = os.open(self._file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "w", encoding="ascii") as file:
                file.write(secrets.token_urlsafe(32))
