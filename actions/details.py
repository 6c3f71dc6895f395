""" "10年前装的了", "从阳台挪到厨房", "我在外地上班不方便": details that mean nothing alone. Pure.

The model takes such words for whatever matter they are common in: an opening fee, a pipe, a hall. In a dialogue they
are about the matter in hand.
"""

import re

from actions.understanding import is_question, normal

_YEARS = re.compile(
    "[0-9一二两三四五六七八九十几好多半]+(来|多|几)?(年|个?月)(了|多|之?前|以前|左右|来)*|老早|早就|早些年|前些?年|去年|当年|前几年"
    "|搬(家|进来|过来)的?(时候|时|那年)|结婚(的?时候|那年)|装修(的?时候|那年)"
)
#: What may stand beside it: the thing, as far as the dialogue is about it, and what was done with it.
_OF_ITS_AGE = re.compile(
    "热水器|壁挂炉|燃气灶|灶具?|炉[子具]|气?表|管[子道]|软管|机[器子]|东西|开发商|房东|师傅"
    "|[我俺咱它这那家里个台根块就是都也已经有快差不多大概好像"
    "还才刚开始统一给帮装买换安用使弄配的了着过啊呀吧呢嘛, ]"
)
_ROOM = (
    "(家里)?的?(阳台|厨房|客厅|卫生间|厕所|浴室|卧室|院子?|楼道|走廊|储藏室|餐厅|过道|[外里]面|屋里|里屋"
    "|窗[户台边]+|水池|灶台|橱柜|吊柜|墙角|[左右上下东南西北这那另]边|墙上?|对面)"
)
#: From one place of the home to another, whatever is moved.
_MOVES = re.compile(
    f"(就是?|想|要|得|是|把(它|他|那个|这个)?|[,。 ])*((从|由|打)?{_ROOM})?(里|上|边)?[移挪搬改换装放弄]+(个地方)?"
    f"(到|去|进|在){_ROOM}(里|上|边|去|那边|来)*[了吧的啊呀呢,。 ]*"
)
#: Why somebody cannot come, or is not there.
AWAY = (
    "(?:人|一直|现在|平时|都|常年)*在(?:外地|国外|外省|单位|老家|乡下|外面)(?:[上打]班?工?|工作|出差|上学|住|呢|着|的)*"
    "(?:[, ]*(?:不(?:太)?方便|没空|没时间|走不开|(?:回|去|过|赶)不(?:去|来|了|成)|请不了假|脱不开身))*(?:回?[来去])?"
)
_AWAY = re.compile(f"(我|俺|本人|我们|因为|主要是?|可是?|但是?|[,。 ])*{AWAY}[啊呀呢了的,。 ]*")
#: "租的房子": who lives there, where something else was asked.
_RENTS = re.compile(
    "(我|俺|我们|这|房子|家里|现在|住的?|[,。 ])*(是)?租(的|来的)?((别人|人家)?的?房子?)?(住)?[的了啊呀呢,。 ]*"
)
_ONLY_ASKS = re.compile(
    "(没有?|没啥|没什么|没事|不是|不|我|俺|哦|那|也|就是?|只是?|先|随便|不过|想|来|[,。 ])*"
    "((问|了解|咨询|打听)(一?[问下])|随口问)"
    "(这个|那个|你们|一?下|费用?|收费|价格|价钱|而已|情况|的?事儿?|的|呢|啊|吧|罢了|[,。 ])*"
)

_NO_MORE = re.compile("就|只|随便|随口|而已|罢了|没")


def tells_detail(text: str) -> bool:
    """Whether the words only tell how old the thing is, where it goes or where the customer is: no other subject."""
    words = normal(text)
    told = _tells_age(words) or any(each.fullmatch(words) for each in (_MOVES, _AWAY, _RENTS))
    return told and not is_question(words)


def only_asks(text: str) -> bool:
    """ "没有 我就问问", "就了解一下这个收费": wants to know, and nothing done."""
    words = normal(text)
    no_more = _NO_MORE.search(words) is not None and not is_question(words)
    return no_more and _ONLY_ASKS.fullmatch(words) is not None


def _tells_age(words: str) -> bool:
    rest = _YEARS.sub("", words)
    return rest != words and len(rest) > 0 and not _OF_ITS_AGE.sub("", rest)
