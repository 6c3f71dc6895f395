"""What a candidate is compared on, put together in the process that trains."""

import asyncio
from collections.abc import Collection, Sequence
from pathlib import Path

from actions.facts import company_facts
from bot.adapters.company_file import load_company
from bot.adapters.knowledge_files import load_knowledge
from bot.adapters.rasa.rehearsal import rehearse
from bot.adapters.rehearsal import Town, read_conversations
from bot.adapters.sql.database import Database
from bot.adapters.sql.real_messages import latest_texts
from bot.adapters.training_job import Trials
from bot.clock import SystemClock
from bot.domain.knowledge import KnowledgeBase
from bot.settings import ROOT, Settings
from bot.training.dialogues import Rehearsed
from bot.training.shadow import real_messages
from bot.wiring.training import TEST_SETS, alarm_rules

#: The conversations that every model must be able to have.
DIALOGUES = ROOT / "tests" / "assistant" / "conversations"


def trials(settings: Settings, folder: Path) -> Trials:
    """`folder`: gets the log of the Rasa that rehearses. Raises OSError, ValueError."""
    conversations = read_conversations(DIALOGUES)
    company = load_company(settings.company_file, {})
    facts = company_facts(company)
    knowledge = KnowledgeBase(load_knowledge(settings.knowledge_folder, facts), facts, company.company.zone)

    def have(model: Path, only: Collection[str] | None) -> Sequence[Rehearsed]:
        chosen = {name: one for name, one in conversations.items() if only is None or name in only}
        log = folder / "rehearsal.log"
        return asyncio.run(rehearse(ROOT, model, chosen, lambda: Town(company, knowledge), log, SystemClock()))

    return Trials(
        sentences=TEST_SETS,
        real=real_messages(asyncio.run(_latest(settings))),
        rules=alarm_rules(),
        rehearse=have,
        conversations=conversations,
    )


async def _latest(settings: Settings) -> list[str]:
    database = Database.connect(settings.database)
    try:
        return await latest_texts(database)
    finally:
        await database.close()
