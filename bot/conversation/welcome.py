"""What a customer is told who opens the conversation, or asks what can be done here."""

from bot.domain.conversations import Draft, Kind, Speaker
from bot.ports import Contact, Conversations


class Welcome:
    def __init__(self, conversations: Conversations) -> None:
        self._conversations = conversations

    async def __call__(self, contact: Contact, message_id: str, text: str) -> None:
        """Say `text`, once for each `message_id`; no promise begins, for nothing has been asked."""
        async with self._conversations.open_for(contact) as work:
            if not await work.message(f"{message_id}/welcome"):
                work.post(Draft(Speaker.SYSTEM, Kind.GREETING, text, id=f"{message_id}/welcome"))
