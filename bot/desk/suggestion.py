"""What the assistant would answer to a customer whom a person serves: a draft for the agent, never sent by itself."""

from dataclasses import dataclass

from bot.domain.conversations import Conversation, Message, SeenIntent, Speaker
from bot.domain.work_orders import OrderState
from bot.ports import Assistant, AssistantAnswer, Transcripts


@dataclass(frozen=True)
class Suggestion:
    #: Number of the customer's message.
    seq: int
    #: What the message is taken for; None if it is not understood.
    intent: SeenIntent | None
    #: Empty if the assistant has nothing that an agent could send.
    text: str


class SuggestReply:
    def __init__(self, transcripts: Transcripts, assistant: Assistant) -> None:
        self._transcripts = transcripts
        self._assistant = assistant

    async def __call__(self, conversation: Conversation, seq: int) -> Suggestion | None:
        """None if message `seq` is not words of the customer. Raises AssistantDown."""
        message = next(iter(await self._transcripts.messages(conversation.id, after=seq - 1)), None)
        if message is None or message.seq != seq or not _is_spoken(message):
            return None
        # A conversation of its own: the assistant's memory of the real one stays as it was when the person came.
        answer = await self._assistant.reply(f"suggestion/{conversation.id}/{seq}", message.text, message.id)
        return Suggestion(seq, answer.intent, _draft(answer))


def _is_spoken(message: Message) -> bool:
    return message.speaker is Speaker.CUSTOMER and not message.wordless


def _draft(answer: AssistantAnswer) -> str:
    """Its words, unless they go with a deed: here nothing is filed, handed over or alarmed."""
    promises = any(record.state is OrderState.OPEN for record in answer.records) or answer.order_notes
    if promises or answer.handoff is not None or answer.emergency is not None or answer.intent is None:
        return ""
    return "\n".join(bubble.text for bubble in answer.bubbles)
