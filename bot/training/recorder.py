"""Puts messages into the review inbox as they happen. A hint that is lost in a crash costs one item, no answer."""

import asyncio
from collections.abc import Coroutine, Sequence
from typing import Protocol

import structlog

from bot.clock import Clock
from bot.domain.conversations import Kind, Message, Speaker
from bot.domain.events import AssistantUnderstood, EmergencyRaised
from bot.ports import AssistantDown, Transcripts
from bot.training.judged import Parsed
from bot.training.labelling import ReviewStore
from bot.training.report import AlarmRules
from bot.training.review import Guess, Reason, doubts, find

log = structlog.get_logger()

#: What the customer asks for a person with says nothing of what was not understood.
_PERSON = frozenset({"request_human", "request_leader"})


class Parser(Protocol):
    async def __call__(self, text: str) -> Parsed:
        """What the live model takes a sentence for, whatever dialogue is on. Raises AssistantDown."""
        ...


class ReviewRecorder:
    def __init__(
        self, *, store: ReviewStore, transcripts: Transcripts, parse: Parser, alarm: AlarmRules, clock: Clock
    ) -> None:
        self._store = store
        self._transcripts = transcripts
        self._parse = parse
        self._alarm = alarm
        self._clock = clock
        self._looking: set[asyncio.Task[None]] = set()

    def understood(self, event: AssistantUnderstood) -> None:
        """The assistant answered: was it sure, did the answer before it help?"""
        self._later(self._look_at_answer(event))

    def emergency(self, event: EmergencyRaised) -> None:
        """Did both, the screen and the model, recognise it?"""
        self._later(self._look_at_emergency(event))

    async def settle(self) -> None:
        """Wait until everything has been looked at."""
        while self._looking:
            done, _ = await asyncio.wait(self._looking)
            self._looking -= done

    def _later(self, look: Coroutine[None, None, None]) -> None:
        """Beside the conversation, which must not wait for the model's opinion."""
        task = asyncio.create_task(_logged(look))
        self._looking.add(task)
        task.add_done_callback(self._looking.discard)

    async def _look_at_answer(self, event: AssistantUnderstood) -> None:
        own = doubts(event.intent, event.guesses)
        screened = len(event.texts) == 1 and self._alarm.hears(event.texts[0])
        sent_away = event.handed_over and (event.intent in _PERSON or event.unhelpful)
        if not (own or screened or event.unhelpful or sent_away):
            return
        said = [m for m in await self._transcripts.messages(event.conversation_id) if m.seq <= event.seq]
        if screened:
            # The assistant was believed that it is none; a person looks at it afterwards.
            await self._add(event.texts[0], frozenset({Reason.SCREEN_ONLY}), event.guesses, event.conversation_id)
        elif own and len(event.texts) == 1 and not _answers_question(said, event.seq):
            await self._add(event.texts[0], own, event.guesses, event.conversation_id)
        if event.unhelpful or sent_away:
            reason = Reason.UNHELPFUL if event.unhelpful else Reason.HANDED_OVER
            await self._add_earlier(said, event, reason)

    async def _look_at_emergency(self, event: EmergencyRaised) -> None:
        messages = await self._transcripts.messages(event.conversation.id)
        text = next((m.text for m in reversed(messages) if m.speaker is Speaker.CUSTOMER), "")
        try:
            parsed = await self._parse(text)
        except AssistantDown as problem:
            log.info("an emergency is not looked at", action="review_skipped", reason=str(problem))
            return
        by_screen, by_model = self._alarm.hears(text), self._alarm.by_model(parsed)
        if by_screen is not by_model:
            reason = Reason.SCREEN_ONLY if by_screen else Reason.MODEL_ONLY
            await self._add(text, frozenset({reason}), parsed.ranking, event.conversation.id)

    async def _add_earlier(self, said: Sequence[Message], event: AssistantUnderstood, reason: Reason) -> None:
        """What the customer had asked, when he now says that the answer was no help, or wants a person."""
        earlier = _answered_before(said, event.seq - len(event.texts) + 1)
        if earlier is None or _answers_question(said, earlier.seq):
            return
        try:
            guesses: Sequence[Guess] = (await self._parse(earlier.text)).ranking
        except AssistantDown:
            guesses = ()
        await self._add(earlier.text, frozenset({reason}), guesses, event.conversation_id)

    async def _add(self, text: str, reasons: frozenset[Reason], guesses: Sequence[Guess], conversation_id: str) -> None:
        found = find(text, reasons, guesses[:3], conversation_id)
        if found:
            await self._store.add(found, self._clock.now())


async def _logged(look: Coroutine[None, None, None]) -> None:
    try:
        await look
    except Exception:
        log.exception("a message could not be looked at", action="review_failed")


def _answers_question(said: Sequence[Message], seq: int) -> bool:
    """The message answers what a dialogue asked: it means something only there."""
    before = [m for m in said if m.seq < seq and m.speaker is not Speaker.CUSTOMER and m.kind is not Kind.GREETING]
    return bool(before) and before[-1].kind is Kind.QUESTION


def _answered_before(said: Sequence[Message], seq: int) -> Message | None:
    """The customer's last message before number `seq` that the assistant answered."""
    answers = [m.seq for m in said if m.seq < seq and m.speaker is Speaker.BOT]
    asked = [m for m in said if answers and m.seq < answers[-1] and m.speaker is Speaker.CUSTOMER]
    return asked[-1] if asked else None
