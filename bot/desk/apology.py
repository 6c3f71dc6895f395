"""After a drop-out of the system the agent apologises for the wait (S0 系统操作 6); an apology is no answer."""

from bot.desk.permission import must_own
from bot.domain.company import CompanyProfile
from bot.domain.conversations import Draft, Kind, Message, Speaker
from bot.domain.staff import Staff
from bot.ports import Conversations


class Apology:
    def __init__(self, *, conversations: Conversations, company: CompanyProfile) -> None:
        self._conversations = conversations
        self._company = company

    async def __call__(self, conversation_id: str, who: Staff) -> Message:
        """Say it in the agent's name, once for what the customer has written so far; his wait goes on.

        Raises NotAllowed.
        """
        async with self._conversations.open(conversation_id) as work:
            c = work.conversation
            must_own(c, who)
            message_id = f"{c.id}/apology/{c.customer_seq}"
            text = self._company.fill(self._company.scripts.drop_out_apology)
            known = await work.message(message_id)
            return known or work.post(Draft(Speaker.AGENT, Kind.NOTICE, text, staff_id=who.staff_id, id=message_id))
