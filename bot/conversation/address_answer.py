"""Whether an answer to "…对吗？" says yes or no."""

import re
from enum import Enum

from bot.conversation.address_parts import plain
from bot.domain.dialect import standard


class Confirmation(Enum):
    YES = "yes"
    NO = "no"


_YES = "(?:嗯呐?|恩|对|是|好|行|可以|没有?[写打搞弄说]?错|没问题|正确|准确|确认|确定|属实|ok|yes|yep|y|👌|👍)"
#: What may stand around a yes: "对对对就是这里快来吧".
_AROUND = (
    "(?:的|了|啦|呀|啊|呢|哈|哦|噢|吧|就|这里|这儿|这个|这|地址|快点|快|赶紧|赶快|马上|尽快|来人|派人|过来|来|谢谢"
    "|你们?|您|师傅|我家?|在|请|麻烦|一下|都|也|很|非常|完全|无误)"
)
_ONLY_YES = re.compile(rf"(?:{_YES}|{_AROUND})*{_YES}(?:{_YES}|{_AROUND})*|1", re.IGNORECASE)
_NO = re.compile(
    r"(?<!对)不对|(?<!是)不是|(?<!没)(?<!没有)(?:写|打|搞|弄|说)?错[了啦误]|错的|不正确|不准|有误|改成|^no?$|^不+$|^否|^不行|^错$",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"[,.;!~、。…\s]+")


def confirmation(text: str) -> Confirmation | None:
    """What a customer says to a read-back; None if neither ("对面也有味道", "好大的味道", "对吗？")."""
    said = standard(plain(text).strip())
    if _NO.search(said):
        return Confirmation.NO
    clauses = [clause for clause in _CLAUSE.split(said) if clause]
    return Confirmation.YES if clauses and _ONLY_YES.fullmatch(clauses[0]) else None
