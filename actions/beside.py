"""What is said beside a dialogue's question, and is neither its answer nor another matter. Pure.

The model takes "中午别给我打电话" for a wish to be called, "你问这个干啥" for a question who we are, and
"我是租房的不知道户号" for any matter in which account numbers are common. Believed, they would lead away from the
matter in hand.
"""

import re

from actions.contacts import is_only_a_phone, phone_in
from actions.details import only_asks
from actions.steering import asks_why, tells_how_to_reach
from actions.turns import Heard, Step, say
from actions.understanding import asks_for_the_number, is_question, normal

#: "煤气", "就那个表": names what it is about, and no more.
_BARE_THING = re.compile("(就是?|那个?|这个?|的)*(煤气|天然气|燃气|气|灶|表|气表|燃气表|房子)(啊|呀|呗|嘛|的)*")
#: "我住这儿二十多年了": where, or how long, and no address.
_LIVES = re.compile("(我|俺|咱)们?家?(就|一直|都)?住|住了?[^,。]{0,6}年")


def said_beside(heard: Heard) -> Step | None:
    """What it leads to, the question being put again; None if it is nothing of the kind."""
    text = heard.text
    if only_asks(text):
        return Step(ask=None, says=(say("utter_only_asking"),), asks_again=False)
    if asks_why(text):
        return Step(ask=None, says=(say("utter_why_asked"),), asks_again=False)
    phone = phone_in(text)
    if is_only_a_phone(text) or (heard.intent == "request_callback" and tells_how_to_reach(text)):
        learnt = {"contact_phone": phone} if phone else {}
        return Step(ask=None, learnt=learnt, says=(say("utter_repair_noted"),), asks_again=False)
    if _BARE_THING.fullmatch(normal(text)) or (_LIVES.search(normal(text)) and not re.search(r"\d|[?？吗]", text)):
        return Step(ask=None)
    if asks_for_the_number(text) and not is_question(text):
        return Step(ask=None, says=(say("utter_number_not_needed"),), asks_again=False)
    return None
