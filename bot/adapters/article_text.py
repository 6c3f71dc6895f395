"""A file of data/knowledge as text: one article changes, comments and the order of everything stay."""

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarstring import LiteralScalarString

#: In this order in a new article.
KEYS = (
    "id", "question", "wordings", "answer", "keywords", "category", "refines", "follows", "follow_ups",
    "valid_from", "valid_to", "source",
)  # fmt: skip
#: In one line, as `[软管, 胶管]`.
_IN_LINE = frozenset({"keywords", "refines", "follows"})


@dataclass(frozen=True)
class _Place:
    id: str
    start: int
    #: Behind its last line that says something.
    end: int


def articles_in(text: str) -> dict[str, dict[str, Any]]:
    """By id what is written of each article, as plain data; days as `2026-01-31`."""
    data = YAML(typ="safe").load(text) or []
    return {str(one["id"]): {key: _plain(value) for key, value in one.items()} for one in data}


def with_article(text: str, article_id: str, value: Mapping[str, Any] | None) -> str:
    """The file with the article changed, added at the end, or (None) taken out."""
    lines = text.splitlines()
    place = next((place for place in _places(lines) if place.id == article_id), None)
    if place is None:
        added = _dumped(_new(value)) if value else []
        lines += ["", *added] if added and lines else added
    elif value is None:
        end = place.end + (place.end < len(lines) and not lines[place.end].strip())
        del lines[place.start : end]
    else:
        data = _yaml().load("\n".join(line[2:] for line in lines[place.start : place.end]))
        _update(data, value)
        lines[place.start : place.end] = _dumped(data)
    while lines and not lines[-1].strip():
        lines.pop()
    return "".join(f"{line}\n" for line in lines)


def _places(lines: list[str]) -> Iterator[_Place]:
    starts = [number for number, line in enumerate(lines) if line.startswith("- ")]
    for start, end in pairwise([*starts, len(lines)]):
        while end > start and (not lines[end - 1].strip() or lines[end - 1].startswith("#")):
            end -= 1
        data = YAML(typ="safe").load("\n".join(line[2:] for line in lines[start:end]))
        yield _Place(str(data.get("id")), start, end)


def _update(data: CommentedMap, value: Mapping[str, Any]) -> None:
    for key in [key for key in data if key not in value]:
        del data[key]
    for key in KEYS:
        if key not in value or (key in data and _plain(data[key]) == value[key]):
            continue
        if key in data:
            data[key] = _written(key, value[key])
        else:
            behind = [place for place, other in enumerate(data) if KEYS.index(other) < KEYS.index(key)]
            data.insert(behind[-1] + 1 if behind else 0, key, _written(key, value[key]))


def _new(value: Mapping[str, Any]) -> CommentedMap:
    made = CommentedMap()
    for key in KEYS:
        if key in value:
            made[key] = _written(key, value[key])
    return made


def _written(key: str, value: Any) -> Any:
    if isinstance(value, list):
        made = CommentedSeq(value)
        if key in _IN_LINE:
            made.fa.set_flow_style()
        return made
    if key == "answer" and ("\n" in value or value.startswith("{")):
        return LiteralScalarString(value)
    if key in ("valid_from", "valid_to"):
        return YAML(typ="safe").load(value)
    return value


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return [str(each) for each in value]
    return value if value is None else str(value)


def _dumped(data: CommentedMap) -> list[str]:
    out = io.StringIO()
    _yaml().dump(data, out)
    first, *others = out.getvalue().splitlines()
    return [f"- {first}", *(f"  {line}" if line else "" for line in others)]


def _yaml() -> YAML:
    """As the shipped files are written: the same text comes out when nothing was changed."""
    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = 1_000_000
    yaml.indent(mapping=2, sequence=4, offset=2)
    return yaml
