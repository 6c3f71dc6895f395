"""Two Rasas, one assistant: new questions go to the live one, a dialogue ends where it began."""

from collections import Counter
from collections.abc import Sequence

from bot.ports import Assistant, AssistantAnswer, Waited

#: Dialogues remembered at most; of those that were left in the middle the oldest are forgotten.
MOST = 10_000


class Switchboard:
    """Implements ports.Assistant."""

    def __init__(self, live: Assistant) -> None:
        self._live = live
        #: By conversation who asked the question that its customer is to answer.
        self._asked_by: dict[str, Assistant] = {}
        self._answering: Counter[Assistant] = Counter()

    @property
    def ready(self) -> bool:
        return self._live.ready

    async def reply(
        self, conversation_id: str, text: str, message_id: str, before: Sequence[Waited] = ()
    ) -> AssistantAnswer:
        assistant = self._assistant_for(conversation_id)
        self._answering[assistant] += 1
        try:
            answer = await assistant.reply(conversation_id, text, message_id, before)
        finally:
            self._answering[assistant] -= 1
        self._asked_by.pop(conversation_id, None)
        if answer.asks:
            self._asked_by[conversation_id] = assistant
            if len(self._asked_by) > MOST:
                del self._asked_by[next(iter(self._asked_by))]
        return answer

    def switch(self, live: Assistant) -> None:
        self._live = live

    def is_done_with(self, assistant: Assistant) -> bool:
        """It thinks about nothing, and nobody has a question of its to answer."""
        return not self._answering[assistant] and assistant not in self._asked_by.values()

    def forget(self, assistant: Assistant) -> None:
        """It is stopped: whoever has a question of its to answer goes on with the live one."""
        self._asked_by = {
            conversation: asked_by for conversation, asked_by in self._asked_by.items() if asked_by is not assistant
        }

    def _assistant_for(self, conversation_id: str) -> Assistant:
        assistant = self._asked_by.get(conversation_id, self._live)
        return assistant if assistant.ready else self._live
