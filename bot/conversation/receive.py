"""Takes a customer's message: stores it once, screens it for emergencies, and sees who has to answer."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Protocol

from bot.clock import Clock, stopwatch
from bot.conversation.emergency import EmergencyFlow
from bot.conversation.emergency_doubt import may_wait
from bot.conversation.emergency_finding import Finding
from bot.conversation.emergency_screen import look
from bot.conversation.handoff import Handoff
from bot.domain.conversations import Attachment, Draft, Kind, Message, Owner, Speaker
from bot.domain.events import AssistantOwesAnswer
from bot.domain.text import BadText, clean
from bot.domain.transitions import customer_wrote
from bot.ports import Assistant, Contact, Conversations, Work


class SafetyMetrics(Protocol):
    def safety_instruction_sent(self, seconds: float) -> None: ...


class AtOnce(Protocol):
    """Answers what is said to gasdesk itself, and to nobody else."""

    async def __call__(self, contact: Contact, message_id: str | None, text: str) -> Message | None:
        """The message, answered; None if it is not for it."""
        ...


class ReceiveMessage:
    """The one way in for every channel."""

    def __init__(
        self,
        *,
        conversations: Conversations,
        clock: Clock,
        emergencies: EmergencyFlow,
        at_once: Sequence[AtOnce],
        handoff: Handoff,
        assistant: Assistant,
        turn: timedelta,
        metrics: SafetyMetrics,
    ) -> None:
        self._metrics = metrics
        self._conversations = conversations
        self._clock = clock
        self._emergencies = emergencies
        self._at_once = at_once
        self._handoff = handoff
        self._assistant = assistant
        self._turn = turn

    async def __call__(
        self,
        contact: Contact,
        message_id: str | None,
        raw: object,
        attachment: Attachment | None = None,
        *,
        edited: bool = False,
    ) -> Message:
        """Store the message and return it; the same id again returns the first. Raises BadText.

        What comes with an attachment and no words has its label for text.
        """
        begun = stopwatch()
        text, found = _read(raw)
        if found.kind is None and attachment is None:
            for answers in self._at_once:
                if answered := await answers(contact, message_id, text):
                    return answered
        async with self._conversations.open_for(contact) as work:
            known = await work.message(message_id) if message_id else None
            if known:
                return known
            now = self._clock.now()
            busy = work.conversation.assistant_owes
            message = work.post(Draft(Speaker.CUSTOMER, Kind.TEXT, text, id=message_id, attachment=attachment))
            if edited:
                work.note("edited", f"第 {message.seq} 条是用户对先前消息的修改")
            work.conversation = customer_wrote(work.conversation, now, self._turn)
            if message.wordless and self._emergencies.handles(work.conversation, text):
                self._emergencies.see(work, message, now)
            else:
                await self._react(work, text, found, now, busy=busy)
            told = work.conversation.emergency
        if told and told.raised_at == now:
            self._metrics.safety_instruction_sent(stopwatch() - begun)
        return message

    async def _react(self, work: Work, text: str, found: Finding, now: datetime, *, busy: bool) -> None:
        alarming = found.kind is not None and self._emergencies.is_news(work.conversation, found.kind, now)
        first = self._assistant_first(work, found, busy=busy)
        if found.kind and alarming and not first:
            await self._emergencies.raise_(work, found.kind, text, now)
        elif self._emergencies.handles(work.conversation, text):
            await self._emergencies.hear(work, text, now)
        elif self._emergencies.accompanies(work.conversation):
            await self._emergencies.accompany(work, text)
        elif work.conversation.owner is Owner.QUEUE:
            if self._handoff.hear_in_queue(work, text):
                self._ask_assistant(work, now)
            elif work.conversation.assistant_owes:
                work.emit(AssistantOwesAnswer(work.conversation.id))
        elif work.conversation.owner is Owner.BOT:
            work.emit(AssistantOwesAnswer(work.conversation.id))

    def _ask_assistant(self, work: Work, now: datetime) -> None:
        """The message that has just come is the first that the assistant has to answer again."""
        known = replace(work.conversation, answered_seq=work.conversation.customer_seq - 1)
        work.conversation = customer_wrote(known, now, self._turn)
        work.emit(AssistantOwesAnswer(work.conversation.id))

    def _assistant_first(self, work: Work, found: Finding, *, busy: bool) -> bool:
        """A doubtful report, while the assistant talks with the customer and can say at once what it thinks."""
        c = work.conversation
        here = c.owner is Owner.BOT and c.emergency is None and self._assistant.ready
        return here and may_wait(found, busy=busy)


def _read(raw: object) -> tuple[str, Finding]:
    """The clean text and what the screen makes of it. One too long is cut if it reports something, or else refused."""
    try:
        text = clean(raw)
    except BadText:
        if not isinstance(raw, str) or (found := look(raw)).kind is None:
            raise
        return clean(raw, cut=True), found
    return text, look(text)
