"""What the company's own files say, and whether they can be read."""

import os

from actions.facts import company_facts
from bot.adapters.company_file import CompanyProfileError, load_company
from bot.adapters.knowledge_files import KnowledgeError, load_knowledge
from bot.adapters.wording_file import WordingError, load_wording
from bot.commands.console import err, fail, settings_or_fail
from bot.domain.company import CompanyProfile
from bot.domain.knowledge import KnowledgeBase
from bot.domain.wording import Wording
from bot.settings import Settings


def check() -> None:
    _, knowledge, _ = business_or_fail(settings_or_fail())
    err.print(f"公司资料没有问题；知识库共 {len(knowledge)} 篇文章，没有问题。")


def business_or_fail(settings: Settings) -> tuple[CompanyProfile, KnowledgeBase, Wording]:
    try:
        company = load_company(settings.company_file, os.environ)
        facts = company_facts(company)
        articles = load_knowledge(settings.knowledge_folder, facts)
        wording = load_wording(settings.wording_file)
    except (CompanyProfileError, KnowledgeError, WordingError) as problem:
        fail(str(problem))
    return company, KnowledgeBase(articles, facts, company.company.zone), wording
