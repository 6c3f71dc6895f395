""" "昨天才充的 余额不对": a payment that does not show. Nothing is wrong with the bill, nor with how to pay. Pure."""

import re

from actions.understanding import normal

#: The slot by which the balance knows that a payment is missed, until it is told.
PAYMENT_MISSED = "payment_missed"
_PAY = "[交缴充存付]"
_NOT_CREDITED = re.compile("(没有?|未|不)[^,。]{0,3}(到账|入账)|到账(了)?没|钱(去|到)哪")
_PAID = re.compile(
    f"(?<![没未不有])(?<!怎么)(?<!如何){_PAY}([了过的]|好了|完了|进去|值了|费了)|(刚刚?|才|已经)[^,。]{{0,2}}({_PAY}|买)"
    f"|([昨前今]天|早上|上午|下午|上周|上个?月)[^,。]{{0,6}}({_PAY}|买)|明明[^,。]{{0,4}}{_PAY}"
)
_DOES_NOT_SHOW = re.compile(
    "余额[^,。]{0,6}(不对|有误|错|没变|没有?[加多涨动增]|不变|还是|没有|少)|(还|又|怎么|咋|为啥|为什么)[^,。]{0,4}(显示|是|说)?[^,。]{0,2}欠"
    "|(怎么|咋|还|都)[^,。]{0,3}没(有|到|显示|变|加|涨|加上)?(呢|啊|呀|了|吗)?([,。?!]|$)|查不到|没(显示|记录|加上|算上)|不见了"
)


def paid_but_not_shown(text: str) -> bool:
    """Whether the customer says that money was paid and does not show in the account."""
    words = normal(text)
    if _NOT_CREDITED.search(words):
        return True
    return _PAID.search(words) is not None and _DOES_NOT_SHOW.search(words) is not None
