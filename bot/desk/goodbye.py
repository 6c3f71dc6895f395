"""The end of a conversation: the closing script for its type, and the question how it was (S0 工作标准, S3)."""

from datetime import datetime

from bot.domain.closings import closing_script
from bot.domain.company import CompanyProfile
from bot.domain.conversations import Draft, Kind, Speaker
from bot.domain.staff import Staff
from bot.domain.surveys import Survey, grade_buttons
from bot.ports import Work


async def say_goodbye(work: Work, who: Staff, company: CompanyProfile, category: str, now: datetime) -> None:
    """Said before the conversation is closed. After an emergency nobody is asked how he liked it."""
    text = company.fill(closing_script(category, company.scripts))
    work.post(Draft(Speaker.AGENT, Kind.NOTICE, text, staff_id=who.staff_id))
    work.change(category=category)
    wording, c = company.satisfaction, work.conversation
    if not wording.ask or c.emergency is not None:
        return
    work.post(Draft(Speaker.SYSTEM, Kind.SURVEY, company.fill(wording.question), grade_buttons(wording)))
    await work.ask_survey(Survey(conversation_id=c.id, contact_id=c.contact_id, staff_id=who.staff_id, asked_at=now))
