"""What an administrator changes besides examples: responses, articles, new intents. Values are plain data (JSON)."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from string import Formatter
from typing import Any, Protocol

from bot.training.change_set import Finding, Level

#: {"texts": […]}, an article's keys, {"label", "description", "texts", "examples"}.
Value = Mapping[str, Any]


class Kind(StrEnum):
    RESPONSE = "response"
    ARTICLE = "article"
    INTENT = "intent"


@dataclass(frozen=True)
class Edit:
    kind: Kind
    #: The response's name, the article's id, the intent's name.
    key: str
    #: None: there was none, or there is to be none.
    before: Value | None
    after: Value | None

    @property
    def reversed(self) -> "Edit":
        return Edit(self.kind, self.key, self.after, self.before)


class BadEdit(ValueError):
    """Cannot be written at all; the text (Chinese) says why and what to do."""


class TextFiles(Protocol):
    """domain.yml, data/rules, data/nlu, data/knowledge. Raises OSError or ValueError with the file's name."""

    async def current(self, kind: Kind, key: str) -> Value | None: ...

    async def all(self, kind: Kind) -> dict[str, Value]: ...

    async def problems(self, edit: Edit) -> list[str]:
        """What the files' own readers would say against it (Chinese). Raises BadEdit."""
        ...

    async def diff(self, edit: Edit) -> str: ...

    async def write(self, edit: Edit) -> None:
        """Each file is seen as it was or as it is to be; again is harmless."""
        ...


@dataclass(frozen=True)
class House:
    """What texts are measured by."""

    #: The company's facts by the name a text has them by in braces.
    facts: Mapping[str, str]
    #: Forbidden expressions in a text, each with what to say instead (Chinese).
    forbidden: Callable[[str], Sequence[str]]


def check_texts(before: Sequence[str], after: Sequence[str], house: House) -> list[Finding]:
    """What speaks against what customers are to read instead."""
    found = _about_names(before, after, house.facts)
    for text in after:
        found += [Finding(Level.STOP, text, words) for words in house.forbidden(text)]
        found += _written_out(text, "\n".join(before), house.facts)
    order = list(Level)
    return sorted(dict.fromkeys(found), key=lambda finding: order.index(finding.level))


def names_in(text: str) -> frozenset[str]:
    """What stands in braces. Raises BadEdit."""
    try:
        fields = [(name, spec, conversion) for _, name, spec, conversion in Formatter().parse(text) if name is not None]
    except ValueError:
        raise BadEdit("花括号不成对；要填入的内容应写成 {hotline} 这样。") from None
    for name, spec, conversion in fields:
        if spec or conversion or not re.fullmatch("[a-z][a-z0-9_]*", name):
            raise BadEdit(f"花括号里的“{name}”写错了：只能写小写英文名字，例如 {{hotline}}。")
    return frozenset(name for name, _, _ in fields)


def shown(text: str, facts: Mapping[str, str]) -> list[str]:
    """The bubbles a customer sees; what only the dialogue knows stands in brackets. Raises BadEdit."""
    filled = {name: facts.get(name, f"〔{name}〕") for name in names_in(text)}
    whole = text.format_map(filled)
    return [bubble.strip() for bubble in re.split(r"\n\s*\n", whole) if bubble.strip()]


def _about_names(before: Sequence[str], after: Sequence[str], facts: Mapping[str, str]) -> list[Finding]:
    had = frozenset[str]().union(*map(names_in, before))
    has = frozenset[str]().union(*map(names_in, after))
    found = []
    for name in sorted(had - has):
        level = Level.REASON if name in facts else Level.STOP
        advice = (
            "如果确实不再需要，请写明理由。"
            if name in facts
            else "这是办理时查到的内容，去掉后用户就看不到了，请加回来。"
        )
        found.append(Finding(level, "", f"少了 {{{name}}}。{advice}"))
    for name in sorted(has - had - facts.keys()):
        found.append(Finding(Level.STOP, "", f"没有 {{{name}}} 这个可以填入的内容，请检查拼写。"))
    return found


def _written_out(text: str, before: str, facts: Mapping[str, str]) -> list[Finding]:
    """Numbers and names of the company change there, and would be forgotten here."""
    found = []
    for name, value in facts.items():
        if not _worth_naming(value) or not _stands_in(value, text) or _stands_in(value, before):
            continue
        words = f"“{value}”是公司资料里的内容，建议写成 {{{name}}}，以后改公司资料时这里会跟着变。"
        found.append(Finding(Level.NOTICE, "", words))
    return found


def _worth_naming(value: str) -> bool:
    """A single figure stands for many things; long lists are not typed in."""
    bare = value.strip()
    return 2 <= len(bare) <= 30 and (any(c.isdigit() for c in bare) or len(bare) >= 4) and "\n" not in bare


def _stands_in(value: str, text: str) -> bool:
    return re.search(rf"(?<![\d.]){re.escape(value)}(?![\d.]\d|\d)", text) is not None
