"""A long text is divided where it reads well, fits, and nothing of it is lost."""

from hypothesis import given
from hypothesis import strategies as st

from bot.channels.dividing import divide, utf16_length


def test_what_fits_is_left_alone() -> None:
    assert divide("请先关阀。", 5) == ["请先关阀。"]


def test_it_is_divided_at_a_paragraph_or_a_sentence() -> None:
    assert divide("第一段很长\n\n第二段", 8) == ["第一段很长", "第二段"]
    assert divide("请先关阀。再开窗通风", 8) == ["请先关阀。", "再开窗通风"]


def test_an_early_end_is_not_taken() -> None:
    assert divide("好。一二三四五六七八九", 8) == ["好。一二三四五六", "七八九"]


def test_characters_that_telegram_counts_twice() -> None:
    assert divide("🔥" * 5, 4, utf16_length) == ["🔥🔥", "🔥🔥", "🔥"]


@given(st.text(st.characters(codec="utf-8"), max_size=300), st.integers(2, 40))
def test_every_part_fits_and_only_space_is_dropped(text: str, limit: int) -> None:
    parts = divide(text, limit, utf16_length)
    assert all(utf16_length(part) <= limit for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())
