"""Says in Chinese what is wrong with a field of a request."""

from collections.abc import Mapping, Sequence
from typing import Any

#: Pydantic's error types; {names} come from the error's context.
_MESSAGES = {
    "missing": "必填",
    "extra_forbidden": "不认识的字段",
    "string_type": "必须是文字",
    "string_too_short": "至少 {min_length} 个字符",
    "string_too_long": "最多 {max_length} 个字符",
    "string_pattern_mismatch": "格式不正确",
    "enum": "只能是：{expected}",
    "literal_error": "只能是：{expected}",
    "int_type": "必须是整数",
    "int_parsing": "必须是整数",
    "int_from_float": "必须是整数",
    "float_type": "必须是数字",
    "float_parsing": "必须是数字",
    "decimal_parsing": "必须是数字",
    "bool_type": "必须是 true 或 false",
    "bool_parsing": "必须是 true 或 false",
    "greater_than": "必须大于 {gt}",
    "greater_than_equal": "不能小于 {ge}",
    "less_than": "必须小于 {lt}",
    "less_than_equal": "不能大于 {le}",
    "list_type": "必须是列表",
    "too_short": "至少 {min_length} 项",
    "too_long": "最多 {max_length} 项",
    "uuid_type": "必须是 UUID",
    "uuid_parsing": "必须是 UUID",
    "value_error": "{error}",
}
#: Families of types that need one message each.
_FAMILIES = {
    "datetime_": "必须是带时区的时间，例如 2026-01-05T09:00:00Z",
    "timezone_": "必须是带时区的时间，例如 2026-01-05T09:00:00Z",
    "date_": "必须是日期，例如 2026-01-05",
    "dict_": "必须是 JSON 对象",
    "model_": "必须是 JSON 对象",
}


def field_message(error: Mapping[str, Any]) -> str:
    """`error` is one of Pydantic's `errors()`; a validator's ValueError is shown with its own (Chinese) text."""
    kind = error["type"]
    template = _MESSAGES.get(kind) or next((text for start, text in _FAMILIES.items() if kind.startswith(start)), None)
    if template is None:
        return "内容不正确"
    context = dict(error.get("ctx", {}))
    if "expected" in context:  # 'a', 'b' or 'c'
        context["expected"] = context["expected"].replace("'", "").replace(" or ", "、").replace(", ", "、")
    return template.format_map(context)


def field_name(place: Sequence[int | str]) -> str:
    """ "buttons.0.title" of ("body", "buttons", 0, "title"); "" when the body as a whole is meant."""
    return ".".join(str(step) for step in place[1:])
