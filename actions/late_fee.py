"""Late fees (S1 第七条四, 第十四条): the rule, and what it comes to for this customer's arrears."""

import re
from datetime import date
from decimal import Decimal
from typing import ClassVar

from actions.choices import EATERY
from actions.consultation import Consultation
from actions.facts import amount, day, yuan
from actions.follow_ups import About
from actions.places import find_account
from actions.proofs import Proof, prove
from actions.quantities import YUAN, amount_in, days_in, month_in, quantity
from actions.turns import Heard, Say, Slots, Step, say
from actions.understanding import normal
from bot.domain.gas import Account, CustomerClass
from bot.domain.late_fees import commercial_late_fee, days_since, is_cut_off, residential_late_fee, runs_from

RESIDENT, BUSINESS = "resident", "business"
PAYS_ITSELF, DEBIT = "itself", "debit"
#: What was offered: "金额记不清的，可以先查余额".
_LOOK_UP = re.compile("查(一下|下|个)?(余额|欠费|欠多少)|(你|您|直接|帮我|给我)[^,。]{0,4}查|^查(吧|一下|下)")
_MOST_YUAN = Decimal(10_000_000)
_MOST_DAYS = 3650


class LateFee(Consultation):
    form = "late_fee_form"
    questions = ("late_fee_class", "late_fee_arrears", "late_fee_since", "late_fee_payment")
    topic = "算滞纳金"
    go_on = "滞纳金怎么算"
    intents: ClassVar[frozenset[str]] = frozenset({"ask_late_fee"})
    follow_ups: ClassVar = {
        About.HOW: "utter_late_fee_rule",
        About.MERCY: "utter_late_fee_mercy",
        About.CUT: "utter_late_fee_cut",
        About.WHERE: "utter_pay_ways",
    }
    own_case = frozenset({"late_fee_arrears"})
    choices: ClassVar = {
        "late_fee_class": {
            RESIDENT: "(?<!非)居民|个人|私人|家里|家用|房子|住[人家户宅]|自己家|(?<!非)民用",
            BUSINESS: f"(?<!不是)(单位|商业|公司)|商户|{EATERY}|店|企业|工厂|食堂|非居民|非民用|公建|营业的|做生意",
        },
        "late_fee_payment": {
            DEBIT: "代扣|自动扣|银行卡|扣款|委托",
            PAYS_ITSELF: "自己[缴交]|营业厅|现金|微信|支付宝|自己去|大厅|没.{0,4}代扣",
        },
    }

    def opening(self, heard: Heard) -> tuple[Say, ...]:
        return (say("utter_late_fee_rule"),)

    async def come_back(self, asked: str, slots: Slots) -> Step:
        """A balance that was asked for in between tells the arrears."""
        account = await self.known_account(slots, proven=True)
        if asked == "late_fee_arrears" and account and account.balance_yuan < 0:
            # Where the arrears' beginning is known, the balance has told the fee as well.
            return Step(ask=None) if account.arrears_since else await self.advise(slots)
        return await super().come_back(asked, slots)

    async def hear(self, slots: Slots, asked: str | None, heard: Heard, conversation_id: str) -> Step | None:
        """An account number instead of the arrears: they are looked up, once the account is proved."""
        if asked == "late_fee_arrears" and _LOOK_UP.search(normal(heard.text)):
            return Step(ask=None, then="balance_form")
        if asked in (None, "late_fee_arrears"):
            number, account = await find_account(heard.text, self._office.back_office)
            if account:
                return Step(ask=None, learnt=prove(slots, number, Proof.NUMBER), then="balance_form")
        return await super().hear(slots, asked, heard, conversation_id)

    async def read(self, asked: str | None, text: str, slots: Slots) -> Slots:
        learnt: dict[str, str] = {}
        account = await self.known_account(slots, proven=True)
        looked_up = asked != "late_fee_arrears" and account is not None and account.balance_yuan < 0
        arrears = None if looked_up else amount_in(text, YUAN) if asked == "late_fee_arrears" else quantity(text, YUAN)
        if arrears is not None and 0 < arrears < _MOST_YUAN:
            learnt["late_fee_arrears"] = str(arrears)
        if since := self._since(asked, text, slots):
            learnt["late_fee_since"] = since
        return learnt

    def _since(self, asked: str | None, text: str, slots: Slots) -> str | None:
        """A number of days as it stands, or the day from which the gas was not paid, as an ISO date."""
        days = days_in(text)
        if days is None and asked == "late_fee_since" and normal(text).isdecimal():
            days = int(normal(text))
        if days is not None:
            return str(days) if 0 < days <= _MOST_DAYS else None
        month = month_in(text, self._today())
        return month.isoformat() if month else None

    async def advise(self, slots: Slots) -> Step:
        account = await self.known_account(slots, proven=True)
        if account and account.balance_yuan < 0 and slots.get("late_fee_arrears") is None:
            if account.arrears_since:
                return self._answer_account(account)
            slots = {**slots, "late_fee_arrears": str(-account.balance_yuan)}
        customer = slots.get("late_fee_class") or _class_of(await self.known_account(slots))
        arrears, since = slots.get("late_fee_arrears"), slots.get("late_fee_since")
        known = {"late_fee_class": customer, "late_fee_arrears": arrears}
        if customer is None:
            return Step(ask="late_fee_class", learnt=known)
        if arrears is None:
            return Step(ask="late_fee_arrears", learnt=known)
        if since is None:
            return Step(ask="late_fee_since", learnt=known)
        if customer == BUSINESS:
            return self._answer_business(Decimal(arrears), since)
        if since.isdecimal():
            return self._answer_days(Decimal(arrears), int(since))
        if slots.get("late_fee_payment") is None:
            return Step(ask="late_fee_payment", learnt=known)
        debit = slots.get("late_fee_payment") == DEBIT
        return self._answer_month(Decimal(arrears), date.fromisoformat(since), debit)

    async def question(self, asked: str, slots: Slots) -> Say:
        if asked == "late_fee_since" and slots.get("late_fee_class") == BUSINESS:
            return say("utter_late_fee_since_business")
        return say(f"utter_question_{asked}")

    def _answer_account(self, account: Account) -> Step:
        arrears, since = -account.balance_yuan, account.arrears_since or self._today()
        if account.customer_class is CustomerClass.COMMERCIAL:
            return self._answer_business(arrears, since.isoformat())
        return self._answer_month(arrears, since, account.direct_debit)

    def _answer_business(self, arrears: Decimal, since: str) -> Step:
        rules = self._office.company.late_fees
        days = int(since) if since.isdecimal() else (self._today() - date.fromisoformat(since)).days
        fee = commercial_late_fee(arrears, days, rules)
        stop = "utter_late_fee_cut_off" if is_cut_off(days, rules) else "utter_late_fee_before_cut_off"
        says = (say("utter_late_fee_business", **_figures(arrears, fee), days=str(days)), say(stop))
        return self.answered(_outcome("单位", arrears, days, fee), *says)

    def _answer_days(self, arrears: Decimal, days: int) -> Step:
        fee = residential_late_fee(arrears, days, self._office.company.late_fees)
        told = say("utter_late_fee_days", **_figures(arrears, fee), days=str(days))
        return self.answered(_outcome("居民", arrears, days, fee), told)

    def _answer_month(self, arrears: Decimal, bill: date, debit: bool) -> Step:
        rules = self._office.company.late_fees
        first = runs_from(bill, rules, direct_debit=debit)
        days = days_since(first, self._today())
        if not days:
            told = say("utter_late_fee_not_yet", first=day(first))
            return self.answered(f"居民欠费{amount(arrears)}元，还没有开始计算", told)
        fee = residential_late_fee(arrears, days, rules)
        told = say("utter_late_fee_month", **_figures(arrears, fee), days=str(days), first=day(first))
        return self.answered(_outcome("居民", arrears, days, fee), told)

    def _today(self) -> date:
        return self._office.clock.now().astimezone(self._office.company.company.zone).date()


def _class_of(account: Account | None) -> str | None:
    if account is None:
        return None
    return BUSINESS if account.customer_class is CustomerClass.COMMERCIAL else RESIDENT


def _figures(arrears: Decimal, fee: Decimal) -> dict[str, str]:
    return {"arrears": yuan(arrears), "late_fee": amount(fee), "total": yuan(arrears + fee)}


def _outcome(customer: str, arrears: Decimal, days: int, fee: Decimal) -> str:
    return f"{customer}欠费{amount(arrears)}元，计{days}天，滞纳金{amount(fee)}元"
