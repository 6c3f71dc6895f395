"""Builds what edits responses, articles and intents; and lets an article take effect without a training."""

from collections.abc import Awaitable, Callable

import structlog

from actions.facts import company_facts
from bot.adapters.knowledge_files import KnowledgeError, load_knowledge
from bot.adapters.project_texts import ProjectTexts
from bot.domain import intents
from bot.domain.company import CompanyProfile
from bot.domain.knowledge import KnowledgeBase
from bot.quality.phrases import PhraseRules
from bot.settings import Settings
from bot.training.edits import House

log = structlog.get_logger()


def project_texts(settings: Settings, company: CompanyProfile) -> ProjectTexts:
    return ProjectTexts(settings.project_dir, settings.knowledge_folder, company_facts(company))


def house(company: CompanyProfile, phrases: PhraseRules) -> House:
    def forbidden(text: str) -> list[str]:
        found = phrases.find(text)
        return [f"“{each.found}”{each.why}" + (f"，建议改为：“{each.better}”" if each.better else "") for each in found]

    return House(company_facts(company), forbidden)


def texts_edited(
    texts: ProjectTexts, settings: Settings, company: CompanyProfile, knowledge: KnowledgeBase
) -> Callable[[], Awaitable[None]]:
    """What follows a change: staff see the new names, agents and the assistant the new articles, at once."""

    async def edited() -> None:
        intents.use_own_labels(texts.own_labels())
        try:
            knowledge.use(load_knowledge(settings.knowledge_folder, company_facts(company)))
        except KnowledgeError as problem:  # was checked before it was written: somebody edits by hand meanwhile
            log.error("the knowledge base stays as it was", action="knowledge_kept", reason=str(problem))

    return edited
