"""Forbidden expressions are found in every disguise, and ordinary sentences are left alone."""

from collections.abc import Iterator
from typing import Any

import pytest

from actions.facts import company_facts
from bot.adapters.company_file import load_company
from bot.adapters.knowledge_files import load_knowledge
from bot.adapters.wording_file import load_wording
from bot.domain.drafts import Concern
from bot.quality.phrases import PhraseRules
from bot.settings import ROOT

COMPANY = load_company(ROOT / "company.yml", {})
WORDING = load_wording(ROOT / "wording.yml")
RULES = PhraseRules((rule, COMPANY.fill(rule.better)) for rule in WORDING.forbidden)

#: The 30 numbered expressions of S2 热线服务禁用语, as they stand there.
NUMBERED = """喂,说吧
什么?听不清,重讲
你有没有搞错啊……
你问的什么问题你不知道啊
你问我,我怎么知道!
又不是我处理的,你跟我喊什么!
你去告啊!爱上哪儿告都行!
我态度怎么了,我态度挺好的!
你喊什么,小声点不行!
你着什么急啊,催什么催!
我怎么横了,我什么时候横了!
是我说的吗!谁跟你说的你找谁去!不用对我们发火!
你说清楚点行吗?
你说明白点行吗?
你怎么不早说啊!
你先听我说行吗?
不知道,不清楚。你问XXX吧,跟我们没关系。
你想好了吗?到底(究竟)……
喂……讲啊,听见了吗?
你不会好好说吗?
我都说几遍了,你怎么还不明白!
刚才不是跟你说了吗!怎么又问!
我没错,你愿意找哪儿就找吧!
你说那么快干什么!
你说那么慢干什么!
烦人、神经病、讨厌……
听不到,大声点!
不知道现在是休息时间啊!有事一会儿再说!
快点讲,你到底要干什么?
听不懂,换个人说吧!会说普通话吗?
你打错了!
等会儿!""".splitlines()

#: S0 通话要求 5 and 7, S1 营业窗口 4 and 5.
OTHERS = [
    "不知道",
    "不清楚",
    "你听我说",
    "刚才不是告诉你了嘛",
    "唉呀",
    "怎么回事？听不见呢?",
    "怎么回事？电脑卡住了？怎么这么慢呢?",
    "还不明白？",
    "就是这样",
    "你自己搞清楚",
    "我不清楚，你问别人去",
    "这是别的部门事",
    "你问领导去",
    "不行",
    "不可以",
]

DISGUISED = [
    "不 知 道",
    "不，知，道",
    "不。知。道",
    "不-知*道",
    "不\u200b知道",
    "不知到",
    "布知道",
    "bu zhi dao",
    "BuZhiDao",
    "不清處",
    "您听我说",
    "你 先 听 我 说",
    "刚才不是告诉您了吗",
    "您到底要办什么",
    "不\u3000行！",
    "不行啊",
    "好的 不行",
    "好，不可以的。",
    "爱上那告都行",
]

ORDINARY = [
    "知道了",
    "好的，我知道了，马上为您处理。",
    "不知道您方便吗？",
    "不知道您现在方便接电话吗？",
    "您知不知道家里的户号？",
    "您不知道户号也没关系，告诉我地址就可以。",
    "如果不知道户号，请告诉我地址。",
    "照片看不清楚，麻烦您重新拍一张，谢谢。",
    "如有不清楚的地方，请随时联系我们。",
    "如果错误代码不清除，请您重新插卡。",
    "如果还不行，请您再联系我们。",
    "这样不行的话，我安排师傅上门。",
    "您看这样行不行？",
    "请问可不可以留一下您的电话？",
    "燃气表旁边不可以放易燃物品。",
    "不可以自行改装燃气管道。",
    "您步行十分钟就到营业厅。",
    "我马上为您查一下是怎么回事。",
    "麻烦人工核对后再回复您。",
    "麻烦您稍等，维修人员马上联系您。",
    "请您去告诉物业打开地下室的门。",
    "您到底商的营业厅办理也可以。",
    "请您稍等。",
    "请您稍等一会儿。",
    "很抱歉让您等了一会儿。",
    "很抱歉让您重复说了好几遍。",
    "我没错过您的留言。",
    "如果还不明白，我再为您说明一遍。",
    "抱歉，打错了，应该是200元。",
    "请问是谁跟您说的？",
    "请您把铃声调大声点。",
    "您可以等会儿再试一次。",
    "好的，您说。",
    "喂养宠物的地方请远离燃气表。",
    "听不懂方言时请您打字，谢谢。",
]


@pytest.mark.parametrize("draft", [*NUMBERED, *OTHERS, *DISGUISED])
def test_forbidden_expressions_are_found(draft: str) -> None:
    found = RULES.find(draft)
    assert found, draft
    for each in found:
        assert each.concern is Concern.FORBIDDEN_PHRASE
        assert draft[each.start : each.end] == each.found
        assert each.better
        assert "{" not in each.better


@pytest.mark.parametrize("draft", ORDINARY)
def test_ordinary_sentences_are_left_alone(draft: str) -> None:
    assert RULES.find(draft) == []


def test_every_piece_is_named_once_with_its_place() -> None:
    found = RULES.find("您好，这个我不知道，你问领导去。")
    assert [each.found for each in found] == ["不知道", "你问领导去"]
    assert "第5、16条" in found[0].why
    assert found[0].better == "这个问题我需要核实一下，请您稍等。"


def test_of_overlapping_expressions_the_longest_is_named() -> None:
    (found,) = RULES.find("你是怎么回事")
    assert found.found == "你是怎么回事"


def test_a_sentence_end_divides_words_and_a_comma_does_not() -> None:
    assert RULES.find("表走不走不？知道了") == []
    assert RULES.find("不，知道")


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _texts(inner)


SCRIPTS = [*_texts(COMPANY.scripts.model_dump()), *_texts(COMPANY.queue_scripts.model_dump())]
ARTICLES = load_knowledge(ROOT / "data" / "knowledge", company_facts(COMPANY))


@pytest.mark.parametrize("text", [*SCRIPTS, *_texts(COMPANY.emergency_scripts.model_dump())])
def test_no_standard_script_is_stopped(text: str) -> None:
    assert RULES.find(text) == []


def test_no_better_wording_and_no_canned_reply_is_stopped() -> None:
    texts = [rule.better for rule in WORDING.forbidden] + [reply.text for reply in WORDING.canned_replies]
    assert [found for text in texts for found in RULES.find(text)] == []


def test_no_article_of_the_knowledge_base_is_stopped() -> None:
    """Agents put these answers into their replies."""
    assert [found.found for article in ARTICLES for found in RULES.find(article.answer)] == []


def test_every_numbered_expression_names_its_own_rule() -> None:
    sources = "；".join(rule.source for rule in WORDING.forbidden)
    for number in range(1, 31):
        assert any(str(number) in part.strip("第条").split("、") for part in _numbers(sources)), number


def _numbers(sources: str) -> list[str]:
    return [part.partition("禁用语")[2] for part in sources.split("；") if "禁用语" in part]
