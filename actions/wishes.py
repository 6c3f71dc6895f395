""" "能来人看看吗", "下周二上午行不行", "好 快点吧": a visit, its time, or only speed is wished for. Pure.

The model takes such words for a repair, an order that exists already, or a way to report a reading. In a dialogue they
are about its subject: it says whether somebody comes for it, and goes on.
"""

import re

from actions.contacts import without_day
from actions.understanding import normal, yes_or_no

_VISIT = re.compile(
    "(派|安排|让|叫|喊)(一?[个位])?(人|师傅|工人|维修[工员]?|维修人员|工作人员|技术员|你们的?人)"
    "|来(一?[个位])?(师傅|维修[工员]?|维修人员)"
    "|上门|来人|[给能会]修"
    "|(过?来|来[个位]?人)(家里?|我家|这里?|实地)?(看|瞧|瞅|检查|查|检修|修|处理|抄|换|收|一趟|趟)"
)
_LITTLE = re.compile(
    "上门|怎么办|咋办|咋整|咋弄|怎么弄|能不能|可不可以|行不行|好不好|中不中|成不成|要不"
    "|不(?=$|[,。?! ])|可以"
    "|(看|瞧|瞅)一?[看瞧瞅下]|检查|检修|处理|现场|实地|师傅|工作人员|维修人员|麻烦|帮忙|尽快|赶紧|赶快|还是|直接|现在|需要|一下"
    "|家里|这边|怎么样|咋样|方便|有空|上午|下午|[看瞧瞅查修抄换收派人来过去趟个位下那就我你您们家咱能行好中成吗么呢吧啊呀嘛呗哦]"
    "|[请帮给快早点先嗯对的想要得了也到这里安排让叫把一, 。.?!~]"
)
_LEAVE = re.compile("(行|好|中|成|可以|方便|有空|在)(不(行|好|中|成|可以|方便)?|吗|么|嘛)[?? ]*$|(怎么样|咋样)[?? ]*$")
_CONSENT = re.compile(
    "(嗯+|好+|行|可以|成|中|要得|ok|那|就|是|对|请|你们?|您|给我|帮我|麻烦|辛苦|拜托|快|点|些|尽快|赶紧|赶快|抓紧|尽早|早"
    "|登记|安排|办理?|弄|处理|来|派|人|师傅|上门|一下|这样|吧|啊|呀|呗|嘛|哈|嘞|了|的|[,。.!~ ])+"
)
#: "快点吧 我还要做饭呢": in a hurry, with the reason.
_HURRY = re.compile("[嗯好行那就你们请麻烦,. ]*(快点|快些|赶紧|赶快|尽快|抓紧)")
_NAMES = re.compile(r"\d|[?吗哪]|多少|什么|啥|怎么|电话|号码|告诉")
_LONGEST = 20


def wishes_visit(text: str) -> bool:
    """Whether the text asks that somebody comes, and names nothing for which."""
    words = re.sub("^没有?[啊呀呢]*[,。 ]+", "", normal(text))  # "没有 你派个人来吧" answers, and wishes
    return len(words) <= _LONGEST and _VISIT.search(words) is not None and not _LITTLE.sub("", words)


def proposes_time(text: str) -> bool:
    """Whether a time is proposed ("下周二上午行不行") and nothing else is said: no refusal, whatever its last word."""
    words = normal(text)
    rest = without_day(words)
    return rest != words and _LEAVE.search(words) is not None and not _LITTLE.sub("", rest)


def consents(text: str) -> bool:
    """Whether the text only agrees to what is being done ("好的", "麻烦了", "嗯 快点吧"), whatever was asked for."""
    words = normal(text).lower()
    agrees = yes_or_no(words) is True or _CONSENT.fullmatch(words) is not None
    return bool(words) and (agrees or in_a_hurry(words))


def in_a_hurry(text: str) -> bool:
    """ "快点吧 我还要做饭呢": only speed is wished for, whatever reason is told."""
    words = normal(text)
    return len(words) <= _LONGEST and _HURRY.match(words) is not None and _NAMES.search(words) is None
