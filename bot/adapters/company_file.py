"""Reads the company profile from company.yml; every mistake is named with its line, all at once."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from ruamel.yaml.nodes import Node

from bot.adapters.company_problems import SLA_PREFIX, describe
from bot.adapters.yaml_file import UnreadableFile, read_yaml
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
    data, nodes = _parse(path)
    overrides = _overrides(env)
    _apply(overrides, data)
    try:
        return CompanyProfile.model_validate(data)
    except ValidationError as error:
        problems = [describe(detail, path.name, nodes, overrides) for detail in error.errors()]
        raise CompanyProfileError(problems) from None


def _parse(path: Path) -> tuple[dict[str, Any], Node]:
    """The plain data, and the nodes that know its lines."""
    try:
        data, nodes = read_yaml(path, "公司资料文件")
    except UnreadableFile as problem:
        raise CompanyProfileError([str(problem)]) from None
    if not isinstance(data, dict) or nodes is None:
        raise CompanyProfileError(
            [f"{path.name}：内容应为“键: 值”的形式，现在{'是空的' if data is None else '不是这种形式'}"]
        )
    return data, nodes


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
