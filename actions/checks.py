"""What a customer says after a check at home: does it work now, is it done, is it wanted. Pure functions on text."""

import re
from enum import StrEnum

from actions.turns import Slots
from actions.understanding import normal, yes_or_no
from bot.domain.gas import Account, MeterKind
from bot.ports import BackOffice

_STILL_NOT = re.compile(
    "还是|仍|依然|依旧|照样|不能用|不行|没用|没气|没有气|打不着|点不着|不着|没(有)?(反应|动静|好|变|显示)|不显示|不亮|不认|不读|读不|黑屏|不正常|不对劲"
    "|一样|开着|是开的|都开|没有新|没充|没到|没上"
)
_WORKS = re.compile(
    "能用|好了|有气|有了|来气|可以用|着了|解决|恢复|通了|可以了|行了|正常|亮了|显示了|有显示|读出|读到|读了|充进|充上|到了|到账|成功"
)


def works_again(text: str) -> bool | None:
    """Whether it works after a check, as the customer puts it; None when that is not said."""
    words = normal(text)
    if _STILL_NOT.search(words):
        return False
    if _WORKS.search(words):
        return True
    return yes_or_no(words)


_LATER = re.compile(
    "(还没|没|没有|先|再)去?(换|买|充|试|找)|没有?(新)?电池|家里没电池|待会|等会|等下|晚点|晚些|回头|回家|明天|改天|过会|下次|不在家|在外面|先去|现在不方便"
)


def is_for_later(text: str) -> bool:
    """ "还没换", "回家再试": the check cannot be made now."""
    return _LATER.search(normal(text)) is not None


_UNWANTED = re.compile(
    "先不|不用|不需要|不要|不了|再说|再想|考虑|问问|了解一下|看看再|暂时不|改天|不登记|不申请|不预约|没必要|算了"
)
_WANTED = re.compile("登记|预约|申请|需要|上门|安排|派|约|报名|来(吧|一趟|看|测|换|装|检)|帮我|要的|想要|麻烦")


def wants(text: str) -> bool | None:
    """Whether the visit that was offered is wanted; None when that is not said."""
    words = normal(text)
    if _UNWANTED.search(words):
        return False
    if _WANTED.search(words):
        return True
    return yes_or_no(words)


_UNSURE = re.compile(
    "不(确定|知道|清楚|晓得|记得|太?懂)|忘|说不(好|准|清)|没注意|记不|不好说|没印象|可能|好像|应该|怎么看"
)


def is_unsure(text: str) -> bool:
    return _UNSURE.search(normal(text)) is not None


class Meter(StrEnum):
    """The kind of meter, in the customer's words."""

    CARD = "IC卡表"
    ORDINARY = "普通表"


_CARD = re.compile("插卡|刷卡|卡表|(?<![a-z])ic|充值|磁卡|智能表|买气|用卡", re.IGNORECASE)
_ORDINARY = re.compile("普通|抄表|机械|报数|(没|不用|没有|不要|不)(插|刷|用)?卡|没有屏|基表|转盘|按月")


def meter_in(text: str) -> Meter | None:
    words = normal(text)
    if _ORDINARY.search(words):
        return Meter.ORDINARY
    return Meter.CARD if _CARD.search(words) else None


async def known_meter(slots: Slots, back_office: BackOffice) -> Meter | None:
    """The meter of the account that the customer has named in this conversation."""
    number = slots.get("account_number")
    account: Account | None = await back_office.account(number) if number else None
    if account is None:
        return None
    return Meter.CARD if account.meter_kind is MeterKind.IC_CARD else Meter.ORDINARY
