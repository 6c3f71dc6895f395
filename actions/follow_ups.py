"""Questions that name nothing ("多久能好", "带身份证行不行"): in a dialogue they are about its subject. Pure.

The model reads each message by itself and takes such words for any subject in which they are common: "什么时候能来"
for an interruption, "带身份证行不行" for opening an account. Believed, they would lead away from the matter in hand.
"""

import re
from enum import StrEnum

from actions.understanding import normal


class About(StrEnum):
    WHEN = "when"
    MONEY = "money"
    PAPERS = "papers"
    PROXY = "proxy"
    WHERE = "where"


_LONGEST = 16
_ABOUT = {
    About.MONEY: "多少钱|要钱|收钱|收费|免费|贵不贵|几块钱|怎么收|费用",
    About.PROXY: "(本人|房主|户主|业主|房东|我?(爸|妈|爱人|老公|老婆|儿子|女儿)|家里?人|别人|朋友|中介|父母)[^,。]{0,5}"
    "(不在|来不了|去不了|不去|代|(去|来|办|弄)[^,。]{0,3}(行|可以|成|中|吗|么|不)|行|可以)|代办|替我办|委托",
    About.PAPERS: "(身份证|复印件|原件|房产证|房本|证件|材料|资料)[^,。]{0,6}(行|可以|成|中|够|要|需要|吗|么)"
    "|(带|拿|要)(什么|啥|哪些)(东西|证|材料|资料|手续)?",
    About.WHEN: "多久|多长时间|多少天|要?几天|什么时候|啥时候|啥时间|什么时间|何时|哪天|今天能|明天能"
    "|(能|可以|可不可以)[^,。]{0,3}(早|快)(一?点|些)?",
    About.WHERE: "(在|去|到)(哪|那)(里|儿|个地方)?[^,。]{0,3}(办|弄|拿|领|补|交)?$",
}
#: What may stand beside it without naming anything.
_LITTLE = re.compile(
    "请问|一般|大概|需要|可以|一下|上门|东西|方便|直接|现在|[我你您他们咱的地得了吗么呢啊呀吧哦嘛那这就也都还再最多少要能会不行成中是有没来去到"
    "好完弄办搞拿给带上个次共,。?! ]"
)


def asked_about(text: str) -> About | None:
    """What a short question asks, whatever it names besides."""
    words = normal(text)
    found = (about for about, pattern in _ABOUT.items() if re.search(pattern, words))
    return next(found, None) if len(words) <= _LONGEST else None


def follow_up(text: str) -> About | None:
    """What a short question that names no subject asks about the one in hand; None for any other message."""
    rest = re.sub("|".join(_ABOUT.values()), "", normal(text))
    return None if _LITTLE.sub("", rest) else asked_about(text)
