"""Advice first, then the offer that somebody comes; a no leaves the consultation on record (domain 4.7–4.9, 4.11)."""

from abc import abstractmethod
from dataclasses import replace
from typing import ClassVar

from actions.checks import wants
from actions.contacts import phone_in, time_in
from actions.records import consultation
from actions.turns import NOTHING_HEARD, Heard, Say, Slots, Step, say
from actions.understanding import is_question, names_a_dwelling, sounds_dangerous, without_tag
from actions.visits import VISIT, VisitDialogue


class OfferedVisit(VisitDialogue):
    """A dialogue whose last question of its own is whether somebody shall come."""

    #: The slot of that question.
    offered: ClassVar[str]
    price: ClassVar[str | None] = "utter_visit_price"
    #: What the consultation is about, for the record.
    subject: ClassVar[str]

    async def is_plain_answer(self, asked: str, text: str) -> bool:
        if asked in VISIT:
            return await self.is_plain_visit_answer(asked, text)
        told = asked == self.offered and self.tells_where(text)
        return (told or self.answers(asked, text)) and not sounds_dangerous(text) and not is_question(text)

    def answers(self, asked: str, text: str) -> bool:
        """Whether `text` answers the dialogue's own question for `asked`."""
        return wants(text) is not None

    @staticmethod
    def tells_where(text: str) -> bool:
        """Who answers the offer with an address or a telephone number takes it."""
        return names_a_dwelling(text) or phone_in(text) is not None

    async def hear(self, slots: Slots, asked: str | None, heard: Heard, conversation_id: str) -> Step | None:
        if asked in VISIT:
            return await self.hear_visit(slots, asked or "", heard)
        if asked == self.offered:
            return await self.hear_offer(slots, heard)
        step = await self.hear_own(slots, asked, heard)
        back = asked is None and heard == NOTHING_HEARD
        return replace(step, says=()) if step and back else step  # the advice was given before the interruption

    async def visit_wished(self, slots: Slots, asked: str, heard: Heard) -> Step | None:
        if asked == self.offered:
            return await self.arrange(slots, learnt={self.offered: True})
        return await super().visit_wished(slots, asked, heard)

    async def time_proposed(self, slots: Slots, asked: str, heard: Heard) -> Step | None:
        if asked == self.offered:
            return await self.arrange(slots, learnt={self.offered: True}, text=without_tag(heard.text))
        return await super().time_proposed(slots, asked, heard)

    @abstractmethod
    async def hear_own(self, slots: Slots, asked: str | None, heard: Heard) -> Step | None:
        """As `hear`, for the questions before the offer."""

    async def hear_offer(self, slots: Slots, heard: Heard) -> Step | None:
        wanted = wants(heard.text)
        if wanted is None and (self.tells_where(heard.text) or time_in(heard.text, self._now())):
            wanted = True
        if wanted is None:
            return None
        if wanted:
            return await self.arrange(slots, learnt={self.offered: True}, text=heard.text)
        return self.only_asked()

    def only_asked(self) -> Step:
        """Nobody shall come: the consultation is on record as settled."""
        filed = consultation(self.form, f"咨询{self.subject}，已解答")
        return Step(ask=None, says=(say("utter_visit_not_wanted"),), signals=(filed,), closing=True)

    async def offer(self, slots: Slots, learnt: Slots, *says: Say) -> Step:
        """The advice, then the offer; where a visit was begun already, its next question."""
        if slots.get(self.offered):
            return await self.arrange(slots, learnt=learnt)
        return Step(ask=self.offered, learnt=learnt, says=says)
