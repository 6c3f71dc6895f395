"""A message that has only begun: "姑娘", "我这个煤气". Whatever the model takes it for, it says nothing yet.

Old people and those who dictate send a sentence in pieces. Such a piece counts as a greeting, so that the customer is
asked to go on; where it names the gas, what the model suspects is left to be asked about, below an alarm.
"""

import re
from typing import Any

JSON = dict[str, Any]

_CALLS = (
    "(?:小?姑娘|闺女|小伙子?|大姐|[大小]妹子?|妹[子妹]|[大小]哥|兄弟|同志|师傅|美女|帅哥|老师|亲|喂+|哎+|[欸诶]"
    "|[你您]好)"
)
_MINE = "(?:我们?|你们?|俺们?|咱们?|阿拉)?(?:家里?|屋里|屋头)?(?:的|这个?|那个?|里)?"
_THING = (
    "(?:煤气|天然气|燃气|气|灶台?|灶具|炉子|炉具|气?表|燃气表|煤气表|热水器|壁挂炉|管子|管道|阀门?|气?卡|房子|厨房|月"
    "|气费|账单|户头)?"
)
#: What a story begins with: nothing is asked yet.
_BEGINS = (
    "(?:我家?|我们家?|家里|这边|刚|才|刚才|今年|上个?月|是个?|的)*"
    "(?:新房子?|新家|房子|装修[完好]|搬[过进]?来|交房|拿到?钥匙|租的?房子?|租房住?)(?:了|的|呢|啊)*"
)
_FRAGMENT = re.compile(
    f"(?:{_CALLS}[,，。!！~ 啊呀哟]*)+"
    f"|{_BEGINS}"
    f"|{_CALLS}?[,，。 ]*(?:我说)?(?=我|你|俺|咱|阿拉|这个|那个){_MINE}{_THING}(?:呢|啊|呀|吧|嘛|哦|它|他|[,，。…~ ])*"
)
_LONGEST = 14
GREETING = "greet"
#: Of an emergency, so that the customer is asked and nobody is alarmed (bot/conversation/emergency_doubt.py).
MOST_SUSPECTED = 0.2
_EMERGENCIES = ("report_leak", "report_co_poisoning", "report_fire")


def is_fragment(text: str) -> bool:
    words = text.strip()
    return 0 < len(words) <= _LONGEST and _FRAGMENT.fullmatch(words) is not None


def as_understood(text: str, parsed: JSON) -> JSON:
    """`parsed`, or a greeting where the text has only begun to say something."""
    if not is_fragment(text):
        return parsed
    suspected = [each for each in parsed.get("intent_ranking") or () if each.get("name") in _EMERGENCIES]
    chance = sum(float(each.get("confidence") or 0) for each in suspected)
    share = min(1.0, MOST_SUSPECTED / chance) if chance else 1.0
    kept = [{**each, "confidence": float(each.get("confidence") or 0) * share} for each in suspected]
    greeting = {"name": GREETING, "confidence": 1.0 - min(chance, MOST_SUSPECTED)}
    return {**parsed, "intent": greeting, "intent_ranking": [greeting, *kept]}
