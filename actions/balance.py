"""The balance of an account, told only to who names the account and confirms it (S0 通话要求 2, 信息安全)."""

import re
from dataclasses import replace
from datetime import date
from typing import ClassVar

from actions.capability import PERSON_OFFERED
from actions.dialogue import Dialogue
from actions.facts import amount, day, yuan
from actions.follow_ups import About
from actions.missing_payments import PAYMENT_MISSED, paid_but_not_shown
from actions.places import FEWEST_PARTS, find_account, home_of, lives_at, match_account
from actions.proofs import Proof, prove
from actions.records import consultation
from actions.turns import Heard, Say, Slots, Step, account_matched, account_not_matched, collected, handoff, say
from actions.understanding import asks_for_the_number, cannot_prove, digit_runs, is_bare_answer, names_a_dwelling
from bot.domain.company import CompanyProfile
from bot.domain.gas import Account, CustomerClass, MeterKind
from bot.domain.late_fees import late_fee_today, runs_from
from bot.domain.places import dwelling
from bot.domain.readings import BalanceState, balance_state, tier_at, tiers_of
from bot.ports import BackOffice

#: "余额怎么才12块", "我交了两百": what the account shows is doubted.
_DOUBTS = re.compile(
    "怎么(才|只|还|这么|没)|不对|明明|我(都|是)?[交缴充存]了|[交缴充存]过|到账|截图|凭证|钱(去|到)哪|少了|没显示|有记录"
)
_TAIL = 4
"""Digits of the telephone number that confirm an account."""


def _doubted() -> Step:
    """The balance was told already; what was paid is looked up by a person."""
    return Step(ask=None, says=(say("utter_balance_doubted"),), offer=PERSON_OFFERED)


def _where_it_may_be(account: Account) -> tuple[Say, ...]:
    """What is left to do about a payment that the balance just told does not show."""
    card = (say("utter_balance_credit_card"),) if account.meter_kind is MeterKind.IC_CARD else ()
    return (*card, say("utter_balance_doubted"))


async def confirms(account: Account, stated: str, *, back_office: BackOffice) -> bool | None:
    """Whether the stated address or end of the telephone number is this account's; None when it is neither."""
    if names_a_dwelling(stated) and len(dwelling(stated)) >= FEWEST_PARTS:
        return await lives_at(account, stated, back_office)
    digits = digit_runs(stated, _TAIL)
    return any(account.phone.endswith(run) for run in digits) if digits else None


def without_proof(asked: str) -> Step:
    """The customer cannot say what proves that the account is theirs: it is not told, and why."""
    return Step(ask=asked, failed=True, says=(say("utter_proof_needed"),), question_said=True)


def balance_answer(account: Account, company: CompanyProfile) -> Say:
    state = balance_state(account.balance_yuan, company)
    if state is BalanceState.ARREARS:
        return say("utter_balance_arrears", arrears=yuan(-account.balance_yuan))
    response = "utter_balance_low" if state is BalanceState.LOW else "utter_balance"
    return say(response, balance=yuan(account.balance_yuan))


def arrears_details(account: Account, today: date, company: CompanyProfile) -> tuple[Say, ...]:
    """Since when, and what the late fee is today, if the company's records say so."""
    fee = late_fee_today(account, today, company.late_fees)
    if fee is None or account.arrears_since is None:
        return ()
    if fee == 0 and account.customer_class is not CustomerClass.COMMERCIAL:
        first = runs_from(account.arrears_since, company.late_fees, direct_debit=account.direct_debit)
        return (say("utter_balance_no_late_fee", first=day(max(first, today))),)
    total = yuan(fee - account.balance_yuan)
    return (say("utter_balance_late_fee", since=day(account.arrears_since), late_fee=amount(fee), total=total),)


def statement(account: Account, company: CompanyProfile) -> tuple[Say, ...]:
    """The last reading and the tier; IC-card meters are not read."""
    if account.meter_kind is MeterKind.IC_CARD:
        return ()
    tiers = tiers_of(account, company)
    tier = tier_at(account.year_used_m3, tiers)
    return (
        say(
            "utter_balance_statement",
            last=day(account.last_reading_on),
            reading=amount(account.last_reading_m3),
            used=amount(account.year_used_m3),
            tier=str(tier),
            price=amount(tiers[tier - 1].yuan_per_m3),
        ),
    )


class Balance(Dialogue):
    form = "balance_form"
    questions = ("balance_account", "balance_proof")
    topic = "查余额"
    go_on = "继续查余额"
    intents: ClassVar[frozenset[str]] = frozenset({"query_balance"})
    follow_ups: ClassVar = {
        About.MERCY: "utter_late_fee_mercy",
        About.CUT: "utter_late_fee_cut",
        About.WHERE: "utter_pay_ways",
    }

    async def is_plain_answer(self, asked: str, text: str) -> bool:
        if asked == "balance_proof" and cannot_prove(text):
            return True
        return is_bare_answer(text) or (asked == "balance_account" and asks_for_the_number(text))

    async def hear(self, slots: Slots, asked: str | None, heard: Heard, conversation_id: str) -> Step | None:
        if slots.get("account_proof") == Proof.REFUSED:
            return self._refuse(slots.get("account_number") or "")
        if asked == "balance_account" and asks_for_the_number(heard.text):
            return Step(ask=asked, says=(say("utter_balance_where"),), question_said=True)
        if asked == "balance_proof":
            return await self._hear_proof(slots, heard.text)
        number, account = await find_account(heard.text, self._office.back_office)
        if account:
            return await self._hear_account(account, heard.text, slots, begins=asked is None)
        if number:
            return Step(
                ask="balance_account",
                says=(say("utter_balance_account_unknown"),),
                signals=(account_not_matched(number),),
                failed=True,
                question_said=True,
            )
        if asked is None:
            step = await self._begin(slots, heard)
            told = await self._address_told(slots, heard.text) if step.ask == "balance_account" else {}
            return replace(step, learnt={**step.learnt, **told})
        return await self._only_address(slots, heard.text) if names_a_dwelling(heard.text) else None

    async def _begin(self, slots: Slots, heard: Heard) -> Step:
        """A payment that does not show is kept in mind until the balance is told."""
        missed = bool(slots.get(PAYMENT_MISSED)) or paid_but_not_shown(heard.text)
        step = await self._go_on(slots, doubts=missed or _DOUBTS.search(heard.text) is not None)
        if not missed or step.ask is None or self._has_begun(slots):
            return step
        return replace(
            step, learnt={**step.learnt, PAYMENT_MISSED: True}, says=(say("utter_balance_credit"), *step.says)
        )

    async def _only_address(self, slots: Slots, text: str) -> Step:
        learnt = await self._address_told(slots, text)
        says = (say("utter_balance_number_needed"),)
        return Step(ask="balance_account", learnt=learnt, says=says, question_said=True)

    async def _address_told(self, slots: Slots, text: str) -> Slots:
        """The account at the address, for when its number is named: both together prove it."""
        match = await match_account(text, self._office.back_office, slots.get("community"))
        account = match.account if match and match.what == "地址" else None
        return prove(slots, account.number, Proof.ADDRESS) if account else {}

    async def _go_on(self, slots: Slots, *, doubts: bool) -> Step:
        """Begin with what the conversation already knows: a number matched earlier need not be said again."""
        number, proof = slots.get("account_number"), slots.get("account_proof")
        account = await self._office.back_office.account(number) if number else None
        if account is None or proof == Proof.ADDRESS:
            return Step(ask="balance_account")
        if proof == Proof.BOTH:
            return _doubted() if doubts else self._tell(account, slots)
        return Step(ask="balance_proof", learnt={"balance_account": number})

    async def _hear_account(self, account: Account, text: str, slots: Slots, *, begins: bool) -> Step:
        if begins and paid_but_not_shown(text):
            slots = {**slots, PAYMENT_MISSED: True}
        rest = text.replace(account.number, " ")
        by_address = slots.get("account_proof") == Proof.ADDRESS and slots.get("account_number") == account.number
        if by_address or await confirms(account, rest, back_office=self._office.back_office):
            return self._tell(account, slots, await home_of(account, rest, self._office.back_office))
        learnt = {"balance_account": account.number, "account_number": account.number, "account_proof": Proof.NUMBER}
        return Step(ask="balance_proof", learnt={**learnt, PAYMENT_MISSED: slots.get(PAYMENT_MISSED)})

    async def _hear_proof(self, slots: Slots, text: str) -> Step | None:
        account = await self._office.back_office.account(slots["balance_account"])
        confirmed = await confirms(account, text, back_office=self._office.back_office) if account else None
        if confirmed is None and cannot_prove(text):
            return without_proof("balance_proof")
        if account is None or confirmed is None:
            whole = (say("utter_balance_whole_address"),)
            return Step(ask="balance_proof", says=whole, question_said=True) if names_a_dwelling(text) else None
        if confirmed:
            return self._tell(account, slots, await home_of(account, text, self._office.back_office))
        if (slots.get("failures") or 0) >= 1:
            return self._refuse(account.number)
        return Step(
            ask="balance_proof",
            says=(say("utter_balance_proof_failed"),),
            signals=(account_not_matched(account.number),),
            failed=True,
            question_said=True,
        )

    def _tell(self, account: Account, slots: Slots, home: Slots | None = None) -> Step:
        company = self._office.company
        today = self._office.clock.now().astimezone(company.company.zone).date()
        details = (*statement(account, company), *arrears_details(account, today, company))
        missed = bool(slots.get(PAYMENT_MISSED))
        details += _where_it_may_be(account) if missed else ()
        return Step(
            ask=None,
            learnt={
                "account_number": account.number,
                "account_proof": Proof.BOTH,
                PAYMENT_MISSED: None,
                **(home or {}),
            },
            says=(balance_answer(account, company), *details),
            signals=(
                account_matched(account.number),
                collected({"户号": account.number}),
                consultation(f"balance:{account.number}", "咨询：查余额", account_number=account.number),
            ),
            closing=not missed,
            offer=PERSON_OFFERED if missed else None,
        )

    def _refuse(self, number: str) -> Step:
        return Step(
            ask=None,
            learnt={"account_number": number, "account_proof": Proof.REFUSED},
            says=(say("utter_balance_to_person"),),
            signals=(account_not_matched(number), handoff("查询余额：户号与地址、手机号均未核对上")),
        )
