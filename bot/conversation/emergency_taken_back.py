"""Who has reported an emergency and now says that it is none: people still check, but he is not asked on. Pure."""

import re
import unicodedata

from bot.conversation.address import address_in
from bot.conversation.emergency_finding import Grade
from bot.conversation.emergency_screen import look
from bot.domain.dialect import standard

_TAKEN_BACK = re.compile(
    "(?:现在)?没事(?:[了儿啦的啊哈]|[,，。.!！~ ]|$)"
    "|没什么事|误报|虚惊|(?:搞|弄|看|闻|点|按)错了|(?:不用|别)(?:来|派人|过来)了?|已经(?:好|解决|不响|修好)了|不响了"
    "|(?:是|因为)(?:我|我们|我家|老公|老婆|孩子)?.{0,6}(?:炒|烧|煎|炸|喷|测试|按).{0,8}(?:熏|呛|弄|触发|响|糊)"
)
#: "现在没有 窗户都开着", "已经闻不到了"; "现在没有人在家" is something else.
_NOTHING_NOW = re.compile(
    "(?:现在|今天|已经|这会儿?|又)(?:已经|都|也|就)?(?:没有?|闻不到|散)(?:了|什么|啥)*(?:味道?|气味)?(?:了|啦)?"
    "(?:[,，。.!！~ ]|$)"
)
#: "是我老公拿煤油擦灶台的味": another thing smells.
_OTHER_SOURCE = re.compile(
    "(?:是|原来).{0,12}(?:煤油|汽油|柴油|油漆|涂料|酒精|胶水|消毒水|漂白|杀虫剂"
    "|蚊香|香水|榴[莲梿]|臭豆腐|垃圾|下水道|马桶|鸡蛋坏|坏鸡蛋|臭袜子|烟头)"
)
#: "是报警器没电了": the alarm itself was the cause; "没有漏气".
_NOTHING_BUT = re.compile(
    "报警器[^漏]{0,8}(?:没电|电池|坏了|故障)|没电了?.{0,10}(?:换了|好了|不响)|没(?:有)?(?:漏|泄漏)"
)
#: "什么漏气哦 我是灶打不着 没有味道": the leak is denied, and told what there is instead.
_WHAT_LEAK = re.compile("(?:什么|啥|哪有|谁说)(?:是|有)?(?:漏气|泄漏|险情|危险)[了啊呀哦嘛呢吧!！?？,，。 ]*")
_INSTEAD = re.compile("没有?味|没有?漏|没有?事|没有?问题|不是|[打点]不[着燃]")
#: "没漏气 我是报表上的数", said of an emergency whose place is known; "不用来了 阀门关了" denies no leak.
_DENIES = re.compile("(?:没有?|不是|没在|哪有)(?:人|什么|啥)?(?:漏|泄漏|险情|危险|出事)")
_PERHAPS = re.compile("吧|应该|估计|大概|有点|味")
#: Beside any of them it is not over.
_DOUBT = re.compile(
    "[晕昏吐]|恶心|难受|不舒服|还[是有在没会]|又(?!没)|但|不过|是不是|一直|不停|响个|分不|不确定|好像|可能|也许|吗|[?？]"
)
#: "那接着报数 平安里2号楼1单元101 1180": the address belongs to it.
_OTHER_MATTER = re.compile("报[燃煤]?气?[数表]|读数|余额|[交缴充]费|过户|开户|点火|开通|发票|安检|投诉|补卡|滞纳金")
_LONGEST = 40


def is_other_talk(text: str) -> bool:
    """After it was taken back: neither a place nor a sign of danger, "对了安检一年几次"."""
    other = address_in(text) is None or _OTHER_MATTER.search(text) is not None
    return other and look(text).kind is None


def takes_back(text: str) -> bool:
    """ "哦没事了是我炒辣椒熏的": and no new sign of danger beside it."""
    said = standard(unicodedata.normalize("NFKC", text))
    if len(said) > _LONGEST:
        return False
    if denied := _WHAT_LEAK.match(said):
        rest = said[denied.end() :]
        return bool(_INSTEAD.search(rest)) and not _DOUBT.search(rest) and look(rest).kind is None
    finding, doubt = look(text), _DOUBT.search(said)
    if _OTHER_SOURCE.search(said) and not doubt and finding.grade < Grade.PLAIN:
        return True
    over = _TAKEN_BACK.search(said) or (not doubt and (_NOTHING_NOW.search(said) or _NOTHING_BUT.search(said)))
    return bool(over) and finding.kind is None


def denies(text: str) -> bool:
    """Where the place is known: an explicit no to the emergency, and nothing that speaks against it."""
    said = standard(unicodedata.normalize("NFKC", text))
    plainly = len(said) <= _LONGEST and _DENIES.search(said) is not None
    doubt = _DOUBT.search(said) or _PERHAPS.search(said)
    return plainly and not doubt and look(text).kind is None


_NOT_AT_HOME = re.compile("(?:不是|不在|没在)(?:在)?(?:我们?)?(?:家|屋|室|房)[里内]?")
_IN_THE_STREET = re.compile("马路|路[边上口]|街[边上道]|室外|外[面头]|人行道")


def is_outdoors_after_all(text: str) -> bool:
    """ "在马路边上啊 不是家里": where the leak was taken to be, and where it is."""
    return _NOT_AT_HOME.search(text) is not None and _IN_THE_STREET.search(text) is not None
