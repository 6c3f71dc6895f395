"""What speaks against writing labelled messages into the examples; and how they are written."""

import pytest

from bot.conversation.emergency_doubt import decide
from bot.conversation.emergency_screen import reports
from bot.training.change_set import Addition, EmergencyRules, Level, check, news
from bot.training.judged import Labelled
from bot.training.nlu_format import counted, with_examples, without_examples

RULES = EmergencyRules(reports, decide, frozenset({"report_leak", "report_fire", "report_co_poisoning"}))
KNOWN = [
    Labelled("f", "greet", "您好呀"),
    Labelled("f", "pay_bill", "手机上怎么交费"),
    Labelled("f", "report_leak", "墙角那边老有怪怪的动静"),
    Labelled("f", "ask_late_fee", "晚交几天罚多少"),
]


def add(intent: str, text: str, *guesses: tuple[str, float]) -> Addition:
    return Addition(f"id-{text}", intent, text, guesses)


def levels(*additions: Addition, known: list[Labelled] = KNOWN, tried: list[Labelled] = []) -> list[tuple[Level, str]]:  # noqa: B006
    return [(finding.level, finding.text) for finding in check(additions, known, tried, RULES)]


def test_a_sound_addition_has_no_findings() -> None:
    assert levels(add("pay_bill", "能用微信付燃气的钱吗")) == []


@pytest.mark.parametrize("text", ["我家漏气了", "厨房里有很浓的煤气味", "一进门就闻到很浓的煤气味"])
def test_poison_is_stopped_by_name(text: str) -> None:
    """An emergency labelled as something else (issue 6: leak examples labelled as greeting)."""
    assert levels(add("greet", text)) == [(Level.STOP, text)]
    assert levels(add("report_leak", text)) == []


@pytest.mark.parametrize("text", ["刚才表那边着火了", "屋里烧炭现在头晕恶心"])
def test_a_doubtful_report_is_stopped_where_the_live_model_sees_one_too(text: str) -> None:
    assert levels(add("greet", text, ("report_fire", 0.6), ("report_co_poisoning", 0.3))) == [(Level.STOP, text)]


def test_what_only_sounds_like_an_emergency_needs_a_reason() -> None:
    hearsay = add("out_of_scope", "群里说着火了，真的吗", ("out_of_scope", 0.7), ("report_fire", 0.2))
    assert levels(hearsay) == [(Level.REASON, hearsay.text)]
    quiet = add("greet", "灶台那边咕噜咕噜的", ("report_leak", 0.4), ("report_fire", 0.2))
    assert levels(quiet) == [(Level.REASON, quiet.text)]


def test_nearly_an_emergency_example_is_stopped() -> None:
    """The screen does not hear it; the examples know it."""
    assert levels(add("greet", "墙角那边老有怪怪的动静呢")) == [(Level.STOP, "墙角那边老有怪怪的动静呢")]


def test_contradictions() -> None:
    assert levels(add("ask_late_fee", "手机上怎么交费？")) == [(Level.STOP, "手机上怎么交费？")]
    assert levels(add("query_balance", "请问手机上怎么交费")) == [(Level.REASON, "请问手机上怎么交费")]
    one, other = add("pay_bill", "月底能扣款不能"), add("query_balance", "月底能扣款不能呀")
    assert levels(one, other) == [(Level.REASON, "月底能扣款不能")]


def test_test_sentences_are_kept_out() -> None:
    tried = [Labelled("blind", "pay_bill", "支付宝里点哪儿缴燃气")]
    assert levels(add("pay_bill", "支付宝里点哪儿缴燃气呢"), tried=tried) == [(Level.STOP, "支付宝里点哪儿缴燃气呢")]


def test_a_crowded_intent_is_noticed() -> None:
    crowd = [add("greet", f"{word}打个招呼哈") for word in ("东东", "西西", "南南", "北北")]
    assert levels(*crowd)[-1] == (Level.NOTICE, "")


def test_what_is_an_example_already_is_no_news_and_the_order_is_stable() -> None:
    additions = [
        add("pay_bill", "微信行吗"),
        add("greet", "哈喽呀"),
        add("greet", "您好呀！"),
        add("pay_bill", "刷卡行吗"),
    ]
    assert [one.text for one in news(additions, KNOWN)] == ["哈喽呀", "刷卡行吗", "微信行吗"]


# --- Rasa's format ---

FILE = """# Who pays.
version: "3.1"

nlu:
  - intent: pay_bill
    examples: |
      - 怎么交费
      - 交费

  - intent: greet
    examples: |
      - 您好
"""


def test_examples_are_added_at_the_end_of_their_block_and_nothing_else_changes() -> None:
    after = with_examples(FILE, {"pay_bill": ["能扫码吗", "交费"], "greet": ["哈喽"]})
    assert after == FILE.replace("      - 交费\n", "      - 交费\n      - 能扫码吗\n").replace(
        "您好\n", "您好\n      - 哈喽\n"
    )
    assert with_examples(after, {"pay_bill": ["能扫码吗"]}) == after, "again is harmless"
    assert without_examples(after, {"pay_bill": ["能扫码吗"], "greet": ["哈喽"]}) == FILE
    assert counted(after) == {"pay_bill": 3, "greet": 2}


def test_only_the_named_intents_example_is_removed() -> None:
    assert without_examples(FILE, {"greet": ["交费"]}) == FILE
