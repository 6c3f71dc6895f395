"""A message that can never arrive: the agent has to know, or he would wait for an answer."""

from bot.domain.conversations import Message
from bot.ports import Conversations


class NoteUndelivered:
    def __init__(self, conversations: Conversations) -> None:
        self._conversations = conversations

    async def __call__(self, message: Message, reason: str) -> None:
        async with self._conversations.open(message.conversation_id) as work:
            work.note("undelivered", f"第 {message.seq} 条消息无法送达：{reason}")
