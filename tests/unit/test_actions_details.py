"""Details and afterthoughts: which words are about the matter in hand, and which are not."""

import pytest

from actions.afterthoughts import afterthought
from actions.checks import only_agrees
from actions.details import only_asks, tells_detail
from actions.follow_ups import About, follow_up
from actions.halls import hall_meant
from actions.places import is_no_name
from actions.safety_inspection import SafetyInspection
from actions.which_matter import which_matter
from tests.unit.actions_stage import COMPANY, Stage


@pytest.mark.parametrize(
    "text",
    [
        "10年前装的了", "用了七八年了", "房东装的 好多年了", "前年搬家的时候买的", "都十来年了", "去年刚换的",
        "热水器买了三年",
        "从阳台挪到厨房", "就是从厨房移到阳台上", "想把它挪到卫生间", "挪到外面去",
        "我在外地上班不方便", "人在外地回不去", "我在单位走不开", "平时都在外地打工",
    ],
)  # fmt: skip
def test_a_detail_names_no_matter(text: str) -> None:
    assert tells_detail(text)


@pytest.mark.parametrize(
    "text",
    [
        "管子从阳台改到厨房", "欠了三个月", "停了两个月", "三个月没交了", "用了十年的软管要换吗",
        "我想问一下过户", "3年",
        "在外地能缴费吗", "去年11月的气费", "表用了十年 怎么换",
    ],
)  # fmt: skip
def test_what_names_a_matter_is_more_than_a_detail(text: str) -> None:
    assert not tells_detail(text)


@pytest.mark.parametrize(
    ("text", "only"),
    [
        ("没有 我就问问", True), ("我就问问这个收费", True), ("只是了解一下", True), ("随便问问", True),
        ("我想问下收费", False), ("问一下", False), ("就问问过户要带什么", False), ("没有", False),
    ],
)  # fmt: skip
def test_who_only_asks(text: str, only: bool) -> None:
    assert only_asks(text) is only


@pytest.mark.parametrize(
    ("text", "no_name"),
    [
        ("我在外地上班不方便", True), ("没有 我就问问", True), ("家里老人不会弄", True), ("我先问问我老公", True),
        ("翠屏湾", False), ("我家在翠屏湾", False), ("就是高铁站对面那个新盘", False), ("碧桂园三号院", False),
        ("不夜城小区", False),
    ],
)  # fmt: skip
def test_a_remark_is_no_name(text: str, no_name: bool) -> None:
    assert is_no_name(text) is no_name


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("要交多少钱", About.MONEY), ("一共得掏多少钱", About.MONEY), ("那得几天能通", About.WHEN),
        ("要在哪交", About.WHERE),
        ("那钱怎么办", About.LOST), ("卡里的钱呢", About.LOST), ("我在外地上班不方便", About.AWAY),
        ("气费怎么办", None),
    ],
)  # fmt: skip
def test_what_a_question_that_names_nothing_asks(text: str, about: About | None) -> None:
    assert follow_up(text) is about


@pytest.mark.parametrize(
    ("text", "hall"),
    [
        ("城东那个", "安居燃气城东营业厅"), ("和顺东街的呢", "安居燃气城东营业厅"),
        ("中心的几点关门", "安居燃气中心营业厅"),
        ("城东那边停气了", None), ("那个", None), ("中心和城东", None), ("城东花园", None),
    ],
)  # fmt: skip
def test_a_few_words_choose_a_hall(text: str, hall: str | None) -> None:
    found = hall_meant(text, COMPANY.halls)
    assert (found.name if found else None) == hall


@pytest.mark.parametrize(
    ("text", "response"),
    [
        ("没穿工作服", "utter_inspector_not_ours"), ("他没有工作证", "utter_inspector_not_ours"),
        ("问他工号支支吾吾的", "utter_inspector_not_ours"), ("证件不给看", "utter_inspector_not_ours"),
        ("他让我换阀门 要200", "utter_inspector_not_ours"), ("非要让我买个报警器 三百八", "utter_inspector_not_ours"),
        ("他要收我两百", "utter_inspector_not_ours"), ("那我不开门了", "utter_inspector_well_done"),
        ("我没给钱 他走了", "utter_inspector_well_done"),
        ("我没开门", "utter_inspector_well_done"), ("没让他进来", "utter_inspector_well_done"),
        ("我已经给了他两百", "utter_inspector_harmed"), ("交了五十块", "utter_inspector_harmed"),
        ("我妈让他们进来了", "utter_inspector_harmed"), ("那我开了门怎么办", None), ("好的知道了", None),
    ],
)  # fmt: skip
def test_what_is_told_after_the_advice_on_a_stranger(text: str, response: str | None) -> None:
    assert afterthought(text, SafetyInspection.afterthoughts) == response


@pytest.mark.parametrize(
    ("text", "agrees"),
    [
        ("好", True), ("好的", True), ("行 我试试", True), ("好的我再试一下", True), ("我先去试试", True),
        ("好了", False), ("行了", False), ("嗯", False), ("能用了", False), ("没好", False), ("可以了", False),
    ],
)  # fmt: skip
def test_a_consent_to_try_tells_no_result(text: str, agrees: bool) -> None:
    assert only_agrees(text) is agrees


def doubt(text: str, *ranking: tuple[str, float], **more: object) -> tuple[str, ...]:
    told = {"text": text, "intent_ranking": [{"name": name, "confidence": sure} for name, sure in ranking], **more}
    found = which_matter(told)
    return found.buttons if found else ()


def test_two_matters_are_asked_about() -> None:
    two = (("nlu_fallback", 0.4), ("request_safety_inspection", 0.456), ("query_work_order", 0.326))
    assert doubt("查查我那张单子", *two) == ("安检", "查工单进度")
    assert doubt("查查我那张单子", *two, more=True) == ()
    assert doubt("投诉 没来抄就估了个数", ("make_complaint", 0.5), ("dispute_bill", 0.4)) == (), "he says which it is"
    assert doubt("单子", *two) == (), "too little said to choose from"
    assert doubt("3号楼2单元501", *two) == (), "an address is asked about otherwise"


@pytest.mark.parametrize(
    "ranking",
    [
        (("ask_gas_price", 0.62), ("ask_opening_fee", 0.3)),
        (("ask_gas_price", 0.45), ("ask_opening_fee", 0.15)),
        (("report_leak", 0.45), ("ask_leak_safety", 0.4)),
        (("greet", 0.45), ("ask_leak_safety", 0.4)),
        (("ask_gas_price", 0.45),),
        (),
    ],
)
def test_no_question_where_one_is_likely_or_there_are_no_two(ranking: tuple[tuple[str, float], ...]) -> None:
    assert doubt("电梯楼装气什么价", *ranking) == ()


async def test_the_question_is_put_once() -> None:
    stage = Stage()
    two = [{"name": "ask_gas_price", "confidence": 0.5}, {"name": "ask_opening_fee", "confidence": 0.45}]
    await stage.act("action_answer", "电梯楼装气什么价", "ask_gas_coupon", two)
    assert (stage.said, stage.buttons) == (["utter_which_matter"], ["气价", "报装费、预存"])
    await stage.act("action_default_fallback", "电梯楼装气什么价", "nlu_fallback", two)
    assert stage.said == ["utter_offer_person"], "who says it again gets a person offered"


async def test_what_waits_is_named_when_several_wishes_come_at_once() -> None:
    stage = Stage()
    stage.more = True
    await stage.begin("card_lost_form", "卡丢了", "report_ic_card_lost")
    assert stage.said == []
    stage.more = False
    await stage.begin("hose_form", "软管多久换一次", "ask_hose_replacement")
    assert (stage.said[-2], stage.facts["topics"]) == ("utter_comes_next", "补办IC卡")
