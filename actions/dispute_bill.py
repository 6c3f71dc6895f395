"""The bill is too high: compare readings and tiers; then a meter test, or an order for somebody to check (S1)."""

import re
from dataclasses import replace
from decimal import Decimal
from typing import ClassVar

from actions.consultation import Consultation
from actions.contacts import phone_in
from actions.facts import amount, day, yuan
from actions.meter_reading import bill, reading_in
from actions.places import Match, is_name, match_account, not_matched, remembered
from actions.proofs import Proof, prove
from actions.turns import Heard, Say, Slots, Step, account_matched, collected, record, say
from actions.understanding import asks_for_the_number, is_question, normal
from bot.domain.gas import Account, MeterKind
from bot.domain.readings import Verdict, check_reading, tier_shares, tiers_of
from bot.domain.work_orders import Handling, OrderState, OrderType, Record

#: "以前都七八十": more of what is wrong, and no answer.
_COMPARES = re.compile("(我们?家?)?(以前|之前|平时|原来|往常|上个?月|去年|往年|每个?月|从来)")
TEST, CHECK, KEPT = "test", "check", "kept"


_SUSPECTS_METER = re.compile("表[^,。]{0,3}(有问题|坏|不准|走得?快)")


class DisputeBill(Consultation):
    form = "dispute_form"
    questions = ("dispute_account", "dispute_reading", "dispute_next", "dispute_phone")
    topic = "核对气费"
    go_on = "继续核对气费"
    opening_suffices = False
    visit_wish: ClassVar[str | None] = "utter_dispute_visit"
    intents: ClassVar[frozenset[str]] = frozenset({"dispute_bill"})
    choices: ClassVar = {
        "dispute_next": {
            TEST: "检测|校验|验表|测一下表|查查?(气|燃气)?表",
            CHECK: "登记|核实|核查|派人|上门|多抄|抄错|异议|不认可|工单",
        },
        "dispute_phone": {KEPT: "预留|原来的|之前的|以前的|登记过的|户上的"},
    }

    def opening(self, heard: Heard) -> tuple[Say, ...]:
        return (say("utter_dispute_opening"),)

    async def is_plain_answer(self, asked: str, text: str) -> bool:
        if asked == "dispute_account" and (asks_for_the_number(text) or await is_name(text, self._office.back_office)):
            return True
        return await super().is_plain_answer(asked, text)

    async def hear(self, slots: Slots, asked: str | None, heard: Heard, conversation_id: str) -> Step | None:
        if asked == "dispute_account" and asks_for_the_number(heard.text):
            return Step(ask=asked, says=(say("utter_account_where"),), question_said=True)
        match = await self._match(asked, heard.text, slots)
        if match and match.account is None:
            return _look_again(match)
        step = await super().hear(slots, asked, heard, conversation_id)
        if step is None and asked and _COMPARES.match(normal(heard.text)) and not is_question(heard.text):
            return Step(ask=asked, asks_again=False, says=(say("utter_dispute_noted"),))
        if step and match and match.account:
            proof = Proof.NUMBER if match.what == "户号" else Proof.ADDRESS
            learnt = {**step.learnt, **prove(slots, match.account.number, proof), **remembered(match)}
            return replace(step, learnt=learnt, signals=(account_matched(match.account.number), *step.signals))
        return step

    async def time_proposed(self, slots: Slots, asked: str, heard: Heard) -> Step | None:
        return Step(ask=asked, says=(say("utter_visit_time_by_phone"),), asks_again=False)

    async def _match(self, asked: str | None, text: str, slots: Slots) -> Match | None:
        if asked not in (None, "dispute_account"):
            return None
        return await match_account(text, self._office.back_office, slots.get("community"))

    async def read(self, asked: str | None, text: str, slots: Slots) -> Slots:
        learnt: dict[str, str] = {}
        match = await self._match(asked, text, slots)
        if match and match.account:
            learnt["dispute_account"] = match.account.number
        stated = reading_in(text, asked=True) if asked in ("dispute_reading", "dispute_next") else _reading_beside(text)
        if stated is not None:
            learnt["dispute_reading"] = str(stated)
        if asked is not None and _SUSPECTS_METER.search(normal(text)):  # at first the bill is looked at
            learnt["dispute_next"] = TEST
        if asked == "dispute_phone" and (phone := phone_in(text)):
            learnt["dispute_phone"] = phone
        return learnt

    async def advise(self, slots: Slots) -> Step:
        number = slots.get("dispute_account")
        account = await self._office.back_office.account(number) if number else await self.known_account(slots)
        if account is None and slots.get("dispute_next") == TEST:
            return self._to_test("要求验表")
        if account is None:
            return Step(ask="dispute_account")
        learnt = {"dispute_account": account.number}
        stated, wanted = slots.get("dispute_reading"), slots.get("dispute_next")
        card = account.meter_kind is MeterKind.IC_CARD
        if stated is None and wanted is None and not card:
            return Step(ask="dispute_reading", learnt=learnt)
        if wanted is None:
            says = (say("utter_dispute_card_meter"),) if card else self._compare(account, Decimal(stated or 0))
            told = self.answered("核对用气量和计价", account=account.number)
            return Step(ask="dispute_next", learnt=learnt, says=says, signals=told.signals)
        if wanted == TEST:
            return self._to_test("核对用气量和计价", account.number)
        if slots.get("dispute_phone") is None:
            return Step(ask="dispute_phone", learnt=learnt)
        return self._file(account, stated, slots["dispute_phone"])

    def _to_test(self, outcome: str, account: str | None = None) -> Step:
        done = self.answered(outcome, say("utter_dispute_meter_test"), account=account)
        return replace(done, closing=False, then="meter_test_form")

    def enough(self, slots: Slots) -> Step:
        outcome = "核对读数后用户没有异议" if slots.get("dispute_reading") else "用户不再核对"
        return self.answered(outcome, account=slots.get("dispute_account"))

    def _compare(self, account: Account, stated: Decimal) -> tuple[Say, ...]:
        company = self._office.company
        today = self._office.clock.now().astimezone(company.company.zone).date()
        verdict = check_reading(account, stated, today, company).verdict
        if verdict is Verdict.BELOW_LAST:
            return (say("utter_dispute_below_last", reading=amount(stated)),)
        due = bill(account, stated, company)
        told = say(
            "utter_dispute_volume",
            since=day(account.last_reading_on),
            volume=amount(due.volume_m3),
            fee=yuan(due.fee_yuan),
        )
        high = "utter_dispute_high" if verdict is Verdict.IMPLAUSIBLY_HIGH else "utter_dispute_usual"
        return (told, *self._tiers(account, due.volume_m3), say(high))

    def _tiers(self, account: Account, volume_m3: Decimal) -> tuple[Say, ...]:
        """Why the same volume costs more than before: a higher tier was reached."""
        shares = tier_shares(account.year_used_m3, volume_m3, tiers_of(account, self._office.company))
        if not shares or shares[-1].tier == 1:
            return ()
        last = shares[-1]
        return (say("utter_dispute_tier", tier=str(last.tier), price=amount(last.yuan_per_m3)),)

    def _file(self, account: Account, stated: str | None, phone: str) -> Step:
        """报数 / 转维修 / 未完成, due as a reading dispute is (bot.domain.order_limits)."""
        shown = f"，用户报现读数{amount(Decimal(stated))}" if stated else ""
        order = Record(
            type=OrderType.READING,
            handling=Handling.TO_REPAIR,
            state=OrderState.OPEN,
            summary=f"用户对表数、气费有异议，请核对读数{shown}",
            address=account.address,
            contact_phone=account.phone if phone == KEPT else phone,
            account_number=account.number,
        )
        facts = collected({"户号": account.number})
        return Step(ask=None, says=(say("utter_dispute_filed"),), signals=(facts, record(order)), closing=True)


def _look_again(match: Match) -> Step:
    response = "utter_account_several" if match.unclear else "utter_account_not_matched"
    return Step(
        ask="dispute_account",
        learnt={"community": match.community},
        says=(say(response, what=match.what),),
        signals=() if match.unclear else (not_matched(match),),
        failed=not match.unclear,
        question_said=True,
    )


def _reading_beside(text: str) -> Decimal | None:
    """A reading said without being asked for: "表上现在是1300"; sums of money and volumes are none."""
    found = re.search(r"(读数|表数|表上|表底|示数).{0,6}?(\d{2,6}(\.\d+)?)(?!\d|元|块|方|立方)", normal(text))
    return Decimal(found[2]) if found else None
