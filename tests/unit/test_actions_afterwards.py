"""Right after an answer: what names nothing is about the last subject; some words are not what they seem."""

import pytest

from actions.authority import doubts_authority
from actions.follow_ups import About, tells
from actions.missing_payments import paid_but_not_shown
from tests.knowledge.shipped import knowledge_base
from tests.unit.actions_stage import Stage


async def _after_a_transfer() -> Stage:
    stage = Stage(knowledge=knowledge_base())
    await stage.begin("transfer_form", "二手房过户，本人办理", "transfer_ownership")
    assert stage.slots["subject"] == ["transfer_form", "办理过户"]
    stage.ends()
    return stage


@pytest.mark.parametrize(
    ("text", "intent", "said"),
    [
        ("那得几天", "nlu_fallback", "utter_transfer_where"),
        ("要多少钱", "ask_opening_fee", "utter_transfer_cost"),
        ("在哪办", "ask_service_hours", "utter_transfer_where"),
        ("要带什么", "open_account", "utter_transfer_bring"),
    ],
)
async def test_a_question_that_names_nothing_is_about_the_last_subject(text: str, intent: str, said: str) -> None:
    stage = await _after_a_transfer()
    await stage.act("action_default_fallback" if intent == "nlu_fallback" else "action_answer", text, intent)
    assert stage.said == [said]
    await stage.begin("opening_fee_form", text, intent)
    assert stage.said == [said]
    assert stage.form is None, "the dialogue for which it was taken has not begun"


async def test_without_a_subject_the_model_is_believed() -> None:
    stage = Stage()
    await stage.begin("opening_fee_form", "要多少钱", "ask_opening_fee")
    assert stage.form == "opening_fee_form"


async def test_what_names_another_subject_is_left_to_the_model() -> None:
    stage = await _after_a_transfer()
    await stage.begin("opening_fee_form", "报装费多少钱", "ask_opening_fee")
    assert stage.form == "opening_fee_form"


async def test_what_nobody_knows_of_the_subject_is_said() -> None:
    stage = Stage(knowledge=knowledge_base())
    await stage.begin("invoice_form", "个人发票怎么开", "ask_invoice")
    stage.ends()
    await stage.act("action_default_fallback", "那得几天", "nlu_fallback")
    assert stage.said == ["utter_follow_up_unknown"]
    assert stage.buttons == ["转人工客服"]


async def test_an_article_is_a_subject_too() -> None:
    stage = Stage(knowledge=knowledge_base())
    await stage.act("action_default_fallback", "怎么销户", "nlu_fallback")
    await stage.act("action_answer", "在哪办", "ask_service_hours")
    assert stage.said == ["utter_article"]
    assert "销户到营业厅办" in stage.facts["article"]


def test_an_article_must_speak_of_what_is_asked() -> None:
    assert tells(About.MONEY, "收费380元")
    assert not tells(About.MONEY, "请带户号和缴费凭证到营业厅开具")
    assert tells(About.WHEN, "3个工作日内")
    assert tells(About.PAPERS, "")


async def test_what_was_not_understood_is_not_held_against_the_customer() -> None:
    stage = await _after_a_transfer()
    await stage.act("action_deny", "没看懂", "deny")
    assert stage.said == ["utter_meaning_afterwards"]
    assert stage.slots["offer"] == "person"


@pytest.mark.parametrize("text", ["谁批准的", "谁让你们进我家的", "谁规定要收这个钱的", "收这个钱有什么依据"])
def test_a_doubt_about_a_charge_or_a_visit(text: str) -> None:
    assert doubts_authority(text)


@pytest.mark.parametrize("text", ["叫你们领导来", "哪个领导批准的，让他出来", "谁来我家修", "让你们经理接电话"])
def test_who_wants_the_boss_gets_him(text: str) -> None:
    assert not doubts_authority(text)


async def test_a_doubt_is_no_wish_for_the_boss() -> None:
    stage = Stage()
    await stage.act("action_request_leader", "谁批准的", "request_leader")
    assert stage.said == ["utter_who_decides"]
    await stage.act("action_request_leader", "叫你们领导来", "request_leader")
    assert stage.said == ["utter_request_leader"]


async def test_a_doubt_in_a_dialogue_leaves_its_question_open() -> None:
    stage = Stage()
    await stage.begin("heater_form", "改装热水器", "ask_water_heater_conversion")
    asked = stage.slots["requested_slot"]
    await stage.answer("谁规定要你们改的", "request_leader", 0.9)
    assert stage.said == ["utter_who_decides", f"utter_question_{asked}"]
    assert not stage.slots.get("failures")


@pytest.mark.parametrize(
    "text",
    [
        "我余额不对吧 昨天才充的",
        "昨天刚充的200怎么余额没变",
        "充了钱没到账",
        "我交了300怎么还是欠费",
        "昨天微信交的100块钱咋没有",
        "刚缴的费 查不到",
    ],
)
def test_a_payment_that_does_not_show(text: str) -> None:
    assert paid_but_not_shown(text)


@pytest.mark.parametrize(
    "text", ["余额是多少", "怎么交费", "没交费会停气吗", "我交了钱怎么还没来装", "这个月气费怎么这么高", "还没交怎么办"]
)
def test_other_words_about_money(text: str) -> None:
    assert not paid_but_not_shown(text)


@pytest.mark.parametrize("form", ["pay_form", "late_fee_form", "dispute_form"])
async def test_it_is_looked_up_whatever_it_is_taken_for(form: str) -> None:
    stage = Stage()
    intent = {"pay_form": "pay_bill", "late_fee_form": "ask_late_fee", "dispute_form": "dispute_bill"}[form]
    events = await stage.begin(form, "昨天刚充的钱没到账", intent)
    assert events[-1]["name"] == "balance_form"
    await stage.run_again("validate_balance_form")
    assert stage.said == ["utter_balance_credit", "utter_question_balance_account"]
    stage.form = "balance_form"
    await stage.answer("10020002")
    await stage.answer("5678")
    assert stage.said[0] == "utter_balance"
    assert stage.said[-1] == "utter_balance_doubted"
    assert stage.slots["offer"] == "person"
    assert stage.slots["payment_missed"] is None


async def test_the_dialogue_that_was_going_on_is_come_back_to() -> None:
    stage = Stage()
    await stage.begin("startup_form", "我要点火开通", "ask_startup_requirements")
    await stage.begin("pay_form", "我交的200没到账", "pay_bill")
    assert stage.slots["paused_forms"] == ["startup_form"]


async def test_on_a_card_meter_the_card_has_to_be_inserted() -> None:
    stage = Stage()
    await stage.begin("balance_form", "充的钱没到账，户号10020006，阳光花园一期2号楼1单元301", "query_balance")
    assert "utter_balance_credit_card" in stage.said
