"""What a customer says after a check at home: does it work now, is it done, is it wanted. Pure functions on text."""

import re
from enum import StrEnum

from actions.turns import Say, Slots
from actions.understanding import is_question, normal, yes_or_no
from bot.domain.gas import Account, MeterKind
from bot.ports import BackOffice

_STILL_NOT = re.compile(
    "还是|仍|依然|依旧|照样|不能用|(?<!行)不行|没用|没气|没有气|打不着|点不着|不着|没(有)?(反应|动静|好|变|显示)|不显示|屏(幕)?[是还全都]*黑|(什么|啥)[都也]没有(?!问题|事)|是不是没电|不亮|不认|不读|读不|黑屏|不正常|不对劲"
    "|一样|开着|是开的|都开|没有新|没充|没到|没上"
)
_WORKS = re.compile(
    "能用|好了|有气|有了|来气|可以用|着了|解决|恢复|通了|可以了|行了|正常|亮了|显示了|有显示|读出|读到|读了|充进|充上|到了|到账|成功"
)
#: "电池换好了", "刚换过": the step was made; that alone tells nothing of the result.
_STEP_MADE = re.compile("换|插|装|开|试|按|弄")
_FILLS = re.compile(
    "[我他她都已经刚今天昨早就电池阀门卡也新的旧又再重按你说好嗯了完成上过进去到底一两四遍次下节个打开换插装试弄"
    "啊呀哦子, ]"
)
_LONGEST_REPORT = 20
#: What was to be looked at is in order, and so not the cause.
_IN_ORDER = re.compile(
    "(电池|电量).{0,4}(正常|没问题|有电|够|是?好的|满)|是(刚|才|昨天|上周|新)换的|是新的|电池.{0,4}(新的|(刚|才|前[天几]|上[周个月]{1,2}|昨天|今天).{0,3}换)|阀门?.{0,3}(正常|没问题)"
)


_AGREES = re.compile(
    "((那|嗯+|哦|[,。!~ ])*(好+的?|好[吧嘞呀啊滴]|行吧?|中|ok|知道了|明白了"
    "|(那?我)?(先|再|去|这就)*(试一?试看?|试一?下)(看看|吧)?))+[,。!~ ]*"
)


def only_agrees(text: str) -> bool:
    """ "好", "行 我试试": to try it, not that it works."""
    return _AGREES.fullmatch(normal(text).lower()) is not None


#: No word of what came of it: "可以" may as well agree to what was said besides.
_BARE_YES = frozenset(("对", "对的", "对对", "可以", "可以的", "行", "嗯", "嗯嗯", "是", "是的"))

TRY_AND_TELL = Say("utter_try_and_tell", buttons=("能用了", "还是不行"))
"""After a consent to try: what came of it, once it was tried."""

AND_NOW = Say("utter_and_now", buttons=("好了", "还是不行"))
"""The question after a step that was made, without a word of what came of it."""


NOT_YET = Say("utter_not_yet", buttons=("能用了", "还是没气"))
"""The question before a step that was not made yet."""


def is_only_done(text: str) -> bool:
    """Whether the customer tells that the step is made, and not what came of it: "换好了", "插过卡了"."""
    words = normal(text)
    short = len(words) <= _LONGEST_REPORT and _STEP_MADE.search(words) is not None
    return short and "着" not in words and not _FILLS.sub("", words)


def result_asked(text: str) -> Say | None:
    """What is asked of who has made the step, or is going to; None for any other message."""
    if is_only_done(text) or normal(text).strip(" ,。!~") in _BARE_YES:
        return AND_NOW
    return TRY_AND_TELL if only_agrees(text) else None


def works_again(text: str) -> bool | None:
    """Whether it works after a check, as the customer puts it; None when that is not said."""
    words = normal(text)
    if is_only_done(words):
        return None
    if _IN_ORDER.search(words) and not re.search("能用了|有气了|好了", words):
        return False
    if _STILL_NOT.search(words):
        return False
    if _WORKS.search(words):
        return True
    return yes_or_no(words)


_LATER = re.compile(
    "(还没|没|没有|先|再)去?(换|买|充|试|找)|没有?(新)?电池|家里没电池|待会|等会|等下|晚点|晚些|回头|回家|明天|改天|过会|下次|不在家|在外面|先去|现在不方便"
)


_NOT_YET = re.compile("(还|都)?没有?(换|试|插|开|动)(过|呢|了)?(电池|卡|阀门?)?(呢|啊|呀)?")


def is_not_yet(text: str) -> bool:
    """ "没换过电池": the check can be made now."""
    return _NOT_YET.fullmatch(normal(text).strip(" ,。!")) is not None


def is_for_later(text: str) -> bool:
    """ "还没换", "回家再试": the check cannot be made now."""
    return _LATER.search(normal(text)) is not None


_PRICE = re.compile(
    "多少钱|(收|花|要|付)多少|贵|收费|收钱|要钱|花钱|费用|价格|什么价|怎么收|免费|几块钱|多少费|[掏出付]钱|自费|谁来?(出|掏|付|承担)"
)
_OTHER_PRICE = re.compile("气价|气费|一方|每方|一立方|开户|报装|滞纳|过户|余额|欠")
_LONGEST_PRICE_QUESTION = 14


def asks_price(text: str) -> bool:
    """Whether a short question is about what this costs, and names nothing else that has a price."""
    words = normal(text)
    return (
        len(words) <= _LONGEST_PRICE_QUESTION
        and (is_question(words) or re.search("(贵|收费|要钱)不|谁", words) is not None)
        and _PRICE.search(words) is not None
        and _OTHER_PRICE.search(words) is None
    )


_UNWANTED = re.compile(
    "先不|先别|别登记|先?想想|想一下|商量|不用|不需要|不要|不了|再说|再想|考虑|问问|了解一下|看看再|暂时不|改天|不登记|不申请|不预约|没必要|算了"
)
_WANTED = re.compile(
    "登记|预约|申请|需要|上门|安排|派|约|报名|来(吧|一趟|看|测|换|装|检)|帮我|要的|想要|麻烦|^(那|就|行)*(就)?(验|测|检测?|换|装|弄|改|移|查)(一下|了)?吧"
)


def wants(text: str) -> bool | None:
    """Whether the visit that was offered is wanted; None when that is not said."""
    words = normal(text)
    if asks_price(text):
        return None
    if _UNWANTED.search(words):
        return False
    if _WANTED.search(words):
        return True
    return yes_or_no(words)


def reports_check(text: str) -> bool:
    """Whether the text says anything of a check at home: made, its result, or not now."""
    return works_again(text) is not None or is_only_done(text) or is_for_later(text)


_GAS_AT = "(灶|炉子?|热水器|壁挂炉)"
_ONE_WORKS = re.compile(f"{_GAS_AT}[^,。 没不打点]{{0,4}}(好的|好着|能用|正常|没问题|没毛病|有火|着得|能打着)")
_ONE_DOES_NOT = re.compile(f"{_GAS_AT}[^,。 ]{{0,6}}(打不|点不|不着|没热水|不出|坏|不行|没反应|不能用)")


def only_one_appliance(text: str, trouble: str | None = None) -> bool:
    """ "热水器打不着 灶是好的": there is gas, and one appliance is to be mended.

    Args:
        trouble: what was said before, if the appliance that fails was named there.
    """
    works, fails = _ONE_WORKS.search(normal(text)), _ONE_DOES_NOT.search(normal(trouble or text))
    return works is not None and fails is not None and works[1] != fails[1]


def one_fails(text: str) -> bool:
    """ "热水器打不着火": names what fails; gas itself may be missing."""
    return _ONE_DOES_NOT.search(normal(text)) is not None


_UNSURE = re.compile(
    "不(确定|知道|清楚|晓得|记得|太?懂)|忘|说不(好|准|清)|没注意|记不|不好说|没印象|可能|好像|应该|怎么看"
)


def is_unsure(text: str) -> bool:
    return _UNSURE.search(normal(text)) is not None


class Meter(StrEnum):
    """The kind of meter, in the customer's words."""

    CARD = "IC卡表"
    ORDINARY = "普通表"


_CARD = re.compile("插[过了]?卡|刷卡|卡表|(?<![a-z])ic|充值|磁卡|智能表|买气|用卡", re.IGNORECASE)
_ORDINARY = re.compile(
    "普通|抄表|(看|查|抄|记)数|(看|查)表|来抄|抄的|每个?月|有人来|机械|报数|(没|不用|没有|不要|不)(插|刷|用)?卡|没有屏|基表|转盘|按月"
)


def meter_in(text: str) -> Meter | None:
    words = normal(text)
    if _ORDINARY.search(words):
        return Meter.ORDINARY
    return Meter.CARD if _CARD.search(words) else None


async def _at_the_address(slots: Slots, back_office: BackOffice) -> Account | None:
    community = await back_office.community(slots["community"]) if slots.get("community") else None
    if community is None or not slots.get("address"):
        return None
    found = await back_office.find_accounts(f"{community.name}{slots['address']}")
    return found[0] if len(found) == 1 else None


async def known_meter(slots: Slots, back_office: BackOffice) -> Meter | None:
    """The meter of the account that the customer has named in this conversation, or of the address."""
    number = slots.get("account_number")
    account: Account | None = await back_office.account(number) if number else await _at_the_address(slots, back_office)
    if account is None:
        return None
    return Meter.CARD if account.meter_kind is MeterKind.IC_CARD else Meter.ORDINARY
