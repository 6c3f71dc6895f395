"""What a customer may write: bounds and clean-up of a message's text."""

import unicodedata

#: Characters after trimming. Longer ones are refused, not cut: nothing of a customer's is lost unseen.
LONGEST = 4_000


class BadText(ValueError):
    """The message cannot be taken; the text tells the customer why, in Chinese."""


def clean(raw: object, *, cut: bool = False) -> str:
    """The message without control characters and outer space; with `cut` a longer one is shortened. Raises BadText."""
    if not isinstance(raw, str):
        raise BadText("消息格式不正确，请重新发送文字。")
    text = tidy(raw)
    if all(unicodedata.category(char)[0] in "CZ" for char in text):  # nothing that could be seen
        raise BadText("消息是空的，请写下您的问题再发送。")
    if cut:
        text = text[:LONGEST]
    if len(text) > LONGEST:
        raise BadText(f"消息太长（{len(text)}字），请控制在{LONGEST}字以内，或分成几条发送。")
    return text


def tidy(text: str) -> str:
    """Without control characters (PostgreSQL cannot hold a NUL) and outer space; may be empty."""
    return "".join(char for char in text if char in "\n\t" or unicodedata.category(char) not in ("Cc", "Cs")).strip()
