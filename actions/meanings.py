""" "什么意思", "没看懂" at an open question: it is put in other words, once. Pure.

The words are `utter_meaning_<slot>` of domain.yml; questions that ask the same share them.
"""

import re

from actions.turns import Say, say
from actions.understanding import normal

_LITTLE = "[我你您这那个句话题的是啊呀呢吗嘛哦哎唉额嗯么都还也真有点点儿完全根本说问到底究竟,。?! ]*"
_NOT = "(不(太|大|是很)?|没(有)?(太|大)?)"
_ASKS = re.compile(
    f"{_LITTLE}((什么|啥|啥子|几个)(意思|东西)|(看|听|搞|弄)?{_NOT}(看|听|搞|弄)?(懂|明白)|(听|搞|弄)(不|没)清楚?"
    "|(解释|说清楚|说明白|说明)(一下)?|怎么(理解|讲)|懵了?|为(什么|啥)(要)?(问|要|填)(我)?(这个|这些)?)"
    f"{_LITTLE}"
)
#: "你没看懂": it is the assistant who has not understood.
_OF_US = re.compile("(你|您|客服|机器人|[系统])们?(都|还|根本|完全)?(没|不)")
_SHARED = {
    "reading_account": "account",
    "dispute_account": "account",
    "balance_account": "own_account",
    "update_account": "own_account",
    "balance_proof": "proof",
    "update_proof": "proof",
    "startup_community": "community",
    "coverage_community": "community",
    "outage_community": "community",
    "no_gas_community": "community",
    "startup_address": "dwelling",
    "visit_address": "dwelling",
    "visit_phone": "phone",
    "callback_phone": "phone",
    "dispute_phone": "phone",
    "reading_value": "reading",
    "dispute_reading": "reading",
    "open_proxy": "proxy",
    "transfer_proxy": "proxy",
    "late_fee_class": "use",
    "price_use": "use",
    "card_battery": "meter_battery",
    "no_gas_card": "meter_battery",
    "visit_time": "time",
    "reading_confirmed": "confirmed",
    "visit_confirmed": "confirmed",
    "update_confirmed": "confirmed",
    "meter_test_wanted": "wanted",
    "heater_visit": "wanted",
    "pipe_survey": "wanted",
    "hose_wanted": "wanted",
    "inspection_wanted": "wanted",
}


def asks_meaning(text: str) -> bool:
    """Whether the customer has not understood what was said, and says nothing else."""
    words = normal(text)
    return len(words) <= 12 and not _OF_US.search(words) and _ASKS.fullmatch(words) is not None


def meaning_of(question: str) -> Say:
    """The question for a slot in other words."""
    return say(f"utter_meaning_{_SHARED.get(question, question)}")
