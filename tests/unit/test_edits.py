"""What speaks against a changed response or a proposed intent, and how a customer would see it."""

from typing import Any

import pytest

from bot.training.change_set import Level
from bot.training.edits import BadEdit, House, check_texts, names_in, shown
from bot.training.judged import Labelled
from bot.training.new_intents import check_intent, suggested_name

FACTS = {"hotline": "0000-8800200", "prepay": "200", "minutes": "9", "company": "安居燃气"}
HOUSE = House(FACTS, lambda text: ["“不知道”是服务忌语"] if "不知道" in text else [])


def found(before: str, after: str) -> list[tuple[Level, str]]:
    return [(one.level, one.words.partition("。")[0]) for one in check_texts([before], [after], HOUSE)]


def test_a_sound_change_has_no_findings() -> None:
    assert found("请拨打{hotline}。", "请您拨打{hotline}，我们马上处理。") == []


@pytest.mark.parametrize(
    ("before", "after", "level", "words"),
    [
        ("余额{balance}元", "余额您自己看", Level.STOP, "少了 {balance}"),
        ("请拨打{hotline}", "请到营业厅", Level.REASON, "少了 {hotline}"),
        ("好的", "好的{hotlnie}", Level.STOP, "没有 {hotlnie} 这个可以填入的内容，请检查拼写"),
        ("好的", "我不知道", Level.STOP, "“不知道”是服务忌语"),
        (
            "好的",
            "请预存200元",
            Level.NOTICE,
            "“200”是公司资料里的内容，建议写成 {prepay}，以后改公司资料时这里会跟着变",
        ),
        (
            "好的",
            "安居燃气为您服务",
            Level.NOTICE,
            "“安居燃气”是公司资料里的内容，建议写成 {company}，以后改公司资料时这里会跟着变",
        ),
    ],
)
def test_what_speaks_against_a_change(before: str, after: str, level: Level, words: str) -> None:
    assert found(before, after) == [(level, words)]


@pytest.mark.parametrize("after", ["共2009元", "3.200立方米", "请等9分钟"])
def test_other_numbers_are_left_alone(after: str) -> None:
    assert found("好的", after) == []


def test_what_stood_there_before_is_not_complained_of() -> None:
    assert found("预存200元", "预存200元就好") == []


def test_a_customer_sees_bubbles_with_the_companys_facts() -> None:
    assert shown("您好，{company}。\n\n余额{balance}元", FACTS) == ["您好，安居燃气。", "余额〔balance〕元"]


@pytest.mark.parametrize("text", ["{", "}", "{a!r}", "{a.b}", "{0}x{"])
def test_broken_braces_are_named(text: str) -> None:
    with pytest.raises(BadEdit, match="花括号"):
        shown(text, FACTS)


def test_names_in_braces() -> None:
    assert names_in("{a}和{b}") == {"a", "b"}


# --- new intents ---

GOOD: dict[str, Any] = {
    "label": "燃气本补办",
    "description": "燃气本丢了，问怎么补",
    "texts": ["请到营业厅补办。"],
    "examples": [f"燃气本第{number}种说法" for number in "一二三四五六七八九十甲乙丙丁戊己庚辛壬癸"],
}


def against(name: str = "ask_booklet", **changed: Any) -> list[str]:
    findings = check_intent(name, GOOD | changed, [Labelled("f", "ask_own", "自己的")])
    return [one.words for one in findings if one.level is Level.STOP]


def test_a_sound_proposal() -> None:
    assert check_intent("ask_booklet", GOOD, []) == []


@pytest.mark.parametrize("name", ["booklet", "ask_", "Ask_x", "ask_本子", "ask x", "ask_x__y", "ask_" + "x" * 60])
def test_names_follow_the_rules(name: str) -> None:
    (words,) = against(name)
    assert "不合规则" in words


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"label": "缴费方式"}, "已经有叫“缴费方式”的意图"),
        ({"label": "本"}, "2 到 12 个字"),
        ({"description": ""}, "一句话说明"),
        ({"texts": [" "]}, "助手的回答"),
        ({"examples": ["燃气本丢了"] * 9}, "至少要有 5 种不同的说法，现在有 1 种"),
        ({"examples": [*GOOD["examples"], "我叫王小明，本子丢了"]}, "个人信息"),
        ({"examples": [*GOOD["examples"], "长" * 121]}, "不能作为例句"),
    ],
)
def test_what_speaks_against_a_proposal(changed: dict[str, Any], words: str) -> None:
    (said,) = against(**changed)
    assert words in said


def test_existing_intents_are_not_proposed_again() -> None:
    assert any("已经有" in words for words in against("ask_gas_price"))
    assert any("已经有" in words for words in against("ask_own"))


def test_few_examples_are_only_told() -> None:
    (finding,) = check_intent("ask_booklet", GOOD | {"examples": GOOD["examples"][:6]}, [])
    assert finding.level is Level.NOTICE


@pytest.mark.parametrize(
    ("purpose", "label", "name"),
    [("ask", "燃气本补办", "ask_ranqibenbuban"), ("report", "IC卡 退款", "report_ic_ka_tuikuan")],
)
def test_a_name_nobody_has_to_think_of(purpose: str, label: str, name: str) -> None:
    assert suggested_name(purpose, label) == name
    assert against(name) == []
