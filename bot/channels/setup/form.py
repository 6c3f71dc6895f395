"""The form of a channel's settings, from the settings' own description: what is shown, and what is read back."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel, SecretStr, ValidationError
from pydantic.fields import FieldInfo

from bot.settings import wanted

_THAN = {"greater_than": "大于", "greater_than_equal": "不小于", "less_than_equal": "不大于"}
#: What was written down of a channel's settings, secrets among it.
Values = Mapping[str, Any]


class BadSettings(ValueError):
    """By field: what is wrong with it, in Chinese, without what was filled in."""

    def __init__(self, fields: Mapping[str, str]) -> None:
        super().__init__("；".join(fields.values()))
        self.fields = fields


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One field of the form."""

    name: str
    label: str
    hint: str
    kind: Literal["text", "secret", "choice", "switch", "number"]
    required: bool
    #: Seldom needed: shown when asked for.
    advanced: bool
    #: Of a choice: value → what it is called.
    choices: Mapping[str, str]
    #: What holds when nothing is filled in; "" for a secret.
    default: str
    #: What it has to look like, beyond what the settings themselves ask for, and the words for it.
    pattern: str = ".*"
    says: str = ""

    def allows(self, value: object) -> bool:
        return not isinstance(value, str) or re.fullmatch(self.pattern, value) is not None


def entries(model: type[BaseModel]) -> list[Entry]:
    return [_entry(name, info) for name, info in model.model_fields.items()]


def read(model: type[BaseModel], filled_in: Values, known: Values) -> tuple[BaseModel, dict[str, Any]]:
    """The settings, and what to write down of them.

    A field that is not filled in has its default; a secret that is not keeps what is `known`, and is dropped by None.

    Raises:
        BadSettings: by field, what is wrong.
    """
    form = {entry.name: entry for entry in entries(model)}
    if unknown := set(filled_in) - set(form):
        raise BadSettings({name: "没有这一项" for name in unknown})
    values = {name: known[name] for name, entry in form.items() if entry.kind == "secret" and name in known}
    for name, value in filled_in.items():
        if value is None:
            values.pop(name, None)
        elif value != "":
            values[name] = value.strip() if isinstance(value, str) else value
    if odd := {name: entry.says for name, entry in form.items() if not entry.allows(values.get(name))}:
        raise BadSettings(odd)
    try:
        return model.model_validate(values), values
    except ValidationError as problem:
        raise BadSettings({str(error["loc"][0]): _told(error) for error in problem.errors()}) from None


def shown(model: type[BaseModel], settings: BaseModel | None) -> dict[str, Any]:
    """What may be seen of each field: its value, or of a secret whether there is one."""
    found: dict[str, Any] = {}
    for entry in entries(model):
        value = getattr(settings, entry.name, None)
        if entry.kind == "secret":
            found[entry.name] = {"set": bool(value and value.get_secret_value())}
        else:
            found[entry.name] = {"value": entry.default if value is None else _plain(value)}
    return found


def _entry(name: str, info: FieldInfo) -> Entry:
    kind, choices = _kind(info)
    more = info.json_schema_extra if isinstance(info.json_schema_extra, dict) else {}
    called = more.get("choices")
    names = called if isinstance(called, dict) else {}
    default = "" if kind == "secret" or info.is_required() else _plain(info.default)
    return Entry(
        name=name,
        label=info.title or name,
        hint=info.description or "",
        kind=kind,
        required=info.is_required(),
        advanced=bool(more.get("advanced")),
        choices={choice: str(names.get(choice, choice)) for choice in choices},
        default=default,
        pattern=str(more.get("pattern", ".*")),
        says=str(more.get("says", "")),
    )


def _kind(info: FieldInfo) -> tuple[Literal["text", "secret", "choice", "switch", "number"], tuple[str, ...]]:
    annotation = info.annotation
    kinds = {annotation, *get_args(annotation)}
    if get_origin(annotation) is Literal:
        return "choice", get_args(annotation)
    if any(kind is SecretStr or SecretStr in get_args(kind) for kind in kinds):
        return "secret", ()
    if bool in kinds:
        return "switch", ()
    return ("number", ()) if kinds & {int, float} else ("text", ())


def _told(error: Any) -> str:
    """As for a variable, but in the words of a form."""
    match error["type"]:
        case "missing":
            return "请填写这一项"
        case "int_parsing" | "float_parsing":
            return "应为数字"
        case "greater_than" | "greater_than_equal" | "less_than_equal":
            limit = next(value for name, value in error["ctx"].items() if name in ("gt", "ge", "le"))
            return f"应{_THAN[error['type']]} {limit:g}"
        case "string_pattern_mismatch":
            return "应以 http:// 或 https:// 开头"
    return wanted(error)


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)
