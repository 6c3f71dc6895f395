"""Divides a long text into messages a platform takes."""

from collections.abc import Callable

#: Where a text is best divided, the best first.
_ENDS = ("\n\n", "\n", "。", "！", "？", "；", "，", " ")


def utf16_length(text: str) -> int:
    """How Telegram and many others count: characters beyond U+FFFF are two."""
    return len(text) + sum(char > "\uffff" for char in text)


def divide(text: str, limit: int, length: Callable[[str], int] = len) -> list[str]:
    """Parts of at most `limit`, ended at a paragraph, a sentence or a word if one ends in the part's latter half."""
    parts = []
    while length(text) > limit:
        whole = _fitting(text, limit, length)
        at = _end_in(whole)
        parts.append(whole[:at].rstrip())
        text = text[at:].lstrip("\n ")
    return [part for part in (*parts, text) if part]


def _fitting(text: str, limit: int, length: Callable[[str], int]) -> str:
    """The longest beginning that fits."""
    whole = text[:limit]
    while length(whole) > limit:
        whole = whole[: len(whole) - max(1, (length(whole) - limit) // 2)]
    return whole


def _end_in(whole: str) -> int:
    for end in _ENDS:
        at = whole.rfind(end)
        if at >= len(whole) // 2:
            return at + len(end)
    return len(whole)
