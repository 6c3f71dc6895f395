"""Reads what Rasa's input channel answers (its shape is in assistant/gasdesk_channel.py)."""

from typing import Self

import structlog
from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from bot.domain.conversations import Button, Collected, Priority, SeenIntent
from bot.domain.emergencies import EmergencyKind
from bot.domain.knowledge import ArticleUse, Verdict
from bot.domain.work_orders import OrderNote, Record
from bot.ports import AssistantAnswer, AssistantDown, Bubble

log = structlog.get_logger()

#: A leak whose place is unknown counts as one indoors.
EMERGENCY_INTENTS = {
    "report_leak": EmergencyKind.INDOOR_LEAK,
    "report_co_poisoning": EmergencyKind.CARBON_MONOXIDE,
    "report_fire": EmergencyKind.FIRE,
}


class _Part(BaseModel):
    # Two programs of one release talk here: a number where a text belongs is a mistake, never a variant.
    model_config = ConfigDict(strict=True)


class _Button(_Part):
    title: str
    payload: str


class _Handoff(_Part):
    reason: str
    urgent: bool = False
    for_lead: bool = False


class _Account(_Part):
    number: str | None
    state: str


class _Collected(_Part):
    label: str
    value: str


class _ArticleUse(_Part):
    id: str
    question: str
    verdict: Verdict


class _Signals(_Part):
    handoff: _Handoff | None = None
    emergency: EmergencyKind | None = None
    account: _Account | None = None
    collected: list[_Collected] = []
    records: list[Record] = []
    articles: list[_ArticleUse] = []
    order_notes: list[OrderNote] = []
    unfinished: str = ""
    no_emergency: bool = False
    an_answer: bool = False


class _Reply(_Part):
    text: str | None = None
    buttons: list[_Button] = []
    custom: _Signals = _Signals()

    @model_validator(mode="after")
    def buttons_need_a_text(self) -> Self:
        if self.buttons and not _bubble_texts(self.text):
            raise ValueError("buttons without a text")
        return self


class _Scored(_Part):
    name: str | None
    confidence: float


class _Body(_Part):
    replies: list[_Reply]
    intent: _Scored
    ranking: list[_Scored]
    requested_slot: str | None
    error: str | None


def read_answer(body: bytes, customer_text: str, emergency_confidence: float) -> AssistantAnswer:
    """The answer in the body of a 200.

    Intents that report an emergency with at least `emergency_confidence` together (0 to 1) count as one, also when
    Rasa itself was too unsure between them to act on it.

    Raises:
        AssistantDown: the body is not whole.
    """
    answer = _parsed(body)
    signals = _merged([reply.custom for reply in answer.replies])
    result = AssistantAnswer(
        bubbles=tuple(bubble for reply in answer.replies for bubble in _bubbles(reply)),
        asks=answer.requested_slot is not None,
        intent=SeenIntent(answer.intent.name, answer.intent.confidence, customer_text) if answer.intent.name else None,
        guesses=tuple((scored.name, scored.confidence) for scored in answer.ranking if scored.name),
        handoff=signals.handoff.reason if signals.handoff else None,
        handoff_priority=Priority.HIGH if signals.handoff and signals.handoff.urgent else Priority.NORMAL,
        for_lead=signals.handoff is not None and signals.handoff.for_lead,
        emergency=signals.emergency
        or (None if signals.no_emergency else _reported_emergency(answer, emergency_confidence)),
        no_emergency=signals.no_emergency,
        emergency_chance=0.0 if signals.no_emergency else _emergency_chance(answer),
        emergency_suspected=_suspected_emergency(answer),
        collected=tuple(Collected(c.label, c.value) for c in signals.collected),
        account_number=signals.account.number if signals.account else None,
        account_state=signals.account.state if signals.account else None,
        records=tuple(signals.records),
        articles=tuple(ArticleUse(a.id, a.question, a.verdict) for a in signals.articles),
        order_notes=tuple(signals.order_notes),
        unfinished=signals.unfinished if answer.requested_slot else "",
        answers_question=signals.an_answer,
    )
    if not (result.bubbles or result.handoff or result.emergency):
        # It would say as little again: the customer is asked for other words, not told to wait.
        log.error("the assistant answered nothing", action="assistant_silent", intent=answer.intent.name)
    return result


def _parsed(body: bytes) -> _Body:
    try:
        answer = _Body.model_validate_json(body)
    except ValidationError as problem:
        raise AssistantDown(f"its answer makes no sense: {_first_problem(problem)}") from problem
    if answer.error is not None:
        raise AssistantDown(f"it reports an error: {answer.error}")
    return answer


def _merged(parts: list[_Signals]) -> _Signals:
    """All signals of one turn: what was collected, used or is to be filed adds up; of the others the last counts."""
    merged = _Signals()
    for part in parts:
        merged = _Signals(
            handoff=part.handoff or merged.handoff,
            emergency=part.emergency or merged.emergency,
            account=part.account or merged.account,
            collected=[*merged.collected, *part.collected],
            records=[*merged.records, *part.records],
            articles=[*merged.articles, *part.articles],
            order_notes=[*merged.order_notes, *part.order_notes],
            no_emergency=part.no_emergency or merged.no_emergency,
            unfinished=part.unfinished or merged.unfinished,
            an_answer=part.an_answer or merged.an_answer,
        )
    return merged


def _reported_emergency(answer: _Body, confidence: float) -> EmergencyKind | None:
    return _suspected_emergency(answer) if sum(_emergency_scores(answer).values()) >= confidence else None


def _suspected_emergency(answer: _Body) -> EmergencyKind | None:
    scores = _emergency_scores(answer)
    return max(scores, key=scores.__getitem__) if scores else None


def _emergency_chance(answer: _Body) -> float | None:
    """All its emergency intents together: which of them it is matters less than that it is one."""
    return min(1.0, sum(_emergency_scores(answer).values())) if answer.ranking else None


def _emergency_scores(answer: _Body) -> dict[EmergencyKind, float]:
    scores = {scored.name: scored.confidence for scored in (answer.intent, *answer.ranking)}
    return {kind: scores[intent] for intent, kind in EMERGENCY_INTENTS.items() if intent in scores}


def _bubbles(reply: _Reply) -> list[Bubble]:
    texts = _bubble_texts(reply.text)
    buttons = tuple(Button(b.title, b.payload) for b in reply.buttons)
    return [Bubble(text, buttons if n == len(texts) else ()) for n, text in enumerate(texts, start=1)]


def _bubble_texts(text: str | None) -> list[str]:
    """A blank line divides bubbles."""
    return [part.strip() for part in (text or "").split("\n\n") if part.strip()]


def _first_problem(problem: ValidationError) -> str:
    first = problem.errors(include_url=False, include_input=False)[0]
    where = ".".join(str(step) for step in first["loc"])
    return f"{where}: {first['msg']}" if where else first["msg"]
