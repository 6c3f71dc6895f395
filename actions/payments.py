"""How to pay (S1 第七条三, 第十四条; S0 新抄表模式 4) and how to get an invoice (S1 第十三条五)."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import ClassVar

from actions.capability import Office
from actions.choices import EATERY, Choices, any_of
from actions.consultation import Consultation
from actions.facts import listed
from actions.follow_ups import About
from actions.turns import Heard, Say, Slots, Step, say
from bot.domain.company import PaymentWay
from bot.domain.gas import MeterKind

#: Of which customers think by themselves.
_OTHER_WAYS = re.compile("支付宝|云闪付|翼支付|美团|抖音|京东|数字人民币")
THANKS = "知道了，谢谢"
PERSON, BUSINESS = "person", "business"


class PayBill(Consultation):
    form = "pay_form"
    questions = ("pay_way",)
    topic = "介绍缴费方式"
    go_on = "燃气费怎么交"
    intents: ClassVar[frozenset[str]] = frozenset({"pay_bill"})
    follow_ups: ClassVar = {About.WHERE: "utter_pay_halls"}

    def __init__(self, office: Office) -> None:
        super().__init__(office)
        self._ways = {way.name: way for way in office.company.payments.ways}
        self._choices = {"pay_way": {way.name: any_of((way.name, *way.words)) for way in self._ways.values()}}

    def answers(self) -> Mapping[str, Choices]:
        return self._choices

    async def read(self, asked: str | None, text: str, slots: Slots) -> Slots:
        """A name stands for itself, whatever other words it holds: "微信公众号缴费"."""
        named = [name for name in self._ways if name in text]
        return {"pay_way": named[0]} if len(named) == 1 else {}

    async def is_plain_answer(self, asked: str, text: str) -> bool:
        return text in self._ways or await super().is_plain_answer(asked, text)

    def opening(self, heard: Heard) -> tuple[Say, ...]:
        return (say("utter_pay_ways"),)

    async def hear(self, slots: Slots, asked: str | None, heard: Heard, conversation_id: str) -> Step | None:
        """What is not among the company's ways is not passed off as one of them."""
        step = await super().hear(slots, asked, heard, conversation_id)
        missing = next((each for each in _OTHER_WAYS.findall(heard.text) if not self._has(each)), None)
        if missing is None or step is None:
            return step
        told = (say("utter_pay_way_missing", way=missing), say("utter_pay_ways"))
        return replace(step, says=told, question_said=False)

    def _has(self, name: str) -> bool:
        return any(name in way.name or name in way.how for way in self._ways.values())

    async def advise(self, slots: Slots) -> Step:
        way = self._ways.get(slots.get("pay_way") or "") or await self._way_of_the_meter(slots)
        if way is None:
            return Step(ask="pay_way")
        halls = (say("utter_pay_halls"),) if "营业厅" in way.how else ()
        return self.answered(way.name, say("utter_pay_way", way=way.name, how=way.how), *halls)

    async def _way_of_the_meter(self, slots: Slots) -> PaymentWay | None:
        """Who has an IC-card meter can only buy gas by card."""
        account = await self.known_account(slots)
        if account is None or account.meter_kind is not MeterKind.IC_CARD:
            return None
        return next((way for way in self._ways.values() if way.card_meters), None)

    async def question(self, asked: str, slots: Slots) -> Say:
        return Say("utter_question_pay_way", buttons=(*self._ways, THANKS))


class Invoice(Consultation):
    form = "invoice_form"
    questions = ("invoice_for",)
    topic = "开发票"
    go_on = "怎么开发票"
    always_opens = True
    intents: ClassVar[frozenset[str]] = frozenset({"ask_invoice"})
    own_questions: ClassVar = {
        "(抬头|名称?|税号)[^,。]{0,4}(错|改|换)|(错|改|换)[^,。]{0,3}(抬头|税号)": "utter_invoice_wrong_one",
        "(网上|手机|线上|微信)[^,。]{0,6}(开|弄|办)": "utter_invoice_electronic",
        "(旧|原来|开错|错的|之前|上次)[^,。]{0,8}(票|那张)[^,。]{0,8}(带|作废|退|收|交)": "utter_invoice_wrong_one",
    }
    choices: ClassVar = {
        "invoice_for": {
            BUSINESS: f"单位|公司|企业|税号|专票|专用|抬头|报销|对公|{EATERY}|商",
            PERSON: "个人|居民|自己|家里|家用",
            "coupon": "气票|燃气票|煤气票",
            "electronic": "电子",
        },
    }

    def opening(self, heard: Heard) -> tuple[Say, ...]:
        return (say("utter_invoice_electronic"),)

    async def advise(self, slots: Slots) -> Step:
        kind = slots.get("invoice_for")
        if kind is None:
            return Step(ask="invoice_for")
        if kind == "coupon":
            return self.answered("燃气票结算", say("utter_invoice_coupon"))
        if kind == "electronic":  # told at the opening
            return self.answered("电子发票")
        invoices = self._office.company.invoices
        papers = invoices.papers_business if kind == BUSINESS else invoices.papers
        told = say("utter_invoice_papers", papers=listed(papers))
        return self.answered("单位" if kind == BUSINESS else "个人", told)
