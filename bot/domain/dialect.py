"""Words of dialects in the words of the standard language, where they mean just that. Pure.

Residents write as they speak: "没得味道", "等哈", "咋个开通". Patterns are written for the
standard language; here stands what they need not know.
"""

import re
from functools import lru_cache

_WORDS = {
    # Sichuan, Chongqing, Guizhou, Hubei, Hunan
    "没得问题": "没问题",
    "莫得|没得(?![到出及])": "没有",
    "啥子": "啥",
    "咋个": "咋",
    "么子|莫子": "什么",
    "屋里头|屋头": "家里",
    "晓得": "知道",
    "不得行": "不行",
    "(?<![记觉获])得行(?![程李为])": "行",
    "要得(?=$|[,.。!~ 嘛哈])": "好",
    "对头": "对",
    "打不燃": "打不着",
    "算[球逑]了?": "算了",
    "等一?哈(?!哈)": "等一下",
    "(?P<verb>[看问查试说算帮搞弄])一?哈(?!哈)": r"\g<verb>一下",
    "好多(?=钱|块钱|度|方)": "多少",
    "[我你他]各人|我个人(?=去|来|办)": "本人",
    # The north
    "俺们?": "我",
    "自个儿?": "自己",
    "今儿个?(?!子)": "今天",
    "明儿个?": "明天",
    "昨儿个?": "昨天",
    "[干嘎]哈(?=呢|啊|$)": "干什么",
    # The south
    "冇": "没有",
    "唔该": "谢谢",
    "几多": "多少",
}
_ANY = [(re.compile(pattern), word) for pattern, word in _WORDS.items()]
_SOME = re.compile("|".join(pattern.replace("?P<verb>", "?:") for pattern in _WORDS))


@lru_cache(maxsize=512)
def standard(text: str) -> str:
    """The text with such words replaced; everything else stays as it is."""
    if not _SOME.search(text):
        return text
    for pattern, word in _ANY:
        text = pattern.sub(word, text)
    return text
