"""Two Rasas, one assistant: new questions go to the live one, or to one on trial; a dialogue ends where it began."""

from collections import Counter, OrderedDict
from collections.abc import Awaitable, Callable, Sequence

import structlog

from bot.adapters.rasa.second_opinion import SecondOpinion
from bot.clock import stopwatch
from bot.ports import Assistant, AssistantAnswer, AssistantDown, Waited
from bot.training.canary import Canary
from bot.training.recorder import Parser

log = structlog.get_logger()

#: Conversations remembered at most; of those that were left in the middle the oldest are forgotten.
MOST = 10_000

#: Takes what one assistant knows of a conversation to another. Raises AssistantDown: then that one begins afresh.
Carry = Callable[[str, Assistant, Assistant], Awaitable[None]]


class Switchboard:
    """Implements ports.Assistant."""

    def __init__(self, live: Assistant, ear: Parser, carry: Carry | None = None) -> None:
        """
        Args:
            ear: what the live model takes a sentence for.
            carry: None if all assistants know the same of every conversation.
        """
        self._live = live
        self._ear = ear
        self._carry = carry
        #: By conversation who asked the question that its customer is to answer, and who answered last.
        self._asked_by: dict[str, Assistant] = {}
        self._known_by: OrderedDict[str, Assistant] = OrderedDict()
        self._answering: Counter[Assistant] = Counter()
        self._trial: tuple[Canary, Assistant] | None = None

    @property
    def ready(self) -> bool:
        return self._live.ready

    async def reply(
        self, conversation_id: str, text: str, message_id: str, before: Sequence[Waited] = (), unfinished: str = ""
    ) -> AssistantAnswer:
        canary, assistant = await self._assistant_for(conversation_id)
        self._answering[assistant] += 1
        begun, answer = stopwatch(), None
        try:
            await self._bring_along(conversation_id, assistant)
            answer = await self._safe(assistant).reply(conversation_id, text, message_id, before, unfinished)
        except AssistantDown:
            self._note(canary, conversation_id, message_id, None, stopwatch() - begun)
            raise
        finally:
            self._answering[assistant] -= 1
        self._note(canary, conversation_id, message_id, answer, stopwatch() - begun)
        self._asked_by.pop(conversation_id, None)
        if answer.asks:
            self._asked_by[conversation_id] = assistant
            if len(self._asked_by) > MOST:
                del self._asked_by[next(iter(self._asked_by))]
        return answer

    def switch(self, live: Assistant) -> None:
        """New questions go to `live`; a trial is over."""
        self._live = live
        self._trial = None

    def try_out(self, canary: Canary, assistant: Assistant) -> None:
        """From now on `assistant` gets the conversations that `canary` chooses."""
        self._trial = (canary, assistant)

    def end_trial(self) -> None:
        self._trial = None

    def is_done_with(self, assistant: Assistant) -> bool:
        """It thinks about nothing, and nobody has a question of its to answer."""
        return not self._answering[assistant] and assistant not in self._asked_by.values()

    async def hand_over(self, assistant: Assistant) -> None:
        """It is about to be stopped: whoever has a question of its to answer goes on with the live one."""
        for conversation_id in [each for each, asked_by in self._asked_by.items() if asked_by is assistant]:
            if assistant is not self._live and assistant.ready and self._live.ready:
                await self._bring_along(conversation_id, self._live)
            self._asked_by.pop(conversation_id, None)
        self.forget(assistant)

    def forget(self, assistant: Assistant) -> None:
        """It is stopped, and with it what it knew."""
        self._asked_by = {each: by for each, by in self._asked_by.items() if by is not assistant}
        self._known_by = OrderedDict((each, by) for each, by in self._known_by.items() if by is not assistant)

    async def _assistant_for(self, conversation_id: str) -> tuple[Canary | None, Assistant]:
        """The canary, if the answer counts in its figures, and who gives it."""
        home, canary = self._live, None
        if self._trial and await self._trial[0].is_new(conversation_id):
            canary, candidate = self._trial
            home = candidate if canary.chooses(conversation_id) else self._live
        assistant = self._asked_by.get(conversation_id, home)
        if not assistant.ready:
            assistant = self._live
        return canary if assistant is home else None, assistant

    def _safe(self, assistant: Assistant) -> Assistant:
        return assistant if assistant is self._live else SecondOpinion(assistant, self._ear)

    async def _bring_along(self, conversation_id: str, assistant: Assistant) -> None:
        """What the customer has told the other already."""
        known_by = self._known_by.pop(conversation_id, assistant)
        if self._carry and known_by is not assistant and known_by.ready:
            try:
                await self._carry(conversation_id, known_by, assistant)
            except AssistantDown as problem:
                log.warning("a conversation begins afresh", action="carry_failed", reason=str(problem))
        self._known_by[conversation_id] = assistant
        if len(self._known_by) > MOST:
            self._known_by.popitem(last=False)

    def _note(
        self, canary: Canary | None, conversation_id: str, message_id: str, answer: AssistantAnswer | None, s: float
    ) -> None:
        if canary:
            canary.book.note(canary, conversation_id, message_id, answer, s)
