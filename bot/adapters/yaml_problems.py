"""Says in Chinese what is wrong with a YAML file that staff write: which line, which key, what is expected there."""

from collections.abc import Callable, Iterator
from dataclasses import asdict
from datetime import date, time
from decimal import Decimal
from difflib import get_close_matches
from typing import Any, get_args

import annotated_types
from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails
from ruamel.yaml.nodes import MappingNode, Node, SequenceNode

Location = tuple[str | int, ...]

#: Longer values are not repeated: the line number leads to them.
_SHORT = 40

_KINDS: dict[Any, str] = {
    bool: " true 或 false",
    int: "整数",
    float: "数字",
    Decimal: "数字",
    str: "文字",
    time: ' "11:10" 这样的时间',
    date: " 2026-01-31 这样的日期",
}
_BOUNDS = {
    annotated_types.Gt: "大于 {gt} ",
    annotated_types.Ge: "不小于 {ge} ",
    annotated_types.Lt: "小于 {lt} ",
    annotated_types.Le: "不大于 {le} ",
}
_WORDS = {
    "missing": "缺少这一项",
    "too_short": "至少要有一项",
    "string_too_short": "不能为空",
    "string_pattern_mismatch": "只能用小写英文字母、数字和短横线，如 hose-life",
    "string_type": "应为文字；电话等数字请加引号",
    "invalid_key": "键名应为文字",
    "model_type": "下面应有一组“键: 值”",
    "date_from_datetime_parsing": "应为 2026-01-31 这样的日期",
    "date_type": "应为 2026-01-31 这样的日期",
    "dict_type": "下面应有一组“键: 值”",
    "tuple_type": "下面应是一个列表（每项以“- ”开头）",
}


class Reader:
    """Describes the mistakes of one kind of file, whose shape is `model`."""

    def __init__(self, model: type[BaseModel]) -> None:
        self._root = model

    def describe(self, error: ErrorDetails, file: str, nodes: Node) -> str:
        """One sentence for one validation error; `nodes` is the file as ruamel.yaml composes it."""
        where = error["loc"]
        line = line_of(nodes, where)
        place = f"{file} 第 {line} 行" if line else file
        return f"{place} {path_of(where)}：{self.wrong(error)}"

    def wrong(self, error: ErrorDetails, spelling: Callable[[object], str] = str) -> str:
        """What is wrong and what is expected; `spelling`: how a key is written where the mistake is."""
        kind, where = error["type"], error["loc"]
        if kind == "extra_forbidden":
            return _unknown(str(where[-1]), self._model_at(where[:-1]), spelling)
        if kind == "value_error":
            return f"{error['ctx']['error']}{_shown(error['input'])}"
        if kind == "enum":
            return f"应为其中一个：{_choices(error)}{_shown(error['input'])}"
        if kind == "string_too_long":
            return f"最多 {error['ctx']['max_length']} 个字{_shown(error['input'])}"
        if kind in _WORDS:
            return _WORDS[kind] + ("" if kind in {"missing", "too_short"} else _shown(error["input"]))
        field = self._field_at(where)
        expected = _expected(field) if field else ""
        return f"应为{expected}{_shown(error['input'])}" if expected else f"{error['msg']}{_shown(error['input'])}"

    def _field_at(self, where: Location) -> FieldInfo | None:
        names = [part for part in where if isinstance(part, str)]
        return self._model_at(where[: where.index(names[-1])]).model_fields.get(names[-1]) if names else None

    def _model_at(self, where: Location) -> type[BaseModel]:
        model = self._root
        for part in where:
            field = model.model_fields.get(part) if isinstance(part, str) else None
            if field is not None:
                inner = (p for p in _parts(field.annotation) if isinstance(p, type) and issubclass(p, BaseModel))
                model = next(inner, model)
        return model


def line_of(node: Node, where: Location) -> int | None:
    """The line of the deepest part of `where` that stands in the file, counted from 1."""
    found = None
    for part in where:
        inner = _child(node, part)
        if inner is None:
            break
        key, node = inner
        found = key.start_mark.line + 1
    return found


def _child(node: Node, part: str | int) -> tuple[Node, Node] | None:
    """What stands for `part` (the key, or the item itself), and its value."""
    if isinstance(node, SequenceNode) and isinstance(part, int) and part < len(node.value):
        return node.value[part], node.value[part]
    if isinstance(node, MappingNode):
        return next(((key, value) for key, value in node.value if key.value == part), None)
    return None


def path_of(where: Location) -> str:
    """`halls[2].phone`: list items are counted from 1, as people do."""
    parts = [f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in where]
    return "".join(parts).lstrip(".")


def _unknown(key: str, model: type[BaseModel], spelling: Callable[[object], str]) -> str:
    known = list(model.model_fields)
    close = get_close_matches(key.lower(), known, n=1)
    return (
        f"没有这一项，是不是想写 {spelling(close[0])}？"
        if close
        else f"没有这一项；这里可以写：{'、'.join(map(spelling, known))}"
    )


def _shown(value: object) -> str:
    if isinstance(value, dict | list | tuple | BaseModel):
        return ""
    if value is None:
        return "，现在是空的"
    text = f'"{value}"' if isinstance(value, str) else str(value)
    return f"，现在是 {text}" if len(text) <= _SHORT and "\n" not in text else ""


def _expected(field: FieldInfo) -> str:
    """E.g. "大于 0 的整数"."""
    parts = list(_parts(field.annotation))
    kind = next((_KINDS[part] for part in parts if part in _KINDS), "")
    bounds = [
        _BOUNDS[type(bound)].format(**asdict(bound)) for bound in (*field.metadata, *parts) if type(bound) in _BOUNDS
    ]
    return f"{'、'.join(bounds)}的{kind}" if bounds and kind else kind


def _parts(annotation: Any) -> Iterator[Any]:
    """The annotation and, for unions and containers, what it is made of."""
    yield annotation
    for inner in (*get_args(annotation), *getattr(annotation, "metadata", ())):
        yield from _parts(inner) if not isinstance(inner, FieldInfo) else iter(inner.metadata)


def _choices(error: ErrorDetails) -> str:
    """`'a', 'b' or 'c'` as a Chinese list."""
    return str(error["ctx"]["expected"]).replace("'", "").replace(" or ", "、").replace(", ", "、")
