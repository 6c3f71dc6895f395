"""What a customer adds right after something was registered ("对了 门口有狗"): it belongs to that order.

Only what is no question, no new request and, for the model, no other matter for certain; then it is noted on the order,
whatever the model takes it for: "希望你们道歉 退钱" behind a complaint is no suggestion.
"""

import re

from rasa_sdk import Tracker

from actions.capability import Event, Office, Voice, end_dialogue, fresh_start
from actions.performing import FILED
from actions.remarks import is_remark
from actions.subjects import EMERGENCIES, FIRST_OF_ALL, SURE, VERY_SURE
from actions.turns import Heard, handled_already, heard_in, note_order, say
from actions.understanding import is_question, normal, sounds_dangerous
from bot.domain.work_orders import OrderState, WorkOrder

_LONGEST = 200
_BEGINS = re.compile("(对了|哦对|另外|还有|补充(一下|一点)?|忘了?(说|讲|告诉)|再说一(下|句|点)|顺便说)")
#: Of nothing that the company does: said after it, it is about what was registered.
_ABOUT_NOTHING = frozenset({"", "nlu_fallback", "out_of_scope", "deny"})
_PASSING = frozenset({"affirm", "thank", "greet", "goodbye", "praise_service"})
#: A matter of its own: "我还要投诉另一个人".
_ANEW = re.compile(
    "(我|还|再|又|也)(要|想)(再|另|投诉|报修|报数|提|约|预约|登记|查|问|咨询|办)"
    "|另一?[个件家]|别的(事|问题)|再(登记|报|约|提)"
)

#: "师傅来之前先打个电话" is no wish to be called back, "他工号好像是1023" no reading.
_OF_IT = re.compile("我(姓|叫|名字)|(来|上门|到)(之)?前|到了(再|就|先)?(打|联系|叫)|工号|车牌|[他她]们?(姓|叫|名字)")


class Additions:
    """Speaks before the action that Rasa has chosen; has said nothing where it returns None."""

    def __init__(self, office: Office) -> None:
        self._casework = office.casework
        self._kindred = office.kindred

    async def answer(self, voice: Voice, tracker: Tracker, action: str, open_form: str | None) -> list[Event] | None:
        """`open_form` is the dialogue that was going on when the customer wrote."""
        form = tracker.slots.get(FILED)
        heard = heard_in(tracker.latest_message)
        if form is None or open_form or handled_already(tracker.events, action.removeprefix("validate_")):
            return None
        if not self._adds(heard, form):
            return None
        order = latest_open(await self._casework.orders_of(tracker.sender_id))
        if order is None:
            return None
        voice.say(say("utter_added_to_order", order=order.number))
        voice.signal(note_order(order.number, f"用户补充：{normal(heard.text)[:_LONGEST]}"))
        return [*fresh_start(), *end_dialogue()]

    def _adds(self, heard: Heard, form: str) -> bool:
        begins = _BEGINS.match(normal(heard.text)) is not None
        told = normal(_BEGINS.sub("", normal(heard.text), count=1)) if begins else heard.text
        if heard.intent in EMERGENCIES or _ANEW.search(told) or is_question(told):
            return False
        if _OF_IT.search(told) and not sounds_dangerous(told):
            return True
        if not is_remark(told):
            return False
        if heard.intent in self._kindred.get(form, frozenset()):
            return True
        if heard.intent in FIRST_OF_ALL | _PASSING:
            return begins and heard.intent in _PASSING
        return heard.intent in _ABOUT_NOTHING or heard.confidence < (VERY_SURE if begins else SURE)


def latest_open(orders: list[WorkOrder]) -> WorkOrder | None:
    """The last order that is not done yet."""
    return next((each for each in reversed(orders) if each.state is OrderState.OPEN), None)
