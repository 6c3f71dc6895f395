"""What customers write that the shipped model does not understand: three matters in words that no example has."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Matter:
    intent: str
    #: The same in words that the shipped model knows.
    plain: str
    #: What customers write, and an administrator labels.
    messages: tuple[str, ...]
    #: The same in other words: what shall be understood afterwards, though nobody taught it.
    paraphrases: tuple[str, ...]


COUPONS = Matter(
    "ask_gas_coupon",
    "燃气票怎么用",
    (
        "翻出来一本气折子", "气折子作数不作数", "一本气折子顶多少", "供气折子还剩三格", "折子上那几格能变成钱不",
        "折子没盖章的还算数吗", "奶奶留了个气折子", "单位给的气折子咋使", "气折子最晚用到哪天",
        "用气折子要本人去吗", "气折子只剩半本了", "气折子跨年了算不算", "气折子放了好多年",
        "家里两本气折子能一块儿使吗",
    ),
    ("老人留下两本气折子", "抽屉里找着一本老气折子", "气折子上剩了六格"),
)  # fmt: skip
HALLS = Matter(
    "ask_service_hours",
    "营业厅几点下班",
    (
        "你们那柜面晌午歇不歇", "铺面几点开张", "门市腊月廿八还开张不", "铺面午间关不关", "铺面开到啥时辰",
        "铺面今儿开张了没", "离我近的铺面是哪家", "下雪天铺面照常开张不", "铺面有几家", "铺面啥辰光开张",
        "端午铺面开不开张", "你家铺面中午开张吗", "铺面清早啥时候开张", "铺面正月里哪天开张", "铺面晌午有人看着没",
    ),
    ("铺面明天开张吗", "铺面过年开不开张", "铺面几时开张"),
)  # fmt: skip
TRANSFER = Matter(
    "transfer_ownership",
    "我要过户",
    (
        "名头怎么翻", "翻名头带啥", "翻个名头要多久", "我爸不在了名头翻给我", "名头翻一下多少钱",
        "翻名头老户不露面行不", "亲戚名头翻给我", "翻名头能网上翻不", "名头没翻有啥影响", "名头翻错了",
        "翻名头赶得及过年前不",
    ),
    ("我想翻个名头", "帮我翻名头", "翻名头要多少天"),
)  # fmt: skip

MATTERS: Sequence[Matter] = (COUPONS, HALLS, TRANSFER)
INTENT_OF = {text: matter.intent for matter in MATTERS for text in matter.messages}
PARAPHRASES = tuple(text for matter in MATTERS for text in matter.paraphrases)
