"""Gives what the assistant answered, if the conversation is still its own; records and hand-over go with it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.clock import Clock
from bot.conversation import emergency_check, understood
from bot.conversation.emergency import EmergencyFlow
from bot.conversation.handoff import Handoff
from bot.conversation.records import file_records
from bot.conversation.repetition import what_is_new
from bot.domain.company import CompanyProfile
from bot.domain.conversations import Button, Draft, Kind, Message, Speaker
from bot.domain.emergencies import EmergencyKind
from bot.domain.transitions import answered_by_assistant, answered_in_part, prompts_due
from bot.ports import AssistantAnswer, Bubble, Conversations, Inbox, StaffDirectory, Work

_PERSON = Button("转人工客服", "转人工客服")
#: Steer the talk, or are not understood: nothing that a left message needs.
_SETTLES_NOTHING = frozenset(
    {"nlu_fallback", "out_of_scope", "affirm", "deny", "greet", "goodbye", "thank", "praise", "request_leader"}
)


class GiveAnswer:
    def __init__(
        self,
        *,
        conversations: Conversations,
        inbox: Inbox,
        staff: StaffDirectory,
        clock: Clock,
        emergencies: EmergencyFlow,
        handoff: Handoff,
        company: CompanyProfile,
        turn: timedelta,
        waiting_prompt: timedelta,
    ) -> None:
        self._conversations = conversations
        self._inbox = inbox
        self._staff = staff
        self._clock = clock
        self._emergencies = emergencies
        self._handoff = handoff
        self._company = company
        self._turn = turn
        self._waiting_prompt = waiting_prompt

    async def __call__(
        self,
        conversation_id: str,
        messages: Sequence[Message],
        answer: AssistantAnswer,
        doubted: EmergencyKind | None = None,
    ) -> bool:
        """Post the answer, or hand over as it says. True if another message waits.

        `doubted`: what the messages may report; the customer is asked before the answer.
        """
        message = messages[-1]
        ahead, on_duty = await self._place(answer)
        async with self._conversations.open(conversation_id) as work:
            if _is_over(work, messages):
                return False
            now = self._clock.now()
            if work.conversation.left_message and not beside_a_message(answer):
                return await self._settle(work, message.seq, now)
            understood.remember(work, answer)
            understood.tell(work, messages, answer)
            bubbles = await self._unsaid(work, messages, answer, await file_records(work, answer))
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

    async def nothing(self, conversation_id: str, messages: Sequence[Message]) -> bool:
        """They are answered without a word. True if another message waits."""
        async with self._conversations.open(conversation_id) as work:
            if _is_over(work, messages):
                return False
            return await self._settle(work, messages[-1].seq, self._clock.now())

    async def _settle(self, work: Work, seq: int, now: datetime) -> bool:
        """Number `seq` is answered. True if another waits, whose wait began when it was written."""
        next_at = await work.customer_wrote_after(seq)
        if next_at is None:
            work.conversation = answered_by_assistant(work.conversation, seq)
            return False
        prompts = prompts_due(next_at, now, self._waiting_prompt)
        work.conversation = answered_in_part(work.conversation, seq, next_at, now + self._turn, prompts)
        return True

    async def _unsaid(
        self, work: Work, messages: Sequence[Message], answer: AssistantAnswer, bubbles: tuple[Bubble, ...]
    ) -> tuple[Bubble, ...]:
        """The answer without what was said just now; if that is all of it, where it stands, and who else may help."""
        if not bubbles or answer.handoff is not None:
            return bubbles
        if answer.records or answer.order_notes:  # each of them is acknowledged
            return bubbles
        before = await work.said_before(messages[0].seq)
        new = what_is_new(bubbles, asks=answer.asks, message=messages[-1], before=before)
        said_already = Bubble(self._company.fill(self._company.queue_scripts.said_already), (_PERSON,))
        return new or (said_already,)

    async def _place(self, answer: AssistantAnswer) -> tuple[int, bool]:
        """How many wait already, and whether anybody is on duty; asked only when a person is needed."""
        if answer.handoff is None:
            return 0, False
        on_duty = any(member.on_duty for member in await self._staff.all())
        return len(await self._inbox.positions()), on_duty

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
            bubbles = (Bubble(text, (_PERSON,)),)
        for place, bubble in enumerate(bubbles):
            last = place == len(bubbles) - 1
            kind = Kind.QUESTION if last and answer.asks else Kind.ANSWER
            draft_id = f"{message.id}/answer/{place}"
            work.post(Draft(Speaker.BOT, kind, bubble.text, bubble.buttons, id=draft_id))


def beside_a_message(answer: AssistantAnswer) -> bool:
    """Whether the assistant settles something for who has left a message; what it cannot stays with the message."""
    if answer.handoff is not None or not answer.bubbles:
        return False
    return answer.answers_question or (answer.intent is not None and answer.intent.name not in _SETTLES_NOTHING)


def _is_over(work: Work, messages: Sequence[Message]) -> bool:
    """A person has the conversation by now, or another replica answered."""
    return not work.conversation.assistant_may_speak or work.conversation.answered_seq >= messages[0].seq
