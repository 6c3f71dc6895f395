"""A short Chinese text as the terms it is compared by: characters and neighbouring pairs, after one spelling."""

import re
import unicodedata
from itertools import pairwise

#: Different words for one thing, frequent misspellings and voice-input errors; applied in this order.
_SPELLINGS = tuple(
    (re.compile(pattern), word)
    for pattern, word in (
        ("煤[气汽]罐|煤[气汽]坛子?|液化气(罐|瓶|坛子?)|燃气罐|气罐|罐装气|罐子|坛子", "钢瓶"),
        ("煤[气汽]|天然[气汽]|[燃然]汽|然气|瓦斯", "燃气"),
        ("露[气汽]|漏汽", "漏气"),
        ("报警[气汽]", "报警器"),
        ("软官|胶官", "软管"),
        ("橡?胶[皮管]|皮管|橡胶管", "软管"),
        ("耗子", "老鼠"),
        ("灶台|灶头|炉灶|灶具|炉具|燃气灶|灶子", "灶"),
        ("抽油烟机", "油烟机"),
        ("厕所", "卫生间"),
        ("采暖炉|锅炉", "壁挂炉"),
        ("咋个|咋样|咋|怎样|如何|肿么", "怎么"),
        ("啥子|啥|什麽", "什么"),
        ("多长时间|多少时间|好久能", "多久"),
        ("能不能|可不可以|可以不|行不行|让不让|行不|行么|能不", "可以"),
        ("冲值|充钱|冲钱", "充值"),
        ("一样化碳", "一氧化碳"),
        ("钱|费用", "费"),
        ("缴|交", "缴"),
    )
)
#: Said in any question; they tell nothing about the subject.
_FILLERS = re.compile(
    "不是这个意思|听不懂|(早上|上午|下午|晚上)好|在吗|有人吗|请问|您好|你好|麻烦|问一下|问下|想问|谢谢|一下|我想|我要|我们家|我家|家里|你们|那个|这个"
)
#: Characters that only join others; alone or among themselves they are no terms.
_JOINING = frozenset(
    "的了吗呢吧啊呀么嘛哦噢不是有在就都也还个你我他她它这那得地着过会要把被给让和跟与很太真请来去上下好没"
)
_WORDS = re.compile(r"[a-z]+|[^a-z\s]+")
_NOT_WORDS = re.compile(r"[^\w]|_")
#: Amounts and numbers differ from customer to customer.
_DIGITS = re.compile(r"\d+|[零〇一二三四五六七八九十百千]{3,}")


def plain(text: str) -> str:
    """One spelling: half-width, lower case, no punctuation, one word for one thing."""
    text = unicodedata.normalize("NFKC", text).lower()
    for pattern, word in _SPELLINGS:
        text = pattern.sub(word, text)
    return " ".join(_NOT_WORDS.sub(" ", _DIGITS.sub(" ", text)).split())


def terms(text: str) -> frozenset[str]:
    """Single characters, pairs of neighbours and whole Latin words, without fillers and particles."""
    found: set[str] = set()
    for word in _WORDS.findall(_FILLERS.sub(" ", plain(text))):
        found |= {word} if word.isascii() else {*word, *map("".join, pairwise(word))}
    return frozenset(term for term in found if not _JOINING.issuperset(term))
