"""Consultations on money and accounts: buttons, answers in any order, what is told to whom, what is filed."""

import pytest

from actions.capability import Office
from actions.choices import chosen
from actions.consultation import Consultation, has_enough
from actions.proofs import Proof
from actions.server import CAPABILITIES
from actions.testing import MemoryCasework, sample_records
from actions.turns import Heard
from bot.domain.company import Payments, PaymentWay
from bot.testing import ManualClock
from tests.unit.actions_stage import COMPANY, DOMAIN, Stage

OFFICE = Office(
    back_office=sample_records(), casework=MemoryCasework(ManualClock()), company=COMPANY, clock=ManualClock()
)
CONSULTATIONS = [each(OFFICE) for each in CAPABILITIES if issubclass(each, Consultation)]
BUTTONS = [
    pytest.param(dialogue, question, button["payload"], id=f"{question}: {button['payload']}")
    for dialogue in CONSULTATIONS
    for question in dialogue.questions
    for text in DOMAIN["responses"][f"utter_question_{question}"]
    for button in text.get("buttons", [])
]


def filed(stage: Stage) -> list[str]:
    return [f"{each.type}/{each.handling}/{each.state} {each.summary}" for each in stage.casework.orders]


@pytest.mark.parametrize(("dialogue", "question", "payload"), BUTTONS)
async def test_every_button_answers_its_question(dialogue: Consultation, question: str, payload: str) -> None:
    """A choice, something to read, enough of it, or (the balance) a dialogue of its own."""
    chooses = chosen(payload, dialogue.answers().get(question, {})) is not None
    reads = question in await dialogue.read(question, payload, {})
    ends = has_enough(Heard(payload, "nlu_fallback"))
    assert chooses + reads + ends == 1 or payload == "查询余额"


@pytest.mark.parametrize("way", COMPANY.payments.ways, ids=lambda way: way.name)
async def test_every_way_to_pay_can_be_chosen_by_its_button(way: PaymentWay) -> None:
    stage = Stage()
    await stage.begin("pay_form", "怎么缴费", "pay_bill")
    assert way.name in stage.buttons
    await stage.answer(way.name)
    assert stage.facts["how"] == way.how
    assert filed(stage) == ["咨询/电话处理/已完成 咨询：缴费方式"]


def test_names_of_ways_are_not_hidden_by_the_words_of_others() -> None:
    for way in Payments().ways:
        assert not [other.name for other in Payments().ways if other is not way and way.name in other.name]


@pytest.mark.parametrize(
    ("text", "intent", "enough"),
    [
        ("知道了，谢谢", "thank", True),
        ("不用算，谢谢", "nlu_fallback", True),
        ("好的", "affirm", True),
        ("行", "affirm", True),
        ("谢谢你，不过我家欠的不止这些，你再帮我看看", "nlu_fallback", False),
        ("50方", "nlu_fallback", False),
    ],
)
def test_when_the_customer_has_enough(text: str, intent: str, enough: bool) -> None:
    assert has_enough(Heard(text, intent)) is enough


async def test_a_person_that_was_offered_is_not_declined_by_a_yes() -> None:
    stage = Stage()
    await stage.begin("price_form", "气价", "ask_gas_price")
    await stage.answer("嘛嘛嘛")
    await stage.answer("嘛嘛嘛")
    assert stage.slots["offer"] == "person"
    assert await stage.answer("好的", "affirm") == []


async def test_arrears_are_told_only_to_who_has_shown_the_account_is_theirs() -> None:
    stage = Stage()
    stage.slots |= {"account_number": "10020005", "account_proof": Proof.NUMBER}
    await stage.begin("late_fee_form", "滞纳金多少", "ask_late_fee")
    assert stage.said == ["utter_late_fee_rule", "utter_question_late_fee_arrears"]
    assert "arrears" not in stage.facts


async def test_the_late_fee_of_a_proven_account_is_told_at_once() -> None:
    stage = Stage()
    stage.slots |= {"account_number": "10020005", "account_proof": Proof.BOTH}
    await stage.begin("late_fee_form", "滞纳金多少", "ask_late_fee")
    assert stage.said == ["utter_late_fee_month", "utter_anything_else"]
    assert (stage.facts["arrears"], stage.facts["days"], stage.facts["late_fee"]) == ("12.50", "46", "1.5")


async def test_a_refused_account_is_not_used() -> None:
    stage = Stage()
    stage.slots |= {"account_number": "10020006", "account_proof": Proof.REFUSED}
    await stage.begin("pay_form", "怎么缴费", "pay_bill")
    assert stage.said == ["utter_pay_ways", "utter_question_pay_way"]


async def test_what_is_asked_at_once_is_filed_with_its_outcome() -> None:
    stage = Stage()
    await stage.begin("opening_fee_form", "饭店厨房62.5千瓦开户费多少", "ask_opening_fee")
    assert filed(stage) == ["咨询/电话处理/已完成 咨询：报装费、预存（营业厨房62.5千瓦，17500元）"]


@pytest.mark.parametrize(
    ("text", "intent", "form", "asked"),
    [
        ("天然气多少钱一方", "ask_gas_price", "price_form", None),
        ("居民用气多少钱一方", "ask_gas_price", "price_form", None),
        ("50方多少钱", "ask_gas_price", "price_form", "price_used"),
        ("滞纳金怎么算", "ask_late_fee", "late_fee_form", None),
        ("怎么缴费", "pay_bill", "pay_form", None),
        ("开户要什么证件", "open_account", "open_account_form", "open_case"),
    ],
)
async def test_in_the_middle_of_another_dialogue_only_the_answer_is_given(
    text: str, intent: str, form: str, asked: str | None
) -> None:
    stage = Stage()
    await stage.begin("reading_form", "我要报数，户号10020001", "report_meter_reading")
    events = await stage.begin(form, text, intent)
    assert stage.slots["requested_slot"] == asked
    back = any(each["event"] == "followup" and each["name"] == "reading_form" for each in events)
    assert back is (asked is None)


async def test_a_consultation_that_was_left_begins_anew() -> None:
    stage = Stage()
    await stage.begin("price_form", "气价", "ask_gas_price")
    await stage.answer("50方")
    await stage.answer("重新来")
    assert stage.said == ["utter_afresh", "utter_price_list", "utter_question_price_volume"]
    assert stage.slots["price_volume"] is None


@pytest.mark.parametrize(
    ("form", "intent", "text", "said"),
    [
        ("price_form", "ask_gas_price", "50方多少钱", ["utter_question_price_use"]),
        (
            "late_fee_form",
            "ask_late_fee",
            "居民的滞纳金怎么算",
            ["utter_late_fee_rule", "utter_question_late_fee_arrears"],
        ),
        ("late_fee_form", "ask_late_fee", "欠86块，滞纳金多少", ["utter_question_late_fee_class"]),
    ],
)
async def test_the_rule_is_left_out_for_who_states_a_case(form: str, intent: str, text: str, said: list[str]) -> None:
    stage = Stage()
    await stage.begin(form, text, intent)
    assert stage.said == said


async def test_a_no_declines_the_offer_to_calculate_only() -> None:
    stage = Stage()
    await stage.begin("price_form", "气价", "ask_gas_price")
    await stage.answer("不用了", "deny")
    assert stage.said == ["utter_anything_else"]
    stage.form = None
    await stage.begin("transfer_form", "过户", "transfer_ownership")
    await stage.answer("没有", "deny")
    assert stage.slots["requested_slot"] == "transfer_case"


async def test_who_asks_for_a_day_gets_no_month(stage_at_since: Stage) -> None:
    await stage_at_since.answer("好多年了")
    assert stage_at_since.said == ["utter_please_answer", "utter_question_late_fee_since"]
    await stage_at_since.answer("99999天")
    assert stage_at_since.said == ["utter_offer_person"]


@pytest.fixture
async def stage_at_since() -> Stage:
    stage = Stage()
    await stage.begin("late_fee_form", "居民欠费100元滞纳金多少", "ask_late_fee")
    assert stage.slots["requested_slot"] == "late_fee_since"
    return stage


@pytest.mark.parametrize("text", ["0元", "一亿元", "随便"])
async def test_amounts_that_make_no_sense_are_asked_again(text: str) -> None:
    stage = Stage()
    await stage.begin("late_fee_form", "居民滞纳金", "ask_late_fee")
    await stage.answer(text)
    assert stage.slots["requested_slot"] == "late_fee_arrears"


async def test_a_proven_account_brings_its_use_of_the_year() -> None:
    stage = Stage()
    stage.slots |= {"account_number": "10020002", "account_proof": Proof.BOTH}
    await stage.begin("price_form", "50方多少钱", "ask_gas_price")
    assert stage.facts["fee"] == "133"


@pytest.mark.parametrize(
    ("text", "volume", "used"),
    [
        ("居民今年用了300方，再用100方多少钱", "100", "300"),
        ("居民用气50方多少钱", "50", None),
        ("家里这个月用了五十方，要多少钱", "50", None),
        ("天然气多少钱一方", None, None),
    ],
)
async def test_volumes_in_a_question(text: str, volume: str | None, used: str | None) -> None:
    stage = Stage()
    await stage.begin("price_form", text, "ask_gas_price")
    if used:
        assert (stage.facts["volume"], stage.facts["used"]) == (volume, used)
    else:
        assert stage.slots.get("price_volume") == volume


@pytest.mark.parametrize(
    ("text", "response", "fee"),
    [
        ("那我家一年用了600方要多少钱", "utter_price_from_zero", "1723.20"),
        ("我家全年400方多少钱", "utter_price_from_zero", "1085.20"),
        ("居民今年一共用了100方 要交多少", "utter_price_from_zero", "266"),
    ],
)
async def test_a_whole_year_begins_from_zero(text: str, response: str, fee: str) -> None:
    stage = Stage()
    await stage.begin("price_form", text, "ask_gas_price")
    assert (stage.said[0], stage.facts["fee"]) == (response, fee)


@pytest.mark.parametrize(
    ("text", "response", "fees"),
    [
        ("居民一个月大概50方 要多少钱", "utter_price_monthly_tiers", ("133", "1723.20")),
        ("居民每月20方 要多少钱", "utter_price_monthly", ("53.20", "638.40")),
        ("饭店每个月100方 多少钱", "utter_price_monthly", ("385", "4620")),
    ],
)
async def test_so_much_a_month_is_a_year_of_it(text: str, response: str, fees: tuple[str, str]) -> None:
    stage = Stage()
    await stage.begin("price_form", text, "ask_gas_price")
    assert (stage.said[0], stage.facts["fee"], stage.facts["year_fee"]) == (response, *fees)


async def test_the_month_just_gone_is_no_month_on_the_average() -> None:
    stage = Stage()
    await stage.begin("price_form", "居民上一个月用了50方要多少钱", "ask_gas_price")
    assert stage.slots["requested_slot"] == "price_used"


async def test_the_dispute_tells_no_balance_and_no_personal_data() -> None:
    stage = Stage()
    await stage.begin("dispute_form", "气费太高", "dispute_bill")
    await stage.answer("10020002")
    await stage.answer("1210")
    told = {str(value) for value in stage.facts.values()}
    assert not told & {"35", "张三", "13900005678", "3号楼2单元501室"}
    assert stage.slots["account_proof"] == Proof.NUMBER


async def test_a_disputed_reading_can_be_corrected_before_it_is_filed() -> None:
    stage = Stage()
    await stage.begin("dispute_form", "户号10020001，气费太高", "dispute_bill")
    await stage.answer("1190")
    assert "utter_dispute_below_last" in stage.said
    await stage.answer("看错了，是1210")
    assert "utter_dispute_volume" in stage.said
    await stage.answer("不认可，给我登记")
    await stage.answer("137 1234 5678")
    consulted, order = stage.casework.orders
    assert (consulted.type, consulted.account_number) == ("咨询", "10020001")
    assert (order.type, order.handling, order.state) == ("报数", "转维修", "未完成")
    assert (order.contact_phone, order.account_number) == ("13712345678", "10020001")
    assert "1210" in order.summary


async def test_no_such_account_twice_offers_a_person() -> None:
    stage = Stage()
    await stage.begin("dispute_form", "气费太高", "dispute_bill")
    await stage.answer("10029999")
    assert stage.said == ["utter_account_not_matched"]
    await stage.answer("10028888")
    assert stage.said == ["utter_offer_person"]


async def test_coupons_of_a_quarter_that_is_over() -> None:
    stage = Stage()
    await stage.begin("coupon_form", "去年三季度的燃气票还能用吗", "ask_gas_coupon")
    assert stage.said[0] == "utter_coupon_expired"
    assert stage.facts["last"] == "2025年10月31日"


@pytest.mark.parametrize(
    ("text", "case", "proxy"),
    [
        ("已经交过报装费，我自己去", "paid", "person"),
        ("没有交过", "unpaid", None),
        ("没有吧", "unpaid", None),
        ("好像物业收过", "paid", None),
        ("交了，老公去办", "paid", "proxy"),
        ("开奶茶店", "business", None),
        ("还没交，我让朋友去办", "unpaid", "proxy"),
        ("开发商统一交的", "paid", None),
        ("二手房，委托中介代办", "sale", "proxy"),
        ("公司用气", "business", None),
        ("帮我看看", None, None),
    ],
)
async def test_cases_of_opening_an_account(text: str, case: str | None, proxy: str | None) -> None:
    stage = Stage()
    await stage.begin("open_account_form", "开户", "open_account")
    await stage.answer(text)
    if case == "business":
        assert stage.said[0] == "utter_open_account_business"
    elif proxy:
        assert stage.said[0] == f"utter_open_account_{case}"
        assert ("受托人" in str(stage.facts["papers"])) is (proxy == "proxy")
    else:
        assert stage.slots.get("open_case") == case


@pytest.mark.parametrize(("number", "kind"), [("10020001", "resident"), ("10020007", "business")])
async def test_an_account_number_tells_whether_resident_or_business(number: str, kind: str) -> None:
    stage = Stage()
    await stage.begin("late_fee_form", "滞纳金怎么算", "ask_late_fee")
    await stage.answer(number, "query_balance")
    assert stage.slots["late_fee_class"] == kind
    assert stage.slots["requested_slot"] == "late_fee_arrears"


async def test_a_number_of_no_account_is_said_to_be_none() -> None:
    stage = Stage()
    await stage.begin("late_fee_form", "滞纳金怎么算", "ask_late_fee")
    await stage.answer("99990000", "query_balance")
    assert stage.said == ["utter_balance_account_unknown", "utter_question_late_fee_class"]
    assert not stage.slots.get("failures")
