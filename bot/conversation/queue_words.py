"""What a customer who waits for a person writes: that he no longer wants one, or where to call him. Pure."""

import re
import unicodedata

_BEFORE = "(?:算了|那|就|好吧|行吧|哦|噢|嗯|唉|哎|还是|先|我|,|，|。|!|！| )*"
_AFTER = "(?:了|吧|啦|啊|哦|谢谢|您|你|,|，|。|!|！|~| )*"
_LEAVES = re.compile(
    f"{_BEFORE}(?:取消(?:排队|转接|人工)|(?:不|别|甭)(?:用|要|想|需要|必)?(?:再)?(?:转|找|等|排|要|叫|麻烦)?"
    "(?:人工|排队|转接|队|人)?(?:客服|服务|坐席)?了?|(?:问|用|找|回到?)(?:智能)?(?:机器人|助手))"
    f"{_AFTER}|(?:那|唉|哎|,|，| )*算了{_AFTER}"
)
#: What is left behind it is a matter of its own.
_WAITS_NO_MORE = "(?:算了|(?:不|别|甭)想?(?:等|排|转|用|要)(?:人工|客服|队)?了|等不[了及]了?)[,，。!！ ]*"
_LEAVES_FOR = re.compile(
    f"(?:那|哦|唉|哎|好吧|行吧|,|，| )*(?:{_WAITS_NO_MORE}){{1,2}}"
    "(?:我|你|您|那|就|还是|先|想|再|只)*(?:问|查|看|说|咨询|报|办).{2,}"
)
_LONGEST = 16
_COURTESY = re.compile(
    "(?:好|好的|行|嗯|哦|噢|知道了|收到|谢谢|多谢|感谢|辛苦|麻烦|您|你|们|了|啦|啊|吧|哈|,|，|。|!|！|~| )+"
)
#: May answer anything.
_TOO_LITTLE = frozenset(("不", "别", "甭", "不要", "不想", "不用"))
_PHONE = re.compile(r"(?<!\d)(?:1[3-9]\d(?:[ -]?\d){8}|0\d{2,3}[ -]?\d{7,8})(?!\d)")


def leaves(text: str) -> bool:
    """ "算了不用人工了", "不等了", "还是问机器人吧": and nothing else."""
    said = unicodedata.normalize("NFKC", text).strip()
    if said in _TOO_LITTLE:
        return False
    return len(said) <= _LONGEST and _LEAVES.fullmatch(said) is not None


def leaves_for(text: str) -> bool:
    """ "算了不等了 我就问下营业厅电话多少": no longer waits, and asks something that the assistant may answer."""
    said = unicodedata.normalize("NFKC", text).strip()
    return _LEAVES_FOR.match(said) is not None


def is_courtesy(text: str) -> bool:
    """ "好的谢谢": adds nothing to a message."""
    return _COURTESY.fullmatch(unicodedata.normalize("NFKC", text).strip()) is not None


def phone_in(text: str) -> str:
    """The whole telephone number that is left, as written; empty if there is none."""
    found = _PHONE.search(unicodedata.normalize("NFKC", text))
    return found[0] if found else ""
