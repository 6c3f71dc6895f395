"""Pairs of characters find Chinese words of two characters, and the ends of numbers."""

import pytest

from bot.domain.search_terms import MOST_PAIRS, excerpt, folded, holds, pairs, words_of


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("漏气了", ["漏气", "气了"]),
        ("ＩＣ卡，坏了", ["ic", "c卡", "坏了"]),
        ("138 0013", ["13", "38", "00", "01"]),
        ("哈哈哈", ["哈哈"]),
        ("气", []),
        ("！？", []),
        ("", []),
    ],
)
def test_pairs(text: str, found: list[str]) -> None:
    assert pairs(text) == found


def test_a_very_long_text_has_an_end() -> None:
    text = "".join(chr(0x4E00 + number) for number in range(MOST_PAIRS * 2))
    assert len(pairs(text)) == MOST_PAIRS


def test_each_word_has_to_be_there_in_any_spelling() -> None:
    words = words_of(" 漏气  IC卡 ")
    assert words == ["漏气", "ic卡"]
    assert holds("我的ＩＣ卡漏气", words)
    assert not holds("漏 气，IC卡", words)


def test_an_excerpt_shows_the_word_in_one_line() -> None:
    text = "前" * 50 + "\n漏气" + "后" * 50
    line = excerpt(text, ["漏气"])
    assert line == "…" + ("前" * 23 + " 漏气") + "后" * 24 + "…"
    assert excerpt("漏气", ["漏气"]) == "漏气"
    assert excerpt("什么", ["没有"]) == "什么"
    assert folded("ＡＢ") == "ab"
