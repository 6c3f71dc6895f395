"""Lets the assistant answer, one turn of a conversation at a time, while the conversation is still its own."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from typing import Protocol

import structlog

from bot.clock import Clock, stopwatch
from bot.conversation import emergency_check, emergency_doubt, understood
from bot.conversation.emergency import EmergencyFlow
from bot.conversation.emergency_finding import Finding
from bot.conversation.emergency_screen import look
from bot.conversation.give_answer import GiveAnswer
from bot.conversation.wordless import LATELY, polite_answer, said_in_one_go
from bot.domain.company import CompanyProfile
from bot.domain.conversations import Conversation, Draft, Kind, Message, Speaker
from bot.domain.emergencies import EmergencyKind
from bot.ports import Assistant, AssistantAnswer, AssistantDown, Bubble, Conversations, Transcripts, Waited

log = structlog.get_logger()

#: How soon a silent assistant is asked again.
RETRY = timedelta(seconds=5)
#: What waits together is answered together, as far as it is short: a long message is a matter of its own.
TOGETHER, TOGETHER_CHARACTERS = 8, 150


def answered_together(waiting: Sequence[Message]) -> Sequence[Message]:
    """The messages that get one answer: the oldest, and the short ones behind it (docs/decisions/0007)."""
    together, characters = 0, 0
    for message in waiting:
        characters += len(message.text)
        if together and (characters > TOGETHER_CHARACTERS or together >= TOGETHER):
            break
        together += 1
    return waiting[:together]


def _to_be_answered(message: Message) -> bool:
    """What the customer wrote, except for what was answered as it came."""
    return message.speaker is Speaker.CUSTOMER and not message.kind.settled


class TurnMetrics(Protocol):
    def assistant_answered(self, seconds: float) -> None: ...
    def assistant_failed(self) -> None: ...


class TakeTurn:
    def __init__(
        self,
        *,
        conversations: Conversations,
        transcripts: Transcripts,
        assistant: Assistant,
        clock: Clock,
        emergencies: EmergencyFlow,
        company: CompanyProfile,
        give: GiveAnswer,
        metrics: TurnMetrics,
    ) -> None:
        self._conversations = conversations
        self._transcripts = transcripts
        self._assistant = assistant
        self._clock = clock
        self._emergencies = emergencies
        self._company = company
        self._give = give
        self._metrics = metrics

    async def __call__(self, conversation_id: str) -> bool:
        """Answer the oldest unanswered message, and those that wait with it. True if another is waiting."""
        conversation = await self._transcripts.get(conversation_id)
        if conversation is None or not conversation.assistant_owes:
            return False
        later = await self._transcripts.messages(conversation_id, after=conversation.answered_seq)
        messages = answered_together([message for message in later if _to_be_answered(message)])
        if not messages:
            return False
        spoken = [message for message in messages if not message.wordless]
        if not spoken:
            return await self._excuse(conversation, messages)
        begun = stopwatch()
        kind = emergency_check.confirmed(later, self._company.emergency_scripts)
        if kind and await self._alarm(conversation_id, messages, kind):
            return False
        found = _plainest(spoken)
        try:
            # No transaction is held while the assistant thinks.
            answer = await self._ask(conversation, spoken, found)
        except AssistantDown as reason:
            self._metrics.assistant_failed()
            log.warning("the assistant does not answer", action="assistant_down", reason=str(reason))
            await self._do_without(conversation_id, messages, found.kind)
            return False
        self._metrics.assistant_answered(stopwatch() - begun)
        verdict, kind = await self._weigh(conversation_id, messages, found, answer)
        alarming = verdict is emergency_doubt.Verdict.ALARM
        if kind and alarming and await self._alarm(conversation_id, messages, kind, answer):
            return False
        return await self._give(conversation_id, messages, answer, None if alarming else kind)

    async def _weigh(
        self, conversation_id: str, messages: Sequence[Message], found: Finding, answer: AssistantAnswer
    ) -> tuple[emergency_doubt.Verdict, EmergencyKind | None]:
        verdict, kind = emergency_doubt.verdict_on(found, answer)
        if verdict is not emergency_doubt.Verdict.ASK:
            return verdict, kind
        lately = await self._transcripts.messages(conversation_id, after=messages[0].seq - LATELY)
        return emergency_doubt.verdict_on(found, answer, asked=emergency_check.was_asked(lately))

    async def _alarm(
        self,
        conversation_id: str,
        messages: Sequence[Message],
        kind: EmergencyKind,
        answer: AssistantAnswer | None = None,
    ) -> bool:
        """Raise the emergency, whoever has the conversation by now. False if it is known already."""
        async with self._conversations.open(conversation_id) as work:
            now = self._clock.now()
            if not self._emergencies.is_news(work.conversation, kind, now):
                return False
            if answer:
                understood.remember(work, answer)
            await self._emergencies.raise_(work, kind, "\n".join(each.text for each in messages), now)
            return True

    async def _excuse(self, conversation: Conversation, messages: Sequence[Message]) -> bool:
        """There are no words to ask the assistant about; of an album that is said once."""
        conversation_id = conversation.id
        if conversation.left_message:
            return await self._give.nothing(conversation_id, messages)
        excuse = polite_answer(self._company, messages[-1])
        lately = await self._transcripts.messages(conversation_id, after=messages[0].seq - LATELY)
        if not said_in_one_go(lately, excuse):
            return await self._give(conversation_id, messages, AssistantAnswer(bubbles=(Bubble(excuse),)))
        return await self._give.nothing(conversation_id, messages)

    async def _ask(self, asking: Conversation, messages: Sequence[Message], found: Finding) -> AssistantAnswer:
        """Raises AssistantDown: at once when it is known, so that nobody stands in line for a time-out."""
        if not self._assistant.ready:
            raise AssistantDown("not ready")
        *before, last = messages
        waited = [Waited(each.id, each.text) for each in before]
        try:
            async with asyncio.timeout(emergency_doubt.PATIENCE if found.kind else None):
                return await self._assistant.reply(asking.id, last.text, last.id, waited, asking.unfinished)
        except TimeoutError as problem:
            raise AssistantDown("no opinion in time on a report that may be an emergency") from problem

    async def _do_without(
        self, conversation_id: str, messages: Sequence[Message], doubted: EmergencyKind | None
    ) -> None:
        """Nobody gave an opinion: what may be an emergency is taken for one; for the rest the customer has to wait."""
        if doubted and await self._alarm(conversation_id, messages, doubted):
            return
        async with self._conversations.open(conversation_id) as work:
            if not work.conversation.assistant_owes:
                return
            if not work.conversation.assistant_notice and not work.conversation.left_message:
                text = self._company.fill(self._company.scripts.assistant_starting)
                work.post(Draft(Speaker.SYSTEM, Kind.NOTICE, text))
            work.change(assistant_notice=True, turn_until=self._clock.now() + RETRY)


def _plainest(messages: Sequence[Message]) -> Finding:
    """What the screen saw in the messages and left to the assistant's opinion."""
    return max((look(each.text) for each in messages), key=lambda found: found.grade)
