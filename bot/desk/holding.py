"""请您稍等, and 感谢您的耐心等待 on return (S0 在线客服 7); meanwhile the clock goes on.

Asking to wait is no answer: the customer still waits since his first message, and every 45 seconds of silence bring a
prompt. The agent gets two minutes from then on (S0 回复要求 3), once: asking again changes nothing.
"""

from bot.clock import Clock
from bot.desk.permission import must_own
from bot.domain.company import CompanyProfile
from bot.domain.conversations import Conversation, Draft, Kind, Speaker
from bot.domain.staff import Staff
from bot.domain.transitions import held
from bot.ports import Conversations, Work


class Hold:
    def __init__(self, *, conversations: Conversations, company: CompanyProfile, clock: Clock) -> None:
        self._conversations = conversations
        self._company = company
        self._clock = clock

    async def __call__(self, conversation_id: str, who: Staff) -> Conversation:
        """Ask the customer to wait, in the agent's name. Raises NotAllowed."""
        async with self._conversations.open(conversation_id) as work:
            must_own(work.conversation, who)
            if work.conversation.on_hold:
                return work.conversation  # a second press
            work.conversation = held(work.conversation, self._clock.now())
            _say(work, who, self._company.fill(self._company.scripts.please_wait))
            work.note("hold", f"工号 {who.staff_id} 请用户稍等", who.staff_id)
            return work.conversation


def come_back(work: Work, who: Staff, company: CompanyProfile) -> None:
    """Before what the agent says now: thanks, if he had asked the customer to wait."""
    if work.conversation.on_hold:
        _say(work, who, company.fill(company.scripts.thanks_for_waiting))


def _say(work: Work, who: Staff, text: str) -> None:
    work.post(Draft(Speaker.AGENT, Kind.NOTICE, text, staff_id=who.staff_id))
