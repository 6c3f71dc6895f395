"""What is sealed can be read with its key only, and the key by its owner only."""

import stat
from pathlib import Path

import pytest

from bot.adapters.seal_box import SealBox
from bot.domain.sealed import CannotOpen

VALUES = {"token": "123456:密钥", "mode": "polling"}


def test_with_a_key_of_its_own(tmp_path: Path) -> None:
    file = tmp_path / "var" / "settings.key"
    sealed = SealBox(None, file).seal(VALUES)
    assert "123456" not in sealed
    assert SealBox(None, file).open(sealed) == VALUES
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    key = file.read_text()
    SealBox(None, file).seal(VALUES)
    assert file.read_text() == key, "made once"


def test_with_a_given_key_no_file_is_made(tmp_path: Path) -> None:
    file = tmp_path / "settings.key"
    assert SealBox("k" * 32, file).open(SealBox("k" * 32, file).seal(VALUES)) == VALUES
    assert not file.exists()


@pytest.mark.parametrize("other", [None, "o" * 32])
def test_another_key_opens_nothing_and_is_not_made_up(tmp_path: Path, other: str | None) -> None:
    file = tmp_path / "settings.key"
    sealed = SealBox("k" * 32, file).seal(VALUES)
    with pytest.raises(CannotOpen, match=r"settings\.key"):
        SealBox(other, file).open(sealed)
    assert not file.exists()


def test_what_was_changed_is_not_opened(tmp_path: Path) -> None:
    sealed = SealBox("k" * 32, tmp_path / "key").seal(VALUES)
    with pytest.raises(CannotOpen):
        SealBox("k" * 32, tmp_path / "key").open(sealed[:-6] + "AAAA==")
