"""How Chinese characters sound, without tones: who types by pinyin picks the wrong character of the right sound."""

from functools import lru_cache

from pypinyin import Style, lazy_pinyin, pinyin


@lru_cache(maxsize=20_000)
def sounds(char: str) -> frozenset[str]:
    """Every reading of a character ("行": xing, hang …); a letter or digit sounds like itself."""
    return frozenset(pinyin(char, style=Style.NORMAL, heteronym=True)[0])


def spelt(text: str) -> str:
    """The text in pinyin, as typed without choosing characters: "不知道" → "buzhidao"."""
    return "".join(reading[0] for reading in pinyin(text, style=Style.NORMAL))


def initials(text: str) -> str:
    """The first letter of each syllable, to find a title by: "请您稍等" → "qnsd"."""
    letters = lazy_pinyin(text, style=Style.FIRST_LETTER, errors=lambda other: other)
    return "".join(char for char in "".join(letters).casefold() if char.isalnum())


def is_chinese(text: str) -> bool:
    return all("\u4e00" <= char <= "\u9fff" for char in text)
