"""Reads the company profile from company.yml; every mistake is named with its line, all at once."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.constructor import DuplicateKeyError
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import Node

from bot.adapters.company_problems import SLA_PREFIX, describe
from bot.domain.company import CompanyProfile


class CompanyProfileError(Exception):
    """The profile cannot be used; `problems` are sentences for the admin, in Chinese."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join([f"公司资料有 {len(problems)} 处需要改正：", *(f"  {line}" for line in problems)]))


def load_company(path: Path, env: Mapping[str, str]) -> CompanyProfile:
    """Read and check the profile at `path`, with the clock limits that `env` overrides.

    An override set to an empty text counts as not set. When only the reply limit is overridden, the agent's warning
    keeps its share of it, so that a trial may shorten one without the other.

    Raises CompanyProfileError naming file or variable, line, key, what is wrong and what is expected.
    """
    text = _read(path)
    data, nodes = _parse(path.name, text)
    overrides = _overrides(env)
    _apply(overrides, data)
    try:
        return CompanyProfile.model_validate(data)
    except ValidationError as error:
        problems = [describe(detail, path.name, nodes, overrides) for detail in error.errors()]
        raise CompanyProfileError(problems) from None


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise CompanyProfileError([f"找不到公司资料文件 {path}"]) from None
    except UnicodeDecodeError as error:
        raise CompanyProfileError([f"{path.name}：应保存为 UTF-8 编码（第 {error.start} 字节处读不出来）"]) from None
    except OSError as error:
        raise CompanyProfileError([f"{path.name}：读不出来（{error.strerror}），请检查 {path}"]) from None


def _parse(name: str, text: str) -> tuple[dict[str, Any], Node]:
    """The plain data, and the nodes that know its lines."""
    try:
        data = YAML(typ="safe", pure=True).load(text)
        nodes: Node = YAML(typ="safe", pure=True).compose(text)
    except DuplicateKeyError as error:
        raise CompanyProfileError([f"{_at(name, error)}：同一项写了两遍，请删掉一处"]) from None
    except YAMLError as error:
        detail = getattr(error, "problem", None) or str(error).splitlines()[0]
        advice = "请检查缩进（只用空格）、冒号后的空格和引号是否成对"
        raise CompanyProfileError([f"{_at(name, error)}附近：YAML 格式有错，{advice}（{detail}）"]) from None
    if not isinstance(data, dict):
        raise CompanyProfileError(
            [f"{name}：内容应为“键: 值”的形式，现在{'是空的' if data is None else '不是这种形式'}"]
        )
    return data, nodes


def _at(name: str, error: YAMLError) -> str:
    mark = error.problem_mark if isinstance(error, MarkedYAMLError) else None
    return f"{name} 第 {mark.line + 1} 行" if mark is not None else name


def _overrides(env: Mapping[str, str]) -> dict[str, str]:
    """Values from the environment by key of `sla`."""
    return {
        name.removeprefix(SLA_PREFIX).lower(): value.strip()
        for name, value in env.items()
        if name.startswith(SLA_PREFIX) and value.strip()
    }


def _apply(overrides: Mapping[str, str], data: dict[str, Any]) -> None:
    if not overrides:
        return
    sla = data.get("sla") or {}
    if not isinstance(sla, dict):
        return  # reported as a mistake of the file
    merged = {**sla, **overrides}
    if "reply_limit_seconds" in overrides and "agent_warning_seconds" not in overrides:
        merged["agent_warning_seconds"] = _same_share(sla, overrides["reply_limit_seconds"])
    data["sla"] = {key: value for key, value in merged.items() if value is not None}


def _same_share(sla: Mapping[str, Any], new_limit: str) -> Any:
    """The agent's warning moved along with the limit; left alone where either is not a number."""
    fields = type(CompanyProfile.model_fields["sla"].default).model_fields
    warning = sla.get("agent_warning_seconds", fields["agent_warning_seconds"].default)
    limit = sla.get("reply_limit_seconds", fields["reply_limit_seconds"].default)
    try:
        return float(warning) * float(new_limit) / float(limit)
    except (TypeError, ValueError, ZeroDivisionError):
        return warning
