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
#: What names a subject of its own: then the model is believed.
_NAMED = re.compile(
    "停气|来气|供气|没气|通气|开气|送气|气费|燃气费|气价|价格|单价|缴费|交费|充值|余额|欠|滞纳|发票|户号|读数|报数|抄表|表|卡|热水器|壁挂|灶"
    "|锅炉|管|阀|安检|检查|投诉|建议|维修|修|师傅|营业|大厅|网点|开门|关门|上班|下班|客服|人工|领导|经理|主任|电话|号码|燃气票|气票|开户|过户"
    "|开通|点火|改装|改造|拆|移|押金|退|合同|协议|漏|味|晕|报警|进度|工单|小区|停电|停水|自来水"
)


def follow_up(text: str) -> About | None:
    """What a short question that names no subject asks about the one in hand; None for any other message."""
    words = normal(text)
    if len(words) > _LONGEST or _NAMED.search(words):
        return None
    return next((about for about, pattern in _ABOUT.items() if re.search(pattern, words)), None)
