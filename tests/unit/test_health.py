"""What is wrong with all the examples taken together."""

from bot.training.health import examine, health_lines
from bot.training.judged import Labelled


def some(intent: str, number: int) -> list[Labelled]:
    words = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥天地玄黄宇宙洪荒"
    return [Labelled("f", intent, f"{intent}{words[place]}{words[-place]}{place}") for place in range(number)]


KNOWN = [
    *some("greet", 4), *some("thank", 4), *some("goodbye", 25), *some("deny", 1),
    Labelled("f", "pay_bill", "手机上怎么交费"), Labelled("f", "query_balance", "手机上怎么交费呀"),
    Labelled("f", "pay_bill", "支付宝里点哪儿缴燃气"), Labelled("f", "pay_bill", "微信里在哪儿缴"),
    *some("query_balance", 3),
]  # fmt: skip
TRIED = [
    Labelled("blind open", "pay_bill", "支付宝里点哪儿缴燃气呢"),
    Labelled("blind sealed", "pay_bill", "微信里在哪儿缴！"),
]


def test_doubles_imbalance_and_leaks_are_found_and_sealed_sentences_not_quoted() -> None:
    found = examine(KNOWN, TRIED, {"blind sealed"})
    (double,) = found.doubles
    assert (double.one.text, double.other.text, double.same) == ("手机上怎么交费", "手机上怎么交费呀", False)
    assert found.crowded == (("goodbye", 25),)
    assert found.scarce == (("deny", 1),)
    assert [(leak.example.text, leak.name, leak.sentence) for leak in found.leaks] == [
        ("支付宝里点哪儿缴燃气", "blind open", "支付宝里点哪儿缴燃气呢"),
    ]
    assert found.unquoted_leaks == 1
    told = "\n".join(health_lines(found))
    assert "几乎相同：“手机上怎么交费”（缴费方式）和“手机上怎么交费呀”（查余额、欠费）" in told
    assert "微信里在哪儿缴" not in told
    assert "另有 1 处" in told


def test_sound_examples_have_nothing_to_tell() -> None:
    found = examine(some("greet", 4), [], set())
    assert health_lines(found) == ["共 4 条例句，一般的意图约 4 条。"]
