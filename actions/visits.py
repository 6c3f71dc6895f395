"""Address, telephone number and convenient time, one question at a time, read back, then an order is filed.

Any dialogue that may end in a visit or a call builds on `VisitDialogue`: it asks its own questions first and then
returns `await self.arrange(...)`. What the customer has stated once in a conversation is not asked again; what the
company knows is never told: address and number are the customer's own words (S0 通话要求 2, 3).
"""

import re
from abc import abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import ClassVar, Self

from rasa_sdk import Tracker

from actions.afterthoughts import own_question
from actions.checks import asks_price
from actions.contacts import on_the_same_day, phone_in, time_in, tries_a_phone, without_day, without_phone
from actions.dialogue import Dialogue
from actions.follow_ups import About
from actions.places import LONGEST_PLACE, find_places
from actions.remarks import REMARKS, filed_with_remarks, with_remark
from actions.stated_address import StatedAddress, address_in, part_corrected
from actions.turns import Heard, Say, Slots, Step, collected, record, say
from actions.understanding import (
    agrees_and_tells,
    corrects,
    is_bare_answer,
    is_question,
    normal,
    sounds_dangerous,
    without_tag,
    yes_or_no,
)
from actions.wishes import proposes_time
from bot.domain.places import dwelling
from bot.domain.work_orders import Handling, OrderState, OrderType, Record

ADDRESS, PHONE, TIME, CONFIRMED = "visit_address", "visit_phone", "visit_time", "visit_confirmed"
VISIT = (ADDRESS, PHONE, TIME, CONFIRMED)
"""The questions of a visit; a dialogue puts them behind its own in `questions`."""

LABELS = {ADDRESS: "地址", PHONE: "联系电话", TIME: "方便时间"}

#: What is kept of them for the rest of the conversation.
_KEPT = {ADDRESS: "contact_address", PHONE: "contact_phone"}
WRONG = {
    ADDRESS: re.compile("(地址|小区|楼号|单元|房号|门牌).{0,4}(错|不对|不是|有误|改|换)|^是?地址$"),
    PHONE: re.compile("(电话|手机|号码|联系方式).{0,4}(错|不对|不是|有误|改|换)|^是?(电话|号码)$"),
    TIME: re.compile("时间.{0,4}(错|不对|不是|有误|改|换|不行)|^是?时间$|^(换|改)个?时间"),
}
#: "你们系统里有我电话": what is on file is never told, so it is not taken either.
_YOU_KNOW = re.compile(
    "(你们?|系统|档案|平台)(那|里|上)?.{0,6}(有|知道|登记|留|存).{0,6}(电话|号码|手机|地址|信息)|(预留|登记|留|绑定)的(那个)?(电话|号码|手机|地址)"
)
_OTHER_END = re.compile(r"(?:[最后末]+[四4]位|尾号)(?:数字?)?(?:应该)?是?(\d{4})(?!\d)")
_MAY_THEY_COME = re.compile("(能|可以|行|方便).{0,5}[吗么不]?$")
_CALLED_OFF = re.compile("(不用|别|不要|先不|不想)(来|上门|派|登记|约|预约)|不(登记|约)了|不(需要|要|用)上门")


@dataclass(frozen=True, kw_only=True)
class Visit:
    """Where, whom to call, when: in the customer's own words."""

    address: str | None = None
    phone: str | None = None
    time: str | None = None

    @classmethod
    def of(cls, slots: Slots) -> Self:
        """What this dialogue has asked, or else what was stated earlier in the conversation."""
        return cls(
            address=slots.get(ADDRESS) or slots.get(_KEPT[ADDRESS]),
            phone=slots.get(PHONE) or slots.get(_KEPT[PHONE]),
            time=slots.get(TIME),
        )

    def slots(self) -> dict[str, str | None]:
        """The slots of the questions, and those that outlast the dialogue."""
        asked = {ADDRESS: self.address, PHONE: self.phone, TIME: self.time}
        return asked | {kept: asked[slot] for slot, kept in _KEPT.items() if asked[slot]}

    def lines(self) -> Mapping[str, str]:
        """What there is, by its label."""
        stated = {ADDRESS: self.address, PHONE: self.phone, TIME: self.time}
        return {LABELS[slot]: value for slot, value in stated.items() if value}


class VisitDialogue(Dialogue):
    """A dialogue that may end in an order with address, telephone number and convenient time."""

    shared = frozenset(VISIT)
    #: What is asked, in this order; a call back needs no address.
    details: ClassVar[tuple[str, ...]] = (ADDRESS, PHONE, TIME)
    #: What the order is filed as, and what the customer is promised.
    order_type: ClassVar[OrderType] = OrderType.DISPATCH
    handling: ClassVar[Handling] = Handling.TO_REPAIR
    promise: ClassVar[str] = "utter_visit_filed"
    #: Read back and confirmed before it is filed; not where it would only keep an upset customer waiting.
    reads_back: ClassVar[bool] = True
    #: What answers "多少钱" while it is going on; None where nothing is for sale.
    price: ClassVar[str | None] = None
    follow_ups: ClassVar = {
        About.WHEN: "utter_visit_when",
        About.PROXY: "utter_visit_somebody_at_home",
        About.NOTICE: "utter_visit_somebody_at_home",
    }
    visit_wish: ClassVar[str | None] = "utter_visit_after_this"

    @abstractmethod
    def summary(self, slots: Slots) -> str:
        """What the order is about, for the field unit."""

    async def order(self, visit: Visit, slots: Slots) -> Record:
        """What is filed; the account is noted where the stated address leads to exactly one."""
        accounts = await self._office.back_office.find_accounts(visit.address) if visit.address else []
        return Record(
            type=self.order_type,
            handling=self.handling,
            state=OrderState.OPEN,
            summary=self.summary(slots),
            address=visit.address or "",
            contact_phone=visit.phone or "",
            contact_time=visit.time or "",
            account_number=accounts[0].number if len(accounts) == 1 else None,
            due_at=self.due_at(self._office.clock.now()),
        )

    def due_at(self, now: datetime) -> datetime | None:
        """When the order is to be done; None: as the company promises for its type."""
        return None

    async def arrange(
        self, slots: Slots, *, learnt: Slots | None = None, says: tuple[Say, ...] = (), text: str = ""
    ) -> Step:
        """The next question of the visit that is still open: what a dialogue returns when a visit is to be arranged.

        Number, time and address that stand in `text` beyond doubt are taken; so is the address stated before.
        """
        visit = Visit.of(slots)
        rest, stated = without_phone(text), None
        time = time_in(rest, self._now(), asked=False) if TIME in self.details else None
        if ADDRESS in self.details and not visit.address:
            stated = await address_in(rest, self._office.back_office, slots.get("community")) if text else None
            known = stated.address if stated and stated.community else await self._stated_before(slots)
            visit = replace(visit, address=known)
        if PHONE in self.details:
            visit = replace(visit, phone=phone_in(text) or visit.phone)
        if time and not time.past:
            visit = replace(visit, time=visit.time or time.text)
        place = stated.memory() if stated else {}
        return await self._next_detail(visit, slots, {**(learnt or {}), **place}, says)

    async def _stated_before(self, slots: Slots) -> str | None:
        """The address that the customer has stated in another dialogue of this conversation."""
        known, dwelling = slots.get("community"), slots.get("address")
        community = await self._office.back_office.community(known) if known and dwelling else None
        return f"{community.name}{dwelling}" if community else None

    @classmethod
    def answers_to(cls) -> Mapping[About, str]:
        return {**({About.MONEY: cls.price} if cls.price else {}), **cls.follow_ups}

    async def _answer(self, tracker: Tracker, asked: str, heard: Heard) -> Step | None:
        if self.price and asks_price(heard.text) and own_question(heard.text, self.own_questions) is None:
            return Step(ask=asked, says=(say(self.price),), asks_again=False)
        return await super()._answer(tracker, asked, heard)

    async def visit_wished(self, slots: Slots, asked: str, heard: Heard) -> Step | None:
        if asked in VISIT:
            return self.agreed(slots, asked)
        return self.agreed(slots, asked, self.visit_wish or "")

    async def time_proposed(self, slots: Slots, asked: str, heard: Heard) -> Step | None:
        """Taken, whatever is asked: "行不行" refuses nothing."""
        text = without_tag(heard.text)
        if asked in VISIT:
            return await self.hear_visit(slots, asked, replace(heard, text=text))
        time = time_in(text, self._now(), asked=False) if TIME in self.details else None
        if time is None or time.past:
            return await self.visit_wished(slots, asked, heard)
        return Step(ask=asked, learnt={TIME: time.text}, says=(say("utter_repair_noted"),))

    async def is_plain_visit_answer(self, asked: str, text: str) -> bool:
        """Whether `text` answers one of the visit's questions beyond doubt."""
        if sounds_dangerous(text):
            return False
        if _YOU_KNOW.search(normal(text)):
            return True
        if any(pattern.search(normal(text)) for pattern in WRONG.values()) and not is_question(text):
            return True
        if asked == TIME and time_in(text, self._now()):
            return not is_question(text) or _MAY_THEY_COME.search(normal(text)) is not None
        if asked == ADDRESS and (places := await find_places(text, self._office.back_office)):
            return len(places) == 1 and not is_question(text)
        return (phone_in(text) is not None and asked in VISIT) or is_bare_answer(text)

    async def hear_visit(self, slots: Slots, asked: str, heard: Heard) -> Step | None:
        """What `heard` leads to as an answer to one of the visit's questions; None when it is none."""
        text, visit = heard.text, Visit.of(slots)
        if _CALLED_OFF.search(normal(text)):
            return self._leave(slots)
        if asked in (ADDRESS, PHONE) and not phone_in(text) and _YOU_KNOW.search(normal(text)):
            return Step(ask=asked, says=(say("utter_visit_please_state", what=LABELS[asked]),), question_said=True)
        wrong = [slot for slot in self.details if WRONG[slot].search(normal(text))]
        if asked == CONFIRMED and not wrong and (agreed := yes_or_no(text)) is not None:
            if agreed:
                return await self._filed(visit, slots)
            return Step(ask=CONFIRMED, says=(say("utter_question_visit_wrong"),), question_said=True)
        if asked == CONFIRMED and not wrong and agrees_and_tells(text):
            remarks = {REMARKS: with_remark(slots, self.form, asked, text)}
            step = await self._filed(visit, slots)
            return replace(step, signals=filed_with_remarks(step.signals, remarks, self.form))
        target = wrong[0] if wrong else asked
        return await self._take_in(visit, slots, target, text, taken_back=bool(wrong))

    async def _take_in(self, visit: Visit, slots: Slots, target: str, text: str, *, taken_back: bool) -> Step | None:
        """The visit with all that `text` adds to it: many write address, number and time in one message."""
        now, before = self._now(), visit
        if PHONE in self.details and (phone := phone_in(text) or _with_other_end(visit.phone, text)):
            visit = replace(visit, phone=phone)
        rest = without_phone(text)
        proposes = not is_question(rest) or _MAY_THEY_COME.search(normal(rest)) or proposes_time(rest)
        time = time_in(rest, now, asked=target == TIME) if TIME in self.details and proposes else None
        if time and time.past:
            return Step(ask=TIME, learnt=visit.slots(), says=(say("utter_visit_time_past"),), question_said=True)
        if time and (target in (TIME, CONFIRMED) or not visit.time or corrects(text)):
            visit = replace(visit, time=on_the_same_day(visit.time, time.text))
        place = without_day(rest) if TIME in self.details else rest
        stated = await self._stated(visit, slots, target, place)
        if stated and stated.address:
            visit = replace(visit, address=stated.address)
        learnt = stated.memory() if stated else {}
        if stated and stated.missing and target == ADDRESS:
            known = {**replace(visit, address=None).slots(), **learnt}
            return Step(ask=ADDRESS, learnt=known, says=(stated.missing,), question_said=True)
        if visit != before:
            says = (say("utter_corrected"),) if taken_back or corrects(text) else ()
            step = await self._next_detail(visit, slots, learnt, says)
            early = step.ask == target and not says
            return replace(step, says=(say("utter_repair_noted"),)) if early else step
        return _again(target) if taken_back else self._unread(target, text)

    async def _stated(self, visit: Visit, slots: Slots, target: str, rest: str) -> StatedAddress | None:
        """The address in the words beside a number; only where one is asked for, missing, or taken back."""
        wanted = target in (ADDRESS, CONFIRMED) or (target != TIME and not visit.address)
        wanted = wanted or corrects(rest)
        if ADDRESS not in self.details or not wanted:
            return None
        if visit.address and (part := await part_corrected(visit.address, rest, self._office.back_office)):
            return part
        if target == PHONE and visit.address:  # "不对 尾号是5679" is about the number
            return None
        again = target == ADDRESS and bool(slots.get("failures"))
        return await address_in(rest, self._office.back_office, slots.get("community"), asked_again=again)

    def _unread(self, asked: str, text: str) -> Step | None:
        if asked == PHONE and tries_a_phone(text):
            return Step(ask=PHONE, failed=True, says=(say("utter_visit_phone_not_whole"),), question_said=True)
        if asked == ADDRESS and len(normal(text)) <= LONGEST_PLACE and not is_question(text) and dwelling(text):
            return Step(ask=ADDRESS, failed=True, says=(say("utter_visit_address_unclear"),), question_said=True)
        return None

    async def _next_detail(self, visit: Visit, slots: Slots, learnt: Slots, says: tuple[Say, ...] = ()) -> Step:
        have = visit.slots()
        missing = next((each for each in self.details if not have[each]), CONFIRMED)
        if missing == CONFIRMED and not self.reads_back:
            return await self._filed(visit, slots, says)
        told = (collected(visit.lines()),) if visit.lines() else ()
        return Step(ask=missing, learnt={**learnt, **have}, says=says, signals=told)

    async def _filed(self, visit: Visit, slots: Slots, says: tuple[Say, ...] = ()) -> Step:
        order = record(await self.order(visit, slots))
        said = (*says, *self.filed(slots))
        return Step(ask=None, learnt=visit.slots(), says=said, signals=(order,), closing=True)

    def filed(self, slots: Slots) -> tuple[Say, ...]:
        """What the customer is told when the order is filed; `{order_number}` is its number."""
        return (say(self.promise),)

    async def question(self, asked: str, slots: Slots) -> Say:
        if asked == CONFIRMED:
            lines = Visit.of(slots).lines()
            return say("utter_question_visit_confirmed", visit_lines="\n".join(f"{k}：{v}" for k, v in lines.items()))
        known = slots.get("community") if asked == ADDRESS else None
        if known and (community := await self._office.back_office.community(known)):
            return say("utter_visit_which_house", community=community.name)
        return await super().question(asked, slots)

    def _now(self) -> datetime:
        return self._office.clock.now().astimezone(self._office.company.company.zone)


def _again(slot: str) -> Step:
    """An answer is taken back and nothing stands in its place."""
    return Step(ask=slot, learnt={slot: None, **({_KEPT[slot]: None} if slot in _KEPT else {})})


def _with_other_end(phone: str | None, text: str) -> str | None:
    """ "电话错了 最后四位是5679": the number with another end."""
    end = _OTHER_END.search(normal(text)) if phone else None
    return f"{phone[:-4]}{end[1]}" if phone and end else None
