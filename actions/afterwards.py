"""What is said right after an answer, outside a dialogue: about the last subject, whatever the model takes it for.

"那得几天" behind the papers for a transfer asks about the transfer; "什么意思" about what was just said; "谁批准的" is
no wish for the boss; and money that was paid and does not show is looked up, not explained as a way to pay.
"""

from collections.abc import Sequence
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import FollowupAction

from actions.afterthoughts import afterthought, last_clause, own_question
from actions.authority import doubts_authority
from actions.behind import article_behind, intents_of
from actions.capability import PERSON_OFFERED, SUBJECT, Event, Office, Voice, end_dialogue, fresh_start, remember
from actions.follow_ups import About, asked_about, follow_up_in, tells
from actions.halls import hall_meant, opening_line
from actions.meanings import asks_meaning
from actions.missing_payments import PAYMENT_MISSED, paid_but_not_shown
from actions.subjects import EMERGENCIES, FIRST_OF_ALL, SURE, VERY_SURE
from actions.turns import PERSON, Heard, Say, article_used, handled_already, heard_in, say
from bot.domain.intents import label
from bot.domain.knowledge import SURE_TO_REFINE, Article, ArticleUse, Verdict, choose

_TAKEN_FOR = frozenset({"pay_bill", "ask_late_fee", "dispute_bill", "ask_invoice", "out_of_scope", "nlu_fallback"})
#: Needs nothing known of the subject.
_ANYWHERE = {About.WHERE: "utter_where_anything"}


#: The slot with the facts of the last end, for the answers to questions about it.
TOLD = "told"
#: Answers that are made of them.
_NEEDS_TOLD = frozenset({"utter_reading_fee_told"})


class Afterwards:
    """Speaks before the action that Rasa has chosen. Where a method returns None it has said nothing."""

    def __init__(self, office: Office) -> None:
        self._knowledge = office.knowledge
        self._clock = office.clock
        self._answers = office.follow_ups
        self._forms = office.intents
        self._afterthoughts = office.afterthoughts
        self._own_questions = office.own_questions
        self._company = office.company

    def answer(self, voice: Voice, tracker: Tracker, action: str, open_form: str | None) -> list[Event] | None:
        """`open_form` is the dialogue that was going on when the customer wrote."""
        heard = heard_in(tracker.latest_message)
        form = action.removeprefix("validate_")
        if heard.intent in EMERGENCIES or form == open_form or handled_already(tracker.events, form):
            return None
        if heard.intent in _TAKEN_FOR and paid_but_not_shown(heard.text):
            return _look_up_the_balance(tracker.slots.get("paused_forms") or [], open_form)
        return None if open_form else self._about_the_last(voice, tracker.slots, heard)

    def _about_the_last(self, voice: Voice, slots: dict[str, Any], heard: Heard) -> list[Event] | None:
        if doubts_authority(heard.text) and heard.intent not in ("make_complaint", "request_human"):
            voice.say(say("utter_who_decides"))
            return [*fresh_start(), *end_dialogue()]
        form, topic = slots.get(SUBJECT) or (None, None)
        settled = (slots.get("settled") or [None])[0]
        told = self._afterthought(form, heard.text) or self._afterthought(settled, heard.text)
        led_away = heard.intent in FIRST_OF_ALL
        if told and (heard.confidence < VERY_SURE or not led_away):
            return self._said(voice, told)
        known = self._answers.get(form or "", {})
        if (
            topic
            and follow_up_in(heard.text, known) not in known
            and (article := self._article(form, topic, settled, heard))
        ):
            voice.say(say("utter_article", article=self._knowledge.answer(article)))
            voice.signal(article_used(ArticleUse(article.id, article.question, Verdict.SHOWN)))
            return [*fresh_start(), *end_dialogue()]
        if topic is None or (led_away and not self._fears_a_loss(form, heard)):
            return None
        if hall := self._hall(form, topic, heard.text):
            return self._said(voice, hall)
        if asks_meaning(heard.text):
            voice.say(say("utter_meaning_afterwards"))
            return [*fresh_start(offer=PERSON_OFFERED), *end_dialogue()]
        answer = self._follow_up(form, topic, heard, slots.get(TOLD)) or self._of_settled(settled, heard)
        return self._said(voice, answer) if answer else None

    def _article(self, form: str | None, topic: str, settled: str | None, heard: Heard) -> Article | None:
        intents = intents_of(topic, form, self._forms, self._knowledge) | self._forms.get(settled or "", frozenset())
        return article_behind(intents, heard, self._knowledge, self._clock.now())

    @staticmethod
    def _said(voice: Voice, answer: Say) -> list[Event]:
        voice.say(answer)
        return [*fresh_start(), *end_dialogue()]

    def _afterthought(self, form: str | None, text: str) -> Say | None:
        response = afterthought(text, self._afterthoughts.get(form or "", {})) or own_question(
            last_clause(text), self._own_questions.get(form or "", {})
        )
        return say(response) if response else None

    def _hall(self, form: str | None, topic: str, text: str) -> Say | None:
        """ "城东那个": one of the halls that were told."""
        halls = self._company.halls
        told = topic == label("ask_service_hours") or About.WHERE in self._answers.get(form or "", {})
        hall = hall_meant(text, halls) if told else None
        local = self._clock.now().astimezone(self._company.company.zone)
        return say("utter_hall_near", opening_lines=opening_line(hall, local)) if hall else None

    def _of_settled(self, form: str | None, heard: Heard) -> Say | None:
        """ "好 那师傅哪天能来", after something else: about the last dialogue, if about nothing for certain."""
        known = self._answers.get(form or "", {})
        unsure = heard.confidence < SURE or heard.intent == "nlu_fallback"
        asked = asked_about(heard.text) if unsure else None
        response = known.get(asked) if asked else None
        return say(response) if response and response not in _NEEDS_TOLD else None

    def _fears_a_loss(self, form: str | None, heard: Heard) -> bool:
        """ "那我200块就没了？？" sounds like a complaint, and is a question where the dialogue has an answer to it."""
        return follow_up_in(heard.text, self._answers.get(form or "", {})) is About.LOST

    def _follow_up(self, form: str | None, topic: str, heard: Heard, told: dict[str, str] | None) -> Say | None:
        known = self._answers.get(form or "", {})
        asked = follow_up_in(heard.text, known)
        if asked is None:
            return None
        response = known.get(asked)
        if response and (told or response not in _NEEDS_TOLD):
            return say(response, **(told or {}))
        choice = choose(self._knowledge.search(f"{topic} {heard.text}", self._clock.now()))
        if choice.answer and choice.score >= SURE_TO_REFINE and tells(asked, choice.answer.answer):
            return say("utter_article", article=self._knowledge.answer(choice.answer))
        if asked in _ANYWHERE:
            return say(_ANYWHERE[asked])
        sure = heard.confidence >= SURE and heard.intent != "nlu_fallback"
        return None if sure else Say("utter_follow_up_unknown", buttons=(PERSON,))


def _look_up_the_balance(paused: Sequence[str], open_form: str | None) -> list[Event]:
    """Ask for the account, then tell what is credited; the dialogue that was going on is come back to."""
    waiting = [*paused, open_form] if open_form else [*paused]
    left = [*end_dialogue(), *remember(paused_forms=waiting or None)]
    return [*fresh_start(), *left, *remember(**{PAYMENT_MISSED: True}), FollowupAction("balance_form")]
