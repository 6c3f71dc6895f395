"""What a customer puts right on an order that has just been registered: "地址写错了 是501", "明天不行 改后天晚上".

The order itself is corrected and read back; what stood there before is noted on it. Who no longer wants it has that
noted: staff make sure before nobody comes.
"""

import re
from datetime import datetime

from rasa_sdk import Tracker

from actions.additions import latest_open
from actions.capability import Event, Office, Voice, end_dialogue, fresh_start
from actions.contacts import is_only_a_phone, phone_in, time_in, without_phone
from actions.performing import FILED
from actions.places import looks_like_an_address
from actions.stated_address import StatedAddress, address_in, part_corrected
from actions.subjects import EMERGENCIES
from actions.turns import handled_already, heard_in, note_order, say
from actions.understanding import corrects, is_question, normal, sounds_dangerous
from actions.visits import LABELS, WRONG
from bot.domain.places import is_only_dwelling
from bot.domain.work_orders import WorkOrder

_FIELDS = {"address": "visit_address", "contact_phone": "visit_phone", "contact_time": "visit_time"}
_CHANGES = re.compile(
    "[改换](到|成|为)|(电话|时间|地址)[^,。 ]{0,3}[改换]"
    "|[改换](个|下|一下)?(时间|电话|地址|号码|日子|[今明后]天|大后天|下?周|下?星期|礼拜|[上下中]午|早上|晚上)"
)
_IMPOSSIBLE = re.compile(
    "(今|明|后|周|星期|礼拜|上午|下午|晚上|早上|那天).{0,5}(不行|不在|没空|没时间|不方便|有事|出差)"
)
#: Of a reading, a name or a bill nothing is on the order.
_ELSEWHERE = re.compile("读数|表数|户名|过户|名字|抬头|发票|密码")
_CALLED_OFF = re.compile(
    "没有?(让|叫|说|要)[^,。 ]{0,6}(登|约|派|报|上门)"
    "|(取消|撤了?销?)(登记|预约|工单|上门|报修|那个|这个|订单|了|吧|一下|掉|$)"
    "|^[^,。 ]{0,4}(不用|不要|别|不必)(再)?(来|上门|派人|登记)了|不(修|换|装|改|约|登记|投诉)了"
)
_LONGEST = 200


class Amendments:
    """Speaks before the action that Rasa has chosen; has said nothing where it returns None."""

    def __init__(self, office: Office) -> None:
        self._office = office

    async def answer(self, voice: Voice, tracker: Tracker, action: str, open_form: str | None) -> list[Event] | None:
        """`open_form` is the dialogue that was going on when the customer wrote."""
        heard = heard_in(tracker.latest_message)
        handled = handled_already(tracker.events, action.removeprefix("validate_"))
        if tracker.slots.get(FILED) is None or open_form or handled or heard.intent in EMERGENCIES:
            return None
        if sounds_dangerous(heard.text) or _ELSEWHERE.search(heard.text):
            return None
        called_off = _CALLED_OFF.search(normal(heard.text)) is not None
        if not called_off and not _puts_right(heard.text):
            return None
        order = latest_open(await self._office.casework.orders_of(tracker.sender_id))
        if order is None:
            return None
        if called_off:
            voice.say(say("utter_order_called_off", order=order.number))
            voice.signal(note_order(order.number, f"用户说不需要了，请核实：{normal(heard.text)[:_LONGEST]}"))
            return [*fresh_start(), *end_dialogue()]
        return await self._amend(voice, order, heard.text)

    async def _amend(self, voice: Voice, order: WorkOrder, text: str) -> list[Event] | None:
        stated = await self._stated(order, text)
        if not stated and not _named(text):
            return None
        changed = {field: value for field, value in stated.items() if value != getattr(order, field)}
        lines = "\n".join(
            f"{LABELS[slot]}：{value}"
            for field, slot in _FIELDS.items()
            if (value := changed.get(field) or getattr(order, field))
        )
        if changed:
            before = "、".join(f"{LABELS[_FIELDS[field]]}（原为{getattr(order, field) or '空'}）" for field in changed)
            voice.signal(note_order(order.number, f"用户更正{before}", **changed))
        voice.say(
            say("utter_order_amended" if changed else "utter_order_as_filed", order=order.number, visit_lines=lines)
        )
        return [*fresh_start(), *end_dialogue()]

    async def _stated(self, order: WorkOrder, text: str) -> dict[str, str]:
        """The order's fields that the words hold a value for."""
        rest, back_office = without_phone(text), self._office.back_office
        now: datetime = self._office.clock.now().astimezone(self._office.company.company.zone)
        time = time_in(rest, now, asked=True) if order.contact_time else None
        place = None
        if order.address:
            place = await part_corrected(order.address, rest, back_office) or await address_in(rest, back_office)
        found = {
            "address": place.address if place and _is_place(place) else None,
            "contact_phone": phone_in(text),
            "contact_time": time.text if time and not time.past else None,
        }
        return {field: value for field, value in found.items() if value}


def _is_place(stated: StatedAddress) -> bool:
    """Known to the records, or nothing but a place: "就把刚登记的那个改成501" is none."""
    return stated.community is not None or looks_like_an_address(stated.address or "")


def _named(text: str) -> bool:
    """Whether a detail of the order is said to be wrong."""
    return any(pattern.search(normal(text)) for pattern in WRONG.values())


def _puts_right(text: str) -> bool:
    """Whether the words change something that was registered: a bare detail, too, is about it."""
    words = normal(text)
    if _CHANGES.search(words) or _named(text) or _IMPOSSIBLE.search(words):
        return True
    return not is_question(text) and (corrects(text) or is_only_a_phone(text) or is_only_dwelling(words))
