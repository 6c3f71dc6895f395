"""A new intent as an administrator proposes it, who is no programmer: its name, its answer, its first examples."""

import re
from collections.abc import Sequence

from pypinyin import lazy_pinyin

from bot.domain import intents
from bot.training.anonymous import anonymous
from bot.training.change_set import Finding, Level
from bot.training.edits import Value
from bot.training.examples import LONGEST
from bot.training.judged import Labelled

#: Training refuses fewer (assistant/intent_training.py).
FEWEST_EXAMPLES = 5
#: From about here on an intent is told from the others more often than not.
ENOUGH_EXAMPLES = 20
#: What a customer does, as the names begin (ask_gas_price, report_no_gas …).
PURPOSES = {
    "ask": "打听、咨询",
    "report": "报告一件事",
    "request": "要求办理",
    "query": "查询自己的情况",
    "make": "表达意见",
}

_NAME = re.compile(rf"({'|'.join(PURPOSES)})_[a-z][a-z0-9]*(_[a-z0-9]+)*")


def suggested_name(purpose: str, label: str) -> str:
    """`ask` and 燃气本补办 make ask_ranqiben_buban: readable, and nobody has to know English."""
    words = re.findall(r"[一-鿿]+|[A-Za-z0-9]+", label)
    parts = ["".join(lazy_pinyin(word)).lower() for word in words]
    return "_".join([purpose, *parts])[:60].rstrip("_")


def check_intent(name: str, value: Value, known: Sequence[Labelled]) -> list[Finding]:
    """What speaks against the proposal, beside its texts and its examples' content."""
    found = []
    if not _NAME.fullmatch(name) or len(name) > 60:
        beginnings = "、".join(f"{each}_" for each in PURPOSES)
        found.append(f"编号“{name}”不合规则：以 {beginnings} 之一开头，只用小写字母、数字和下划线。")
    if name in intents.LABELS or name in {one.intent for one in known}:
        found.append(f"已经有“{intents.label(name)}”这个意图，请直接标注为它。")
    label = str(value["label"]).strip()
    if not 2 <= len(label) <= 12:
        found.append("名称请写 2 到 12 个字，例如“燃气本补办”。")
    if label in {*intents.LABELS.values(), *intents.own_labels().values()}:
        found.append(f"已经有叫“{label}”的意图，请直接标注为它，或换一个名称。")
    if len(str(value["description"]).strip()) < 4:
        found.append("请用一句话说明：用户在什么情况下会这样说。")
    if not all(str(text).strip() for text in value["texts"]):
        found.append("请写好助手的回答。")
    return [Finding(Level.STOP, "", words) for words in [*found, *_about_examples(value["examples"])]] + _few(value)


def _about_examples(examples: Sequence[str]) -> list[str]:
    found = []
    if len({*examples}) < FEWEST_EXAMPLES:
        found.append(f"至少要有 {FEWEST_EXAMPLES} 种不同的说法，现在有 {len({*examples})} 种。")
    for text in examples:
        if not 2 <= len(text) <= LONGEST or "\n" in text or "[" in text:
            found.append(f"“{text[:30]}”不能作为例句：要有 2 到 {LONGEST} 个字，不能有方括号。")
        elif anonymous(text) != text:
            found.append(f"“{text[:30]}”里有个人信息，请改成“{anonymous(text)[:40]}”。")
    return found


def _few(value: Value) -> list[Finding]:
    number = len(value["examples"])
    if FEWEST_EXAMPLES <= number < ENOUGH_EXAMPLES:
        words = f"只有 {number} 种说法，助手常会听不出来；有 {ENOUGH_EXAMPLES} 种以上才比较可靠，以后请继续补充。"
        return [Finding(Level.NOTICE, "", words)]
    return []
