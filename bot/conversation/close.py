"""Ends a silent conversation with the assistant. Closing stops every promise; the next message opens a new one."""

from datetime import datetime

from bot.domain.company import CompanyProfile
from bot.domain.conversations import Button, Draft, Kind, Speaker
from bot.domain.transitions import closed
from bot.ports import Work


def close_idle(work: Work, company: CompanyProfile, now: datetime) -> None:
    """The customer has been silent for long and nobody owes him an answer; he is told where we were."""
    scripts, go_on = company.queue_scripts, work.conversation.unfinished
    text = company.fill(scripts.idle_close_unfinished, go_on=go_on) if go_on else company.fill(scripts.idle_close)
    buttons = (Button(go_on, go_on),) if go_on else ()
    work.post(Draft(Speaker.SYSTEM, Kind.NOTICE, text, buttons))
    work.note("closed", "长时间无消息，自动结束")
    work.conversation = closed(work.conversation, now)
