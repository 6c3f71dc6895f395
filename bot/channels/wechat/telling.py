"""What agents and customers are told, on the Official Account and 微信客服 alike."""

from collections.abc import Callable

from bot.channels.wechat.allowance import Note
from bot.conversation.emergency_screen import screen
from bot.domain.company import CompanyProfile
from bot.domain.events import ReplyLimited
from bot.ports import Conversations


def tells_agent(conversations: Conversations) -> Note:
    """A line in the timeline that is shown on the agent's desk at once."""

    async def note(conversation_id: str, text: str) -> None:
        async with conversations.open(conversation_id) as work:
            work.note("channel", text)
            work.emit(ReplyLimited(work.conversation, text))

    return note


def instructs(company: CompanyProfile) -> Callable[[str], str | None]:
    """What a text means for somebody's safety, if anything: what he is to do."""

    def instruction(text: str) -> str | None:
        kind = screen(text)
        return company.safety_instruction(kind) if kind else None

    return instruction
