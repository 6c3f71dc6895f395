"""Says in Chinese what is wrong with a company profile, in the file or in the variables that override it."""

from collections.abc import Mapping

from pydantic_core import ErrorDetails
from ruamel.yaml.nodes import Node

from bot.adapters.yaml_problems import Reader
from bot.domain.company import CompanyProfile

#: `GASDESK_SLA__WAITING_PROMPT_SECONDS=4.5` overrides `sla.waiting_prompt_seconds`, and so on.
SLA_PREFIX = "GASDESK_SLA__"

_READER = Reader(CompanyProfile)


def variable(key: object) -> str:
    """The environment variable that overrides clock limit `key`."""
    return f"{SLA_PREFIX}{str(key).upper()}"


def describe(error: ErrorDetails, file: str, nodes: Node, overrides: Mapping[str, str]) -> str:
    """One sentence for one validation error; `nodes` is the file as ruamel.yaml composes it."""
    where = error["loc"]
    if len(where) == 2 and where[0] == "sla" and where[1] in overrides:
        return f"环境变量 {variable(where[1])}：{_READER.wrong(error, variable)}"
    hint = ""
    if where == ("sla",) and overrides:
        hint = "；其中有环境变量改动的：" + "、".join(map(variable, overrides))
    return f"{_READER.describe(error, file, nodes)}{hint}"
