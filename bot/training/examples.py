"""What a message teaches: one example or several, with what is marked in them; pure rules."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

#: A longer sentence is a story of several matters: no example of one intent.
LONGEST = 120
#: Says what may be marked, by the name Rasa knows it by.
ENTITY_LABELS = {
    "community": "小区",
    "address": "地址",
    "account_number": "户号",
    "phone_number": "电话",
    "meter_reading": "读数",
    "amount": "金额",
    "time": "时间",
    "appliance": "设备",
}
#: `[幸福小区](community)`, or with more said in braces.
_MARKED = re.compile(r"\[(?P<text>[^\[\]]+)\](?:\((?P<name>[^()\s]+)\)|\{[^{}]*\})")


class BadExample(ValueError):
    """Cannot be an example; the text (Chinese) says why and what to do."""


@dataclass(frozen=True)
class Entity:
    """`start` and `end`: places in the sentence, the end exclusive."""

    start: int
    end: int
    name: str


@dataclass(frozen=True)
class Example:
    text: str
    intent: str
    entities: tuple[Entity, ...] = ()

    @property
    def line(self) -> str:
        """As Rasa writes it: `查[幸福小区](community)停气吗`."""
        parts, done = [], 0
        for entity in self.entities:
            parts += [self.text[done : entity.start], f"[{self.text[entity.start : entity.end]}]({entity.name})"]
            done = entity.end
        return "".join([*parts, self.text[done:]])


def plain(line: str) -> str:
    """A line of Rasa's examples without what is marked in it."""
    return _MARKED.sub(lambda found: found["text"], line)


def read_line(line: str) -> tuple[str, tuple[Entity, ...]]:
    """The sentence of a line, and what is marked in it."""
    entities, text, done = [], "", 0
    for found in _MARKED.finditer(line):
        text += line[done : found.start()]
        if found["name"]:
            entities.append(Entity(len(text), len(text) + len(found["text"]), found["name"]))
        text += found["text"]
        done = found.end()
    return text + line[done:], tuple(entities)


def checked(message: str, examples: Sequence[Example]) -> tuple[Example, ...]:
    """The parts of a message as examples. Raises BadExample.

    Only what the customer wrote is taken: the assistant is to learn how customers write.
    """
    if not examples:
        raise BadExample("请至少留下一句。")
    for one in examples:
        _check_text(one.text, message)
        _check_entities(one)
    texts = [one.text for one in examples]
    if len(set(texts)) < len(texts):
        raise BadExample("拆出来的句子里有两句一样，请去掉一句。")
    return tuple(
        Example(one.text, one.intent, tuple(sorted(one.entities, key=lambda entity: entity.start))) for one in examples
    )


def _check_text(text: str, message: str) -> None:
    if len(text) < 2 or text != text.strip():
        raise BadExample(f"“{text}”太短，或前后有空格；请去掉这一句，或和别的句子合在一起。")
    if len(text) > LONGEST:
        raise BadExample(f"“{text[:20]}…”有 {len(text)} 字，超过 {LONGEST} 字；请拆成几句短的。")
    if text not in message:
        raise BadExample(f"“{text}”不是用户的原话；请只拆开，不要改字。")
    if _MARKED.search(text) or "\n" in text:
        raise BadExample(f"“{text}”里有训练数据的专用符号，不能作为例句。")


def _check_entities(one: Example) -> None:
    end = 0
    for entity in sorted(one.entities, key=lambda entity: entity.start):
        if entity.name not in ENTITY_LABELS:
            raise BadExample(f"没有“{entity.name}”这种标记，请从列表里选择。")
        if not end <= entity.start < entity.end <= len(one.text):
            raise BadExample(f"“{one.text}”里的标记重叠了，或超出了句子；请删掉一个重新标。")
        end = entity.end
