"""Who has reported an emergency and now says that it is none: people still check, but he is not asked on. Pure."""

import re
import unicodedata

from bot.conversation.emergency_screen import look

_TAKEN_BACK = re.compile(
    "(?:现在)?没事[了儿啦]|没什么事|误报|虚惊|(?:搞|弄|看|闻|点|按)错了|(?:不用|别)(?:来|派人|过来)了?|已经(?:好|解决|不响|修好)了|不响了"
    "|(?:是|因为)(?:我|我们|我家|老公|老婆|孩子)?.{0,6}(?:炒|烧|煎|炸|喷|测试|按).{0,8}(?:熏|呛|弄|触发|响|糊)"
)
_LONGEST = 40


def takes_back(text: str) -> bool:
    """ "哦没事了是我炒辣椒熏的": and no new sign of danger beside it."""
    said = unicodedata.normalize("NFKC", text)
    return len(said) <= _LONGEST and _TAKEN_BACK.search(said) is not None and look(text).kind is None
