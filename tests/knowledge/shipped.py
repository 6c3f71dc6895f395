"""The knowledge base as it is shipped, read once, and the questions it is measured with."""

from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from actions.facts import company_facts
from bot.adapters.company_file import load_company
from bot.adapters.knowledge_files import load_knowledge
from bot.domain.company import CompanyProfile
from bot.domain.knowledge import Article, KnowledgeBase

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "data" / "knowledge"


@cache
def company() -> CompanyProfile:
    return load_company(ROOT / "company.yml", {})


@cache
def articles() -> tuple[Article, ...]:
    return load_knowledge(FOLDER, company_facts(company()))


@cache
def knowledge_base() -> KnowledgeBase:
    return KnowledgeBase(articles(), company_facts(company()), company().company.zone)


def measured_with(name: str) -> dict[str, list[Any]]:
    """`questions` or `chitchat`, by half: tune, test."""
    read: dict[str, list[Any]] = YAML(typ="safe").load((Path(__file__).parent / f"{name}.yml").read_text("utf-8"))
    return read
