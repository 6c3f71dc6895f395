"""What the emergency screen reads: a message without spelling tricks, and where its clauses end.

People in a hurry write "漏 气", "煤。气。漏。了", "煤氣洩漏" or let the telephone listen ("没气泄漏"). All
separators are taken out, so that a word is found however it is cut up; where they stood is kept, so that a
negation in one clause does not reach into the next.
"""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

#: Traditional characters that occur in reports, each followed by its simplified form.
_TRADITIONAL = (
    "氣气洩泄滲渗煙烟燒烧爛烂燈灯爐炉廚厨樓楼鄰邻間间層层邊边牆墙櫃柜門门開开關关閉闭閥阀閘闸鎖锁擰拧鬆松脫脱壞坏"
    "斷断噴喷衝冲軟软膠胶黃黄鐵铁鋼钢銅铜銹锈鏽锈鍋锅蓋盖聞闻體体嗆呛雞鸡濃浓異异難难聲声響响報报鳴鸣閃闪熱热裡里"
    "裏里點点頭头暈晕腦脑殼壳嘔呕噁恶藥药傷伤險险災灾滅灭嚇吓無无沒没還还現现剛刚過过後后從从來来應应該该會会覺觉"
    "對对錯错檢检測测試试問问題题壓压電电話话線线費费單单賬账帳账繳缴車车輪轮馬马橋桥溝沟園园廣广場场區区戶户號号"
    "員员師师維维養养隊队換换機机幫帮請请說说講讲聽听買买賣卖媽妈爺爷兒儿誰谁們们個个這这樣样麼么嗎吗發发處处圍围"
    "嚴严緊紧總总溫温風风貓猫掛挂爾尔嚟来咗了冇没喺在嗰那啲些咁这佢他係是啱刚"
)
_SIMPLIFY = dict(zip(map(ord, _TRADITIONAL[::2]), _TRADITIONAL[1::2], strict=True)) | {ord("🆘"): "救命"}

#: Scripts in which nobody here reports a leak; some of their signs unfold to eighteen characters.
_OTHER_SCRIPTS = re.compile("[^\u0000-\u024f\u2000-\u9fff\uf900-\ufaff\uff00-\uffef🆘]")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff]")
_RUN = re.compile(r"([^\W_]+)|([\W_]+)")
#: Ends a clause, unless it only stands between the characters of one word.
CLAUSE_MARK = re.compile("[，,。.！!？?；;：:、\n\r…]")

#: "l o u q i".
_SPELT_OUT = re.compile(r"(?<![^\W_])(?:[a-z] ){3,}[a-z](?![a-z])")

#: One-character clauses that are an answer, not a torn-off piece of a word.
_ANSWERS = frozenset("没不无有嗯对是好喂啊哎唉哦急")

#: Typing errors and homophones of telephones and input methods. Same length, so that places stay valid.
_SPELLINGS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), right)
    for pattern, right in (
        ("煤[汽器七起]|[媒梅][气汽]", "煤气"),
        # "没气泄漏", "一股没气味": dictation heard 煤气. A bare "没气" means there is no gas.
        ("没气(?=泄|漏|泻)|(?<=[有股阵闻到的])没气(?=味)|没气(?=味[道儿]?[好很太]?[大浓重])", "煤气"),
        ("天燃[气汽]|天然[汽器]|田然气", "天然气"),
        ("燃汽|(?<!天)然气", "燃气"),
        ("[露陋娄搂][气汽]|漏[汽器七]", "漏气"),
        # "二楼气小" is a storey; "家里楼气了" is a leak.
        ("(?<![0-9一二三四五六七八九十两几栋幢座上下这那])楼[气汽](?=了|啦|$)|(?<=厨房)楼[气汽]", "漏气"),
        ("(?<=[煤燃然化]气)露(?=了|啦|得|出|$)", "漏"),
        ("泄[露楼陋路录]|泻[漏露]|[谢歇]漏|歇露", "泄漏"),
        ("(?<=[跑冒])汽(?![车油水泡])", "气"),
        # "露起了" is 漏起了 in Sichuan.
        ("露(?=起(?:了|$))", "漏"),
        # 起伙 is also to cook for many: a canteen starts or stops it.
        ("着伙(?=了|啦|呀|$)", "着火"),
        ("(?<![不一再又堂位己司校要想能始])起伙(?=了|啦|呀|$)", "起火"),
    )
)


@dataclass(frozen=True)
class Message:
    #: Simplified, lower case, without separators (a blank stays between Latin words).
    text: str
    #: Places in `text` where a clause ends, ascending; the first is 0 and the last is the length.
    cuts: tuple[int, ...]

    def clauses(self) -> Iterator[tuple[int, int]]:
        return pairwise(self.cuts)

    def clause_around(self, start: int, end: int) -> tuple[int, int]:
        """Where the clause or clauses that hold start..end begin and end."""
        return self.cuts[bisect_right(self.cuts, start) - 1], self.cuts[bisect_left(self.cuts, end)]

    def clause_before(self, start: int) -> tuple[int, int]:
        """The clause that ends where the one at `start` begins; empty when there is none."""
        here = bisect_right(self.cuts, start) - 1
        return self.cuts[max(here - 1, 0)], self.cuts[here]

    def clause_after(self, end: int) -> tuple[int, int]:
        """The clause that begins where the one that ends at `end` stops; empty when there is none."""
        here = bisect_left(self.cuts, end)
        return self.cuts[here], self.cuts[min(here + 1, len(self.cuts) - 1)]


def read(raw: str) -> Message:
    """Normalise a message. Never raises, whatever the text."""
    plain = _OTHER_SCRIPTS.sub(" ", _INVISIBLE.sub("", raw))
    folded = unicodedata.normalize("NFKC", plain).lower().translate(_SIMPLIFY)
    folded = _SPELT_OUT.sub(lambda letters: letters[0].replace(" ", ""), folded)
    text, cuts, length, left, separator = [], [0], 0, "", ""
    for run, gap in _RUN.findall(folded):
        if gap:
            separator = gap
            continue
        if left:
            if _parts(left, separator, run):
                cuts.append(length)
            elif left[-1].isascii() and run[0].isascii():
                text.append(" ")
                length += 1
        text.append(run)
        length += len(run)
        left = run
    if length > cuts[-1] or length == 0:
        cuts.append(length)
    return Message(_respell("".join(text)), tuple(cuts))


def _parts(left: str, separator: str, right: str) -> bool:
    """Whether a separator ends a clause, or only stands between the characters of a word."""
    shorter = min(left, right, key=len)
    if CLAUSE_MARK.search(separator):
        return len(shorter) >= 2 or shorter in _ANSWERS or (shorter.isascii() and shorter.isalpha())
    # Blanks and symbols: many people use them as commas, but also between the characters of a word.
    return len(shorter) >= 3 and not (left[-1].isascii() and right[0].isascii())


def _respell(text: str) -> str:
    for pattern, right in _SPELLINGS:
        text = pattern.sub(right, text)
    return text
