"""Several messages to a customer as few of WeChat's: each one is counted, so they are merged as far as they fit."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from bot.domain.conversations import Button, Message

#: The platform refuses a longer text (45002).
LONGEST_BYTES = 2048
_BETWEEN = "\n\n"
#: Where a text is divided, the best first.
_BREAKS = ("\n\n", "\n", "。", "；", "，", " ")

type Json = dict[str, Any]


@dataclass(frozen=True)
class Choice:
    """A button as WeChat's menu item; its number leads back to the button (`chosen`)."""

    number: str
    title: str


@dataclass(frozen=True)
class Package:
    """The first `count` messages as `parts`, each a message of WeChat's; the choices belong to the last part.

    A file comes behind the parts, which are the words beside it.
    """

    count: int
    parts: tuple[str, ...]
    choices: tuple[Choice, ...] = ()
    file: bool = False

    @property
    def number_of_parts(self) -> int:
        return len(self.parts) + self.file

    def choices_at(self, place: int) -> tuple[Choice, ...]:
        return self.choices if place == len(self.parts) - 1 else ()


def pack(messages: Sequence[Message]) -> Package:
    """Take as many as fit into one text; the first in several parts if it is too long by itself."""
    first = messages[0]
    if carries_file(first):
        return Package(1, divided(first.caption, LONGEST_BYTES), file=True)
    text, choices = first.text, choices_of(first)
    if _size(text, choices) > LONGEST_BYTES:
        return Package(1, divided(text, LONGEST_BYTES - _size("", choices)), choices)
    count = 1
    for message in messages[1:]:
        longer = text + _BETWEEN + message.text
        # A menu stands at the end: what comes after buttons is a message of its own.
        if choices or _size(longer, choices_of(message)) > LONGEST_BYTES:
            break
        text, choices, count = longer, choices_of(message), count + 1
    return Package(count, (text,), choices)


def carries_file(message: Message) -> bool:
    return message.attachment is not None and message.attachment.file is not None


def divided(text: str, longest: int) -> tuple[str, ...]:
    """Pieces of at most `longest` bytes, divided between paragraphs, lines, sentences or at least characters."""
    pieces = []
    while len(text.encode()) > longest:
        piece = text.encode()[:longest].decode(errors="ignore")
        end = next((piece.rindex(mark) + len(mark) for mark in _BREAKS if mark in piece[len(piece) // 2 :]), len(piece))
        pieces.append(text[:end].rstrip())
        text = text[end:].lstrip()
    return (*pieces, text) if text else tuple(pieces)


def with_links(text: str, choices: Sequence[Choice]) -> str:
    """For a passive reply, which knows no menu: a tapped link says its title, as a menu item does."""
    return "\n".join([text, *map(_link, choices)])


def as_message(text: str, choices: Sequence[Choice] = ()) -> Json:
    """For a customer-service message."""
    if not choices:
        return {"msgtype": "text", "text": {"content": text}}
    items = [{"id": choice.number, "content": choice.title} for choice in choices]
    return {"msgtype": "msgmenu", "msgmenu": {"head_content": text, "list": items, "tail_content": ""}}


def chosen(number: str) -> tuple[int, int] | None:
    """The message's number and the button's place in it; None if the number is not one of ours."""
    seq, dash, place = number.partition("-")
    if not (dash and seq.isdecimal() and place.isdecimal() and len(number) <= 20):
        return None
    return int(seq), int(place)


def choices_of(message: Message) -> tuple[Choice, ...]:
    return tuple(Choice(f"{message.seq}-{place}", button.title) for place, button in enumerate(message.buttons))


def _link(choice: Choice) -> str:
    content = quote(choice.title, safe="")
    return f'<a href="weixin://bizmsgmenu?msgmenucontent={content}&msgmenuid={choice.number}">{choice.title}</a>'


def _size(text: str, choices: Sequence[Choice]) -> int:
    return len(with_links(text, choices).encode())


def button_of(message: Message, place: int) -> Button | None:
    return message.buttons[place] if place < len(message.buttons) else None
