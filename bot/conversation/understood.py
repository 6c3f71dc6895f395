"""What the assistant understood: kept for the agent who may come, told to whoever learns from it."""

from collections.abc import Sequence

from bot.domain.conversations import UNFINISHED, Collected, Conversation, Message
from bot.domain.events import AssistantUnderstood
from bot.domain.knowledge import Verdict
from bot.ports import AssistantAnswer, Work

INTENTS_KEPT = 5


def remember(work: Work, answer: AssistantAnswer) -> None:
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


def tell(work: Work, messages: Sequence[Message], answer: AssistantAnswer) -> None:
    """Tell whoever learns from it, such as the review of what was not understood."""
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
