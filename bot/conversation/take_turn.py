"""Lets the assistant answer, one turn of a conversation at a time, while the conversation is still its own."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Protocol

import structlog

from bot.clock import Clock, stopwatch
from bot.conversation import emergency_check, emergency_doubt
from bot.conversation.emergency import EmergencyFlow
from bot.conversation.emergency_finding import Finding
from bot.conversation.emergency_screen import look
from bot.conversation.handoff import Handoff
from bot.conversation.records import file_records
from bot.conversation.wordless import LATELY, polite_answer, said_in_one_go
from bot.domain.company import CompanyProfile
from bot.domain.conversations import (
    UNFINISHED,
    Button,
    Collected,
    Conversation,
    Draft,
    Kind,
    Message,
    Owner,
    Speaker,
)
from bot.domain.emergencies import EmergencyKind
from bot.domain.events import AssistantUnderstood
from bot.domain.knowledge import Verdict
from bot.domain.transitions import answered_by_assistant, answered_in_part, prompts_due
from bot.ports import (
    Assistant,
    AssistantAnswer,
    AssistantDown,
    Bubble,
    Conversations,
    Inbox,
    StaffDirectory,
    Transcripts,
    Waited,
    Work,
)

log = structlog.get_logger()

#: How soon a silent assistant is asked again.
RETRY = timedelta(seconds=5)
INTENTS_KEPT = 5
#: What waits together is answered together, as far as it is short: a long message is a matter of its own.
TOGETHER, TOGETHER_CHARACTERS = 8, 150
#: When the assistant dies, hundreds are handed over at a time: who is on duty is looked up once a second for them.
FRESH = timedelta(seconds=1)


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
        inbox: Inbox,
        staff: StaffDirectory,
        assistant: Assistant,
        clock: Clock,
        emergencies: EmergencyFlow,
        handoff: Handoff,
        company: CompanyProfile,
        turn: timedelta,
        waiting_prompt: timedelta,
        metrics: TurnMetrics,
    ) -> None:
        self._metrics = metrics
        self._conversations = conversations
        self._transcripts = transcripts
        self._inbox = inbox
        self._staff = staff
        self._assistant = assistant
        self._clock = clock
        self._emergencies = emergencies
        self._handoff = handoff
        self._company = company
        self._turn = turn
        self._waiting_prompt = waiting_prompt

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
            return await self._excuse(conversation_id, messages)
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
            if found.kind is None or not await self._alarm(conversation_id, messages, found.kind):
                await self._ask_for_patience(conversation_id)
            return False
        self._metrics.assistant_answered(stopwatch() - begun)
        verdict, kind = emergency_doubt.verdict_on(found, answer)
        alarming = verdict is emergency_doubt.Verdict.ALARM
        if kind and alarming and await self._alarm(conversation_id, messages, kind, answer):
            return False
        return await self._give(conversation_id, messages, answer, None if alarming else kind)

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
                self._remember(work, answer)
            await self._emergencies.raise_(work, kind, "\n".join(each.text for each in messages), now)
            return True

    async def _excuse(self, conversation_id: str, messages: Sequence[Message]) -> bool:
        """There are no words to ask the assistant about; of an album that is said once."""
        first, last = messages[0], messages[-1]
        excuse = polite_answer(self._company, last)
        lately = await self._transcripts.messages(conversation_id, after=first.seq - LATELY)
        if not said_in_one_go(lately, excuse):
            return await self._give(conversation_id, messages, AssistantAnswer(bubbles=(Bubble(excuse),)))
        async with self._conversations.open(conversation_id) as work:
            if work.conversation.owner is not Owner.BOT or work.conversation.answered_seq >= first.seq:
                return False
            return await self._settle(work, last.seq, self._clock.now())

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

    async def _ask_for_patience(self, conversation_id: str) -> None:
        async with self._conversations.open(conversation_id) as work:
            if not work.conversation.assistant_owes:
                return
            if not work.conversation.assistant_notice:
                text = self._company.fill(self._company.scripts.assistant_starting)
                work.post(Draft(Speaker.SYSTEM, Kind.NOTICE, text))
            work.change(assistant_notice=True, turn_until=self._clock.now() + RETRY)

    async def _give(
        self,
        conversation_id: str,
        messages: Sequence[Message],
        answer: AssistantAnswer,
        doubted: EmergencyKind | None = None,
    ) -> bool:
        """`doubted`: what the messages may report; the customer is asked before the answer."""
        first, message = messages[0], messages[-1]
        ahead, on_duty = await self._place(answer)
        async with self._conversations.open(conversation_id) as work:
            if work.conversation.owner is not Owner.BOT or work.conversation.answered_seq >= first.seq:
                return False  # a person has it by now, or another replica answered
            now = self._clock.now()
            self._remember(work, answer)
            _tell_what_was_understood(work, messages, answer)
            bubbles = await file_records(work, answer)
            checks = doubted is not None and self._emergencies.is_news(work.conversation, doubted, now)
            if doubted and checks:
                bubbles = self._check(work, message, doubted, bubbles)
            if bubbles or not checks:
                self._post(work, message, answer, bubbles)
            if answer.handoff is not None:
                self._handoff.to_people(
                    work,
                    answer.handoff,
                    now,
                    ahead=ahead,
                    on_duty=on_duty,
                    priority=answer.handoff_priority,
                    for_lead=answer.for_lead,
                )
                return False
            return await self._settle(work, message.seq, now)

    async def _settle(self, work: Work, seq: int, now: datetime) -> bool:
        """Number `seq` is answered. True if another waits, whose wait began when it was written."""
        next_at = await work.customer_wrote_after(seq)
        if next_at is None:
            work.conversation = answered_by_assistant(work.conversation, seq)
            return False
        prompts = prompts_due(next_at, now, self._waiting_prompt)
        work.conversation = answered_in_part(work.conversation, seq, next_at, now + self._turn, prompts)
        return True

    async def _place(self, answer: AssistantAnswer) -> tuple[int, bool]:
        """How many wait already, and whether anybody is on duty; asked only when a person is needed."""
        if answer.handoff is None:
            return 0, False
        on_duty = any(member.on_duty for member in await self._staff.all())
        return len(await self._inbox.positions()), on_duty

    def _remember(self, work: Work, answer: AssistantAnswer) -> None:
        """Keep for the agent's summary what the assistant understood and collected."""
        known: Conversation = work.conversation
        if answer.intent and not answer.answers_question:
            work.change(intents=(*known.intents, answer.intent)[-INTENTS_KEPT:])
        learnt = (*answer.collected, *((Collected(UNFINISHED, answer.unfinished),) if answer.unfinished else ()))
        if learnt or known.unfinished:
            labels = {UNFINISHED, *(item.label for item in learnt)}
            kept = tuple(item for item in known.collected if item.label not in labels)
            work.change(collected=(*kept, *learnt))
        for use in answer.articles:
            work.note(use.what, use.text)
        if answer.account_state:
            said = {"account_state": answer.account_state, "account_number": answer.account_number}
            work.change(**said, account_by=None)

    def _check(
        self, work: Work, message: Message, doubted: EmergencyKind, bubbles: tuple[Bubble, ...]
    ) -> tuple[Bubble, ...]:
        """Ask whether it is an emergency, and give the answer that follows the button that says so."""
        check = emergency_check.question(self._company, doubted, alone=not bubbles)
        kind = Kind.ANSWER if bubbles else Kind.QUESTION
        draft_id = emergency_check.message_id(message.id, doubted)
        work.post(Draft(Speaker.BOT, kind, check.text, () if bubbles else check.buttons, id=draft_id))
        if not bubbles:
            return ()
        *before, last = bubbles
        return (*before, replace(last, buttons=(*check.buttons, *last.buttons)))

    def _post(self, work: Work, message: Message, answer: AssistantAnswer, bubbles: tuple[Bubble, ...]) -> None:
        if not bubbles and answer.handoff is None:
            text = self._company.fill(self._company.queue_scripts.not_understood)
            bubbles = (Bubble(text, (Button("转人工客服", "转人工客服"),)),)
        for place, bubble in enumerate(bubbles):
            last = place == len(bubbles) - 1
            kind = Kind.QUESTION if last and answer.asks else Kind.ANSWER
            draft_id = f"{message.id}/answer/{place}"
            work.post(Draft(Speaker.BOT, kind, bubble.text, bubble.buttons, id=draft_id))


def _tell_what_was_understood(work: Work, messages: Sequence[Message], answer: AssistantAnswer) -> None:
    if answer.intent:
        work.emit(
            AssistantUnderstood(
                work.conversation.id,
                messages[-1].seq,
                tuple(message.text for message in messages),
                answer.intent.name,
                answer.guesses,
                handed_over=answer.handoff is not None,
                unhelpful=any(use.verdict is Verdict.UNHELPFUL for use in answer.articles),
            )
        )


def _plainest(messages: Sequence[Message]) -> Finding:
    """What the screen saw in the messages and left to the assistant's opinion."""
    return max((look(each.text) for each in messages), key=lambda found: found.grade)


class AssistantSilence:
    """The assistant did not answer within the reply limit: a person takes over."""

    def __init__(self, *, inbox: Inbox, staff: StaffDirectory, handoff: Handoff, clock: Clock) -> None:
        self._inbox = inbox
        self._staff = staff
        self._handoff = handoff
        self._clock = clock
        self._looked_at: datetime | None = None
        self._on_duty = False
        self._ahead = 0

    async def __call__(self, work: Work) -> None:
        now = self._clock.now()
        if self._looked_at is None or now - self._looked_at >= FRESH:
            self._on_duty = any(member.on_duty for member in await self._staff.all())
            self._ahead = len(await self._inbox.positions())
            self._looked_at = now
        self._handoff.to_people(work, "智能助手未能回答", now, ahead=self._ahead, on_duty=self._on_duty)
        self._ahead += 1
