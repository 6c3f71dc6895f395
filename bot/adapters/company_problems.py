"""Says in Chinese what is wrong with a company profile, where, and what is expected there."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from datetime import time
from decimal import Decimal
from difflib import get_close_matches
from typing import Any, get_args

import annotated_types
from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails
from ruamel.yaml.nodes import MappingNode, Node, SequenceNode

from bot.domain.company import CompanyProfile

Location = tuple[str | int, ...]

#: `GASDESK_SLA__WAITING_PROMPT_SECONDS=4.5` overrides `sla.waiting_prompt_seconds`, and so on.
SLA_PREFIX = "GASDESK_SLA__"

#: Longer values are not repeated: the line number leads to them.
_SHORT = 40

_KINDS: dict[Any, str] = {
    bool: " true 或 false",
    int: "整数",
    float: "数字",
    Decimal: "数字",
    str: "文字",
    time: ' "11:10" 这样的时间',
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
    "string_type": "应为文字；电话等数字请加引号",
    "invalid_key": "键名应为文字",
    "model_type": "下面应有一组“键: 值”",
    "dict_type": "下面应有一组“键: 值”",
    "tuple_type": "下面应是一个列表（每项以“- ”开头）",
}


def variable(key: object) -> str:
    """The environment variable that overrides clock limit `key`."""
    return f"{SLA_PREFIX}{str(key).upper()}"


def describe(error: ErrorDetails, file: str, nodes: Node, overrides: Mapping[str, str]) -> str:
    """One sentence for one validation error; `nodes` is the file as ruamel.yaml composes it."""
    where = error["loc"]
    if len(where) == 2 and where[0] == "sla" and where[1] in overrides:
        return f"环境变量 {variable(where[1])}：{_wrong(error, variable)}"
    hint = ""
    if where == ("sla",) and overrides:
        hint = "；其中有环境变量改动的：" + "、".join(map(variable, overrides))
    line = line_of(nodes, where)
    place = f"{file} 第 {line} 行" if line else file
    return f"{place} {_path(where)}：{_wrong(error)}{hint}"


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


def _path(where: Location) -> str:
    """`halls[2].phone`: list items are counted from 1, as people do."""
    parts = [f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in where]
    return "".join(parts).lstrip(".")


def _wrong(error: ErrorDetails, spelling: Callable[[object], str] = str) -> str:
    kind, where = error["type"], error["loc"]
    if kind == "extra_forbidden":
        return _unknown(str(where[-1]), _model_at(where[:-1]), spelling)
    if kind == "value_error":
        return f"{error['ctx']['error']}{_shown(error['input'])}"
    if kind in _WORDS:
        return _WORDS[kind] + ("" if kind in {"missing", "too_short"} else _shown(error["input"]))
    field = _field_at(where)
    expected = _expected(field) if field else ""
    return f"应为{expected}{_shown(error['input'])}" if expected else f"{error['msg']}{_shown(error['input'])}"


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


def _field_at(where: Location) -> FieldInfo | None:
    names = [part for part in where if isinstance(part, str)]
    return _model_at(where[: where.index(names[-1])]).model_fields.get(names[-1]) if names else None


def _model_at(where: Location) -> type[BaseModel]:
    model: type[BaseModel] = CompanyProfile
    for part in where:
        field = model.model_fields.get(part) if isinstance(part, str) else None
        if field is not None:
            inner = (p for p in _parts(field.annotation) if isinstance(p, type) and issubclass(p, BaseModel))
            model = next(inner, model)
    return model
