"""A dialogue that advises: the rule first, then the few questions whose answers make it the customer's own case.

Its questions are looked for in every message, so that answers given early, together or corrected later all count.
What was said is filed as 咨询 / 电话处理 / 已完成 (S0), once per conversation.
"""

from abc import abstractmethod
from collections.abc import Mapping
from dataclasses import replace
from typing import ClassVar

from actions.capability import AFRESH, PERSON_OFFERED
from actions.choices import Choices, chosen
from actions.dialogue import Dialogue
from actions.places import find_account
from actions.proofs import Proof, prove
from actions.records import consultation
from actions.turns import NOTHING_HEARD, Heard, Say, Signal, Slots, Step, say
from actions.understanding import (
    corrects,
    is_bare_answer,
    is_number_only,
    is_question,
    normal,
    without_tag,
    yes_or_no,
)
from bot.domain.gas import Account
from bot.domain.intents import label

_ENOUGH = "知道了|明白|了解了|清楚了|不用|不需要|不算|谢|就这样|没有了|没事了|好的?$|行$|可以了|拜拜|再见"
_LONGEST_CHOICE = 14


class Consultation(Dialogue):
    #: By question: how its answers are said. Questions without choices are read by `read`.
    choices: ClassVar[Mapping[str, Choices]] = {}
    #: The opening is part of every answer, not only of the way to it.
    always_opens: ClassVar[bool] = False
    #: The opening answers the question as such: filed even if the customer writes no more, and all that is said in the
    #: middle of another dialogue.
    opening_suffices: ClassVar[bool] = True
    #: Slots that make it the customer's own case: who states one knows the rule, and gets the question at once.
    own_case: ClassVar[frozenset[str]] = frozenset()

    @classmethod
    def asks_on(cls) -> bool:
        return not cls.opening_suffices

    @abstractmethod
    async def advise(self, slots: Slots) -> Step:
        """The next question, or the answer, from what is known now."""

    async def read(self, asked: str | None, text: str, slots: Slots) -> Slots:
        """What the text answers, by slot. The question that was asked is answered by less than the others."""
        return {}

    def opening(self, heard: Heard) -> tuple[Say, ...]:
        """What is said before the first question: the rule, for who wants to know no more."""
        return ()

    def answers(self) -> Mapping[str, Choices]:
        return self.choices

    async def is_plain_answer(self, asked: str, text: str) -> bool:
        if is_bare_answer(text):
            return True
        if len(text) > _LONGEST_CHOICE:
            return False
        chooses = not is_question(without_tag(text)) and chosen(text, self.answers().get(asked, {})) is not None
        return chooses or asked in await self.read(asked, text, {})

    async def hear(self, slots: Slots, asked: str | None, heard: Heard, conversation_id: str) -> Step | None:
        begun = self._has_begun(slots)
        if asked is None and heard == NOTHING_HEARD and not begun and not slots.get(AFRESH):
            return await self._after_something_else(slots)
        learnt = {**self._choose(asked, heard.text, slots), **await self.read(asked, heard.text, slots)}
        if asked is not None and not learnt:
            number, account = await self._account_named(heard.text)
            if number and account is None:
                return Step(ask=asked, says=(say("utter_balance_account_unknown"),))
            if account is None:
                return self._besides(slots, asked, heard)
            learnt = prove(slots, number, Proof.NUMBER)
        step = await self.advise({**slots, **learnt})
        step = replace(step, learnt={**learnt, **step.learnt})
        if asked and step.ask == asked and not step.says:  # the answer to a later question
            return replace(step, says=(say("utter_repair_noted"),))
        knows_rule = step.ask is None or self.own_case & learnt.keys()
        if asked is not None or begun or (knows_rule and not self.always_opens):
            return step
        optional = self.opening_suffices and (not learnt or step.ask == self.questions[0])
        return replace(self._opened(step, heard), optional=optional)

    async def _account_named(self, text: str) -> tuple[str, Account | None]:
        """An account number where something else was asked for: what is known of it need not be asked."""
        return await find_account(text, self._office.back_office) if is_number_only(text) else ("", None)

    def _declines(self, heard: Heard) -> bool:
        """A no to a question that only offers more."""
        return self.opening_suffices and (
            yes_or_no(heard.text) is False or (heard.intent == "deny" and not is_question(heard.text))
        )

    async def come_back(self, asked: str, slots: Slots) -> Step:
        if not self._has_begun(slots):
            return await self._after_something_else(slots)
        return await super().come_back(asked, slots)

    async def _after_something_else(self, slots: Slots) -> Step:
        """Who went on to another subject was content with the rule: nobody is called back to an offer."""
        return Step(ask=None) if self.opening_suffices else await self.advise(slots)

    def _besides(self, slots: Slots, asked: str, heard: Heard) -> Step | None:
        """No answer to the question: the customer has enough, or asks for the rule once more; None for all else."""
        if slots.get("offer") != PERSON_OFFERED and (has_enough(heard) or self._declines(heard)):
            return self.enough(slots)
        if heard.intent in self.intents and is_question(heard.text):
            return None if self._known_about(heard) else Step(ask=asked, says=self.opening(heard))
        return None

    def _opened(self, step: Step, heard: Heard) -> Step:
        rule = (self._record(),) if self.opening_suffices else ()
        return replace(step, says=(*self.opening(heard), *step.says), signals=(*rule, *step.signals))

    def enough(self, slots: Slots) -> Step:
        """The customer wants to know no more: the rule was the answer."""
        return self.answered()

    def answered(self, outcome: str = "", *says: Say, account: str | None = None) -> Step:
        """The end: say it, ask what else there is to do, and have the consultation filed."""
        return Step(ask=None, says=says, signals=(self._record(outcome, account),), closing=True)

    def _record(self, outcome: str = "", account: str | None = None) -> Signal:
        (intent,) = self.intents
        summary = f"咨询：{label(intent)}" + (f"（{outcome}）" if outcome else "")
        return consultation(intent, summary, account_number=account)

    async def known_account(self, slots: Slots, *, proven: bool = False) -> Account | None:
        """The account named before; with `proven` only if it was shown to be the customer's, so that it may be told."""
        number, proof = slots.get("account_number"), slots.get("account_proof")
        if not number or proof == Proof.REFUSED or (proven and proof != Proof.BOTH):
            return None
        return await self._office.back_office.account(number)

    def _choose(self, asked: str | None, text: str, slots: Slots) -> Slots:
        found: dict[str, str] = {}
        for question, choices in self.answers().items():
            if asked not in (None, question) and slots.get(question) is not None and not corrects(text):
                continue
            if (value := chosen(text, choices)) is not None:
                found[question] = value
        return found


def has_enough(heard: Heard) -> bool:
    """ "知道了，谢谢", "不用了": the customer needs no more of this."""
    words = normal(heard.text)
    return heard.intent in ("thank", "goodbye") or (
        len(words) <= _LONGEST_CHOICE and not is_question(words) and chosen(words, {"enough": _ENOUGH}) is not None
    )
