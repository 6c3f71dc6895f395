"""A new telephone number, a misspelt name, a wrong address on the account (S0 通话要求 2, 信息安全).

The customer proves the account by its number and a second thing; what is on record is never told, only whether it
matches. The change is filed for an agent, who makes it in the company's books: a chat alone shall not rewrite them.
"""

import re
from typing import ClassVar

from actions.balance import confirms, without_proof
from actions.contacts import phone_in, tries_a_phone, without_phone
from actions.dialogue import Dialogue
from actions.places import find_account, home_of
from actions.proofs import Proof, prove
from actions.turns import Heard, Say, Slots, Step, account_matched, account_not_matched, collected, handoff, record, say
from actions.understanding import (
    asks_for_the_number,
    cannot_prove,
    is_bare_answer,
    is_question,
    names_a_dwelling,
    normal,
    yes_or_no,
)
from bot.domain.gas import Account
from bot.domain.work_orders import Handling, OrderState, OrderType, Record

WHAT, ACCOUNT, PROOF, NEW, CONFIRMED = (
    "update_what", "update_account", "update_proof", "update_new", "update_confirmed",
)  # fmt: skip
PHONE, NAME, ADDRESS = "联系电话", "户名", "用气地址"
_FIELDS = (
    (PHONE, re.compile("电话|手机|号码|联系方式|换号|新号")),
    (NAME, re.compile("户名|姓名|名字|名称|字(写|打|登)?错|错别字")),
    (ADDRESS, re.compile("地址|门牌|楼号|单元|房号|房间号")),
)
_LONGEST = 60
#: "新的139…" is what the number shall be, and no proof of what it was.
_NEW_ONE = re.compile("新|(改|换)(成|为|到)|现在(用|的|是)|以后")
#: What people put before a new name or address.
_LEAD_IN = re.compile("^(新的?)?(户名|姓名|名字|地址|用气地址)?(应该|正确)?(的)?(是|为|改成|改为|叫|写成|:|：)*")


def field_in(text: str) -> str | None:
    """What is to be changed, as far as the words say it."""
    words = normal(text)
    return next((name for name, pattern in _FIELDS if pattern.search(words)), None)


def new_value_in(field: str, text: str) -> str | None:
    """The new number, name or address in the text; None when there is none."""
    if field == PHONE:
        return phone_in(text)
    words = _LEAD_IN.sub("", normal(text)).strip(" ,.。，")
    if is_question(words) or not words or len(words) > _LONGEST:
        return None
    if field == ADDRESS:
        return words if names_a_dwelling(words) else None
    return words if re.fullmatch(r"[\u4e00-\u9fff·()]{2,30}", words) and yes_or_no(words) is None else None


class ContactUpdate(Dialogue):
    form = "update_form"
    questions = (WHAT, ACCOUNT, PROOF, NEW, CONFIRMED)
    topic = "更改资料"
    go_on = "我要修改预留的手机号码"
    intents: ClassVar[frozenset[str]] = frozenset({"update_contact_info", "request_callback", "transfer_ownership"})

    async def is_plain_answer(self, asked: str, text: str) -> bool:
        if (asked == ACCOUNT and asks_for_the_number(text)) or (asked == PROOF and cannot_prove(text)):
            return True
        return is_bare_answer(text) or phone_in(text) is not None

    async def hear(self, slots: Slots, asked: str | None, heard: Heard, conversation_id: str) -> Step | None:
        if slots.get("account_proof") == Proof.REFUSED:
            return self._refuse(slots.get("account_number") or "")
        if asked is None:
            return await self._begin(slots, heard.text)
        if asked == CONFIRMED:
            return await self._hear_confirmation(slots, heard.text)
        if asked == WHAT:
            field = field_in(heard.text)
            return await self._next({**slots, WHAT: field}, {WHAT: field}) if field else None
        if asked == ACCOUNT:
            return await self._hear_account(slots, heard.text)
        if asked == PROOF:
            return await self._hear_proof(slots, heard.text)
        return await self._hear_new(slots, heard.text)

    async def _begin(self, slots: Slots, text: str) -> Step:
        learnt: dict[str, str | None] = {}
        if field := field_in(text) or slots.get(WHAT):
            learnt[WHAT] = field
        if (phone := phone_in(text)) and learnt.get(WHAT) in (None, PHONE):
            learnt |= {WHAT: PHONE, NEW: phone}
        number, account = await find_account(without_phone(text), self._office.back_office)
        if account:
            learnt |= {ACCOUNT: number, **prove(slots, number, Proof.NUMBER)}
        elif slots.get("account_proof") in (Proof.NUMBER, Proof.BOTH):
            learnt[ACCOUNT] = slots["account_number"]
        return await self._next({**slots, **learnt}, learnt)

    async def _next(self, slots: Slots, learnt: Slots, says: tuple[Say, ...] = ()) -> Step:
        """The next question that is still open."""
        proved = slots.get("account_proof") == Proof.BOTH and slots.get("account_number") == slots.get(ACCOUNT)
        for question in (WHAT, ACCOUNT):
            if not slots.get(question):
                return Step(ask=question, learnt=learnt, says=says)
        if not proved:
            return Step(ask=PROOF, learnt=learnt, says=says)
        return Step(ask=CONFIRMED if slots.get(NEW) else NEW, learnt=learnt, says=says)

    async def _hear_account(self, slots: Slots, text: str) -> Step | None:
        if asks_for_the_number(text):
            return Step(ask=ACCOUNT, says=(say("utter_update_where"),), question_said=True)
        number, account = await find_account(without_phone(text), self._office.back_office)
        if account is None:
            if not number:
                return None
            unknown = (account_not_matched(number),)
            says = (say("utter_balance_account_unknown"),)
            return Step(ask=ACCOUNT, says=says, signals=unknown, failed=True, question_said=True)
        learnt = {ACCOUNT: number, **prove(slots, number, Proof.NUMBER)}
        return await self._next({**slots, **learnt}, learnt)

    async def _hear_proof(self, slots: Slots, text: str) -> Step | None:
        account = await self._account(slots)
        if slots.get(WHAT) == PHONE and (new := phone_in(text)) and _NEW_ONE.search(normal(text)):
            return Step(ask=PROOF, learnt={NEW: new}, says=(say("utter_repair_noted"),))
        confirmed = await confirms(account, text, back_office=self._office.back_office) if account else None
        if confirmed is None and cannot_prove(text):
            return without_proof(PROOF)
        if account is None or confirmed is None:
            whole = (say("utter_balance_whole_address"),)
            return Step(ask=PROOF, says=whole, question_said=True) if names_a_dwelling(text) else None
        if confirmed:
            home = await home_of(account, text, self._office.back_office)
            learnt = {"account_number": account.number, "account_proof": Proof.BOTH, **home}
            step = await self._next({**slots, **learnt}, learnt, (say("utter_update_matched"),))
            return Step(**{**vars(step), "signals": (account_matched(account.number),)})
        if (slots.get("failures") or 0) >= 1:
            return self._refuse(account.number)
        return Step(
            ask=PROOF,
            says=(say("utter_balance_proof_failed"),),
            signals=(account_not_matched(account.number),),
            failed=True,
            question_said=True,
        )

    async def _hear_new(self, slots: Slots, text: str) -> Step | None:
        new = new_value_in(slots[WHAT], text)
        if new:
            return await self._next({**slots, NEW: new}, {NEW: new})
        if slots[WHAT] == PHONE and tries_a_phone(text):
            return Step(ask=NEW, failed=True, says=(say("utter_visit_phone_not_whole"),), question_said=True)
        return None

    async def _hear_confirmation(self, slots: Slots, text: str) -> Step | None:
        new, agreed = new_value_in(slots[WHAT], text), yes_or_no(text)
        if agreed:
            return self._filed(slots)
        if new and new != slots[NEW] and slots[WHAT] == PHONE:
            return Step(ask=CONFIRMED, learnt={NEW: new}, says=(say("utter_corrected"),))
        return Step(ask=NEW, learnt={NEW: None}, fresh=True) if agreed is False else None

    def _filed(self, slots: Slots) -> Step:
        what, new, number = slots[WHAT], slots[NEW], slots[ACCOUNT]
        order = Record(
            type=OrderType.OTHER,
            handling=Handling.BY_DESK,
            state=OrderState.OPEN,
            summary=f"用户申请更改{what}，改为：{new}（户号及第二项信息已核对）",
            account_number=number,
            contact_phone=new if what == PHONE else "",
            subject=f"update:{number}:{what}:{new}",
        )
        facts = collected({"户号": number, f"更改{what}": new})
        return Step(
            ask=None, says=(say("utter_update_filed", field=what),), signals=(facts, record(order)), closing=True
        )

    def _refuse(self, number: str) -> Step:
        return Step(
            ask=None,
            learnt={"account_number": number, "account_proof": Proof.REFUSED},
            says=(say("utter_update_to_person"),),
            signals=(account_not_matched(number), handoff("更改资料：户号与地址、手机号均未核对上")),
        )

    async def _account(self, slots: Slots) -> Account | None:
        return await self._office.back_office.account(slots[ACCOUNT]) if slots.get(ACCOUNT) else None

    async def question(self, asked: str, slots: Slots) -> Say:
        if asked == NEW:
            return say("utter_question_update_new", field=slots[WHAT])
        if asked == CONFIRMED:
            return say("utter_question_update_confirmed", field=slots[WHAT], new=slots[NEW])
        return await super().question(asked, slots)
