"""Where is my technician (S3 督办): progress by order number, by this conversation, or by the telephone number left.

Told are type, state, stage and limit of an order, never whose it is or where: the customer proves it is his by its
number or by the whole telephone number that he left on it. Who hurries us has that noted on the order; an overdue one
is a person's business at once.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import ClassVar
from zoneinfo import ZoneInfo

from actions.capability import PERSON_OFFERED
from actions.contacts import phone_in
from actions.dialogue import Dialogue
from actions.gas_start_up import start_up_told
from actions.places import find_account
from actions.proofs import Proof, prove
from actions.turns import Heard, Signal, Slots, Step, handoff, note_order, say
from actions.understanding import is_number_only, names_a_dwelling, normal, yes_or_no
from bot.domain.work_orders import OrderState, OrderType, Stage, WorkOrder

REFERENCE = "order_reference"
_NUMBER = re.compile(r"(?<!\d)(\d{8})\s*[-—–_ ]\s*(\d{4,5})(?!\d)")
_HURRIES = re.compile(
    "催|(还|咋|怎么|一直|都|也|到现在).{0,6}(没|不|未)(人|有人|见|到|来|给|回|处理|解决|修|弄|联系|打)|(多久|什么时候|啥时候|几时)(能|才|可以)?(来|到|修|处理|解决|上门)"
    "|快点|赶紧|赶快|尽快|着急|很急|急用|等(了|着|不及)|等半天"
)
_HAS_NONE = re.compile(
    "(没有?|不知道|不记得|忘|找不到|不清楚|哪).{0,4}(工?单号?|编号)|(工单|单)号.{0,4}(哪|多少|什么|忘|不知道)"
)
#: Where nothing was found and a registration was offered.
_ANEW = re.compile("(重新?|再|新|现在)?(登记|报修|报一?个修|报一?[个下次遍])(一下|一遍|一?个)?[吧呗了啊]*$")
#: "我明明打过电话的": it was registered, as far as the customer knows.
_INSISTS = re.compile("(明明|确实|真的?|早就?|已经)[^,。]{0,6}(报|打|登记|约|说)(过|了)|(报|打)过(电话|修)[的了啊呀]*$")
#: "那交完了我怎么预约你们上门": nothing is registered yet that could be looked up.
_BOOKS = re.compile(
    "(交|存|办|签|弄)(完|好|过)?(钱|费|手续|协议)?(了|以后|之后)[^。]{0,8}(怎么|咋|要不要|还要|用不用|需要)[^,。]{0,6}约"
)
#: "师傅约好昨天来一天没人影": an apology comes before the question.
_STOOD_UP = re.compile(
    "(约|说|定|讲)好?了?[^。]{0,14}(没来|没人|没见|没到|不来|不见|人影|爽约)|放(了|我)*鸽子|白(等|请)(了|一|假)"
)
_LATEST = 3
#: What has happened to an order that is not done.
_STAGES = {Stage.DISPATCHED: "已派出", Stage.ON_SITE: "工作人员正在现场", Stage.REPORTED: "工作人员去过，还在跟进"}


def order_number_in(text: str) -> str | None:
    """The number of a work order, "20260105-0007", however its dash is written."""
    found = _NUMBER.search(normal(text))
    return f"{found[1]}-{found[2]}" if found else None


def hurries(text: str) -> bool:
    """Whether the customer is waiting impatiently, or only asks."""
    return _HURRIES.search(normal(text)) is not None


def worth_telling(orders: Sequence[WorkOrder]) -> list[WorkOrder]:
    """The latest that somebody works, or worked, on; not what was settled in the talk itself."""
    settled = {OrderType.CONSULTATION, OrderType.OTHER, OrderType.READING}
    told = [each for each in orders if each.state is OrderState.OPEN or each.type not in settled]
    return told[-_LATEST:]


def order_line(order: WorkOrder, now: datetime, zone: ZoneInfo) -> str:
    line = f"{order.number}（{order.type}，{order.state}）"
    told = [] if order.state is OrderState.DONE else [_STAGES.get(order.stage, ""), _limit(order, now, zone)]
    return f"{line}：{more}" if (more := "，".join(filter(None, told))) else line


def _limit(order: WorkOrder, now: datetime, zone: ZoneInfo) -> str:
    if order.due_at is None:
        return ""
    if order.overdue(now):
        return "已经超过约定的时间"
    due = order.due_at.astimezone(zone)
    moment = f"{due:%H:%M}" if due.date() == now.astimezone(zone).date() else f"{due.month}月{due.day}日"
    return f"最迟{moment}前处理"


class OrderProgress(Dialogue):
    form = "order_form"
    questions = (REFERENCE,)
    topic = "查工单进度"
    go_on = "我的工单到哪一步了"
    visit_wish: ClassVar[str | None] = "utter_order_visit"
    intents: ClassVar[frozenset[str]] = frozenset({"query_work_order", "request_callback"})

    async def is_plain_answer(self, asked: str, text: str) -> bool:
        named = order_number_in(text) is not None or phone_in(text) is not None
        return named or _HAS_NONE.search(text) is not None or is_number_only(text) or _insists(text)

    async def hear(self, slots: Slots, asked: str | None, heard: Heard, conversation_id: str) -> Step | None:
        if _BOOKS.search(normal(heard.text)):
            return Step(ask=None, says=(say("utter_startup_booking"),), closing=True)
        hurry = bool(slots.get("order_hurried")) if asked else False
        hurry = hurry or hurries(heard.text)
        stated = await self._stated(heard.text)
        if stated is not None:
            step = self._tell(stated, hurry) if stated else self._not_found(hurry, slots, heard.text)
            phone = phone_in(heard.text)
            return replace(step, learnt={**step.learnt, "contact_phone": phone}) if phone else step
        again = yes_or_no(heard.text) or _ANEW.search(normal(heard.text))
        if asked and slots.get("order_not_found") and again:
            return Step(ask=None, learnt={"order_not_found": None}, then="repair_form")
        if asked is None:
            known = await self._known(slots, conversation_id)
            if not known and phone_in(heard.text) is None and await start_up_told(self._office, conversation_id):
                return Step(ask=None, says=(say("utter_startup_booking"),), closing=True)
            sorry = (say("utter_order_stood_up"),) if _STOOD_UP.search(normal(heard.text)) else ()
            step = self._tell(known, hurry) if known else Step(ask=REFERENCE, learnt={"order_hurried": hurry or None})
            return replace(step, says=(*sorry, *step.says))
        if _HAS_NONE.search(normal(heard.text)) or names_a_dwelling(heard.text):
            return Step(ask=REFERENCE, says=(say("utter_order_by_phone"),), question_said=True)
        if _insists(heard.text):
            return Step(
                ask=REFERENCE,
                learnt={"order_not_found": True},
                says=(say("utter_order_none_here"),),
                asks_again=False,
                question_said=True,
            )
        if hurries(heard.text) and yes_or_no(heard.text) is None:
            return _urged(slots)
        return await self._by_account(slots, heard.text)

    async def _by_account(self, slots: Slots, text: str) -> Step | None:
        """An account number is not what orders are found by, unless the account is proved to be the customer's."""
        number, account = await find_account(text, self._office.back_office) if is_number_only(text) else ("", None)
        if account is None:
            return None
        learnt = prove(slots, number, Proof.NUMBER)
        return Step(ask=REFERENCE, learnt=learnt, says=(say("utter_order_not_by_account"),), question_said=True)

    async def _stated(self, text: str) -> list[WorkOrder] | None:
        """The orders that the customer names; None when none is named."""
        casework = self._office.casework
        if number := order_number_in(text):
            order = await casework.order(number)
            return [order] if order else []
        if phone := phone_in(text):
            return worth_telling(await casework.orders_with_phone(phone))
        return None

    async def _known(self, slots: Slots, conversation_id: str) -> list[WorkOrder]:
        """Of this conversation, or of the account that the customer has proved to be his."""
        here = worth_telling(await self._office.casework.orders_of(conversation_id))
        if here or slots.get("account_proof") != Proof.BOTH:
            return here
        return worth_telling(await self._office.casework.orders_of_account(slots["account_number"]))

    def _not_found(self, hurry: bool, slots: Slots, text: str) -> Step:
        """Who left a telephone number may never have been registered: the first time a registration is offered."""
        first = phone_in(text) is not None and not slots.get("order_not_found")
        return Step(
            ask=REFERENCE,
            learnt={"order_hurried": hurry or None, **({"order_not_found": True} if first else {})},
            says=(say("utter_order_none_of_phone" if first else "utter_order_not_found"),),
            failed=True,
            fresh=first,
            question_said=True,
        )

    def _tell(self, orders: Sequence[WorkOrder], hurry: bool) -> Step:
        now, zone = self._office.clock.now(), self._office.company.company.zone
        told = say("utter_work_orders", order_lines="\n".join(order_line(each, now, zone) for each in orders))
        waiting = [each for each in orders if each.state is OrderState.OPEN]
        late = [each for each in waiting if each.overdue(now)]
        notes: tuple[Signal, ...] = tuple(note_order(each.number, "用户催办") for each in waiting) if hurry else ()
        if late and hurry:
            reason = f"催办超时工单：{'、'.join(each.number for each in late)}"
            person = handoff(reason, urgent=True)
            return Step(ask=None, says=(told, say("utter_order_late")), signals=(*notes, person))
        if late:
            return Step(ask=None, says=(told, say("utter_order_late_offer")), signals=notes, offer=PERSON_OFFERED)
        says = (told, say("utter_order_hurried")) if notes else (told,)
        return Step(ask=None, says=says, signals=notes, closing=True)


def _insists(text: str) -> bool:
    return phone_in(text) is None and _INSISTS.search(normal(text)) is not None


def _urged(slots: Slots) -> Step:
    """A hurry where the order is not known yet: kept for when it is found; what to look for is asked again."""
    missed = bool(slots.get("order_not_found"))
    says = say("utter_order_urge_which" if missed else "utter_order_urge")
    return Step(ask=REFERENCE, learnt={"order_hurried": True}, says=(says,), question_said=missed)
