"""What a customer may write, and what is left of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.text import LONGEST, BadText, clean, tidy


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("  你好\n", "你好"),
        ("第一行\n第二行\t完", "第一行\n第二行\t完"),
        ("a\x00b\x1b[0m", "ab[0m"),
        ("\ud83d坏字", "坏字"),
        ("👨‍👩‍👧", "👨‍👩‍👧"),
        ("长" * LONGEST, "长" * LONGEST),
        ("  " + "长" * LONGEST + "  ", "长" * LONGEST),
    ],
)
def test_a_message_without_what_cannot_be_stored(raw: str, text: str) -> None:
    assert clean(raw) == text


@pytest.mark.parametrize("raw", ["", "   ", "\n\t", "\x00", "\u200b\u200d", "\ufeff \u2028", None, 7, b"x", ["x"]])
def test_what_shows_nothing_is_no_message(raw: object) -> None:
    with pytest.raises(BadText):
        clean(raw)


def test_what_is_too_long_is_refused_or_cut() -> None:
    with pytest.raises(BadText, match=f"{LONGEST + 1}字"):
        clean("长" * (LONGEST + 1))
    assert clean(" " * 9_000 + "长" * 9_000, cut=True) == "长" * LONGEST


@given(st.text())
def test_whatever_it_is_it_can_be_stored_and_is_clean_for_good(raw: str) -> None:
    once = tidy(raw)
    assert tidy(once) == once
    assert "\x00" not in once
    once.encode()
