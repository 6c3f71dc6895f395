"""No spelling hides an emergency, and no text, however long, holds the screen up."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.conversation.emergency_screen import OVERLAP, WINDOW, screen
from bot.conversation.emergency_signs import SIGNS
from bot.conversation.emergency_sorts import Sign
from bot.conversation.emergency_text import read
from bot.domain.emergencies import EmergencyKind
from tests.unit.emergency_sets import MUST

#: "是…不是漏气了" is an answer: where a separator changes the sense, it may change the result.
HAN_CORE = [text for text, _ in MUST if not text.isascii() and "不是" not in text]


@st.composite
def cut_up(draw: st.DrawFn) -> str:
    text = draw(st.sampled_from(HAN_CORE))
    separators = st.sampled_from(
        ["", "", " ", "\u3000", "\u200b", "-", "…", "~", "·", "/", "，", "。", "！", "😱", "\n"]
    )
    return text[0] + "".join(draw(separators) + character for character in text[1:])


@given(cut_up())
@example("漏。气")
@example("煤 气 泄 漏 了")
def test_separators_between_characters_hide_nothing(text: str) -> None:
    assert screen(text) is not None


@pytest.mark.parametrize("separator", [" ", "。", "、", "-", "\u200b", "…"])
def test_an_emergency_spelt_character_by_character_is_found(separator: str) -> None:
    assert [text for text in HAN_CORE if screen(separator.join(text)) is None] == []


@pytest.mark.parametrize(
    "text", ["漏氣了", "家裡瓦斯外洩", "ＧＡＳ　ＬＥＡＫ", "煤\u200b气\ufeff漏了", "LouQi le", "l o u q i l e"]
)
def test_other_spellings_are_read(text: str) -> None:
    assert screen(text) is EmergencyKind.INDOOR_LEAK


@given(st.text())
@example("")
@example(" \n\u200b。")
@example("🔥💥😱")
@example("\ud800漏气")
def test_no_text_breaks_it(text: str) -> None:
    assert screen(text) in (None, *EmergencyKind)


@given(st.text(alphabet="漏气煤味没有了水管着火不是，。 aq1", max_size=200))
def test_clauses_cover_the_message(text: str) -> None:
    message = read(text)
    assert message.cuts[0] == 0
    assert message.cuts[-1] == len(message.text)
    assert list(message.cuts) == sorted(message.cuts)


@pytest.mark.parametrize("sign", SIGNS, ids=lambda sign: sign.sort.value)
def test_no_sign_matches_nothing(sign: Sign) -> None:
    """An empty match would be found again and again at the same place."""
    assert sign.pattern.search("") is None
    assert sign.pattern.search("x ") is None


LONG = [
    "漏" * WINDOW,
    "没有漏气" * 2_000,
    "没有漏气，" * 13_000,
    "煤气" * 4_000,
    "如果煤气味" * 1_600,
    "快来人" * 2_600 + "！",
    "嘶" * WINDOW,
    "smell " * 1_300,
    "a" * 65_536,
    "。" * 65_536,
    "\ufdfa" * WINDOW,
    "漏 " * 4_000,
]


@pytest.mark.parametrize("text", LONG, ids=lambda text: f"{text[:6]}×{len(text)}")
def test_a_long_text_is_answered(text: str) -> None:
    """Catastrophic patterns would not come back within the suite's time limit."""
    screen(text)


def test_a_report_at_the_end_of_a_long_story_is_found() -> None:
    story = "上个月师傅来换了表，说一切正常，我就没有再管。" * 600
    assert len(story) > WINDOW
    assert screen(story) is None
    assert screen(story + "今天厨房有煤气味") is EmergencyKind.INDOOR_LEAK


def test_a_report_after_a_forwarded_leaflet_is_found() -> None:
    leaflet = "闻到燃气味时应立即关闭阀门，切勿开灯。发生燃气泄漏时请勿使用电话。平时怎么预防煤气中毒？" * 15
    assert screen(leaflet) is None
    assert screen(leaflet + "我家厨房现在就有煤气味") is EmergencyKind.INDOOR_LEAK


@pytest.mark.parametrize("offset", range(-6, 7))
@pytest.mark.parametrize("edge", [WINDOW, WINDOW - OVERLAP])
def test_a_report_across_the_edge_of_a_window_is_found(edge: int, offset: int) -> None:
    text = "好" * (edge + offset) + "，家里漏煤气了，" + "好" * 300
    assert screen(text) is EmergencyKind.INDOOR_LEAK


@pytest.mark.parametrize("offset", range(8))
def test_a_negation_is_not_cut_off_at_the_edge_of_a_window(offset: int) -> None:
    assert screen("好" * offset + "，家里没有漏气。" * 2_000) is None
