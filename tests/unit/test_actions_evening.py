"""What customers of one evening said in vain: a number lost and no card, a sigh at a price, a new home said to burn."""

import pytest

from actions.behind import article_behind
from actions.card_lost import unloaded_in
from actions.contacts import time_in
from actions.meter_reading import reading_in
from actions.steering import takes_note, wants_time, wants_to_go_on, wants_to_stop
from actions.turns import Heard
from actions.water_heater import Bought, bought_in
from actions.wishes import wishes_visit
from bot.domain.places import dwelling_words
from bot.testing import START
from tests.knowledge.shipped import knowledge_base
from tests.unit.actions_stage import Stage


@pytest.mark.parametrize("said", ["我把户号弄丢了 报不了表咋办", "户号找不着了 怎么报数"])
async def test_who_lost_the_number_reports_a_reading(said: str) -> None:
    stage = Stage()
    await stage.begin("card_lost_form", said, "report_ic_card_lost")
    assert stage.events[-1].get("name") != "card_lost_form" or stage.slots.get("requested_slot") is None
    assert "utter_question_lost_trouble" not in stage.said


async def test_no_card_is_lost_where_the_number_is() -> None:
    stage = Stage()
    await stage.begin("card_lost_form", "卡丢了", "report_ic_card_lost")
    await stage.answer("不是卡 是户号 找不着了", "report_ic_card_lost", 0.94)
    assert stage.said[0] == "utter_account_where"
    assert not stage.slots.get("requested_slot")


@pytest.mark.parametrize(
    ("said", "bought"),
    [
        ("都跟你说不知道哪买的了", Bought.UNKNOWN),
        ("原房主留下的", Bought.UNKNOWN),
        ("忘了在哪买的了", Bought.UNKNOWN),
        ("不是在你家买的啊", Bought.ELSEWHERE),
        ("在你们公司买的", Bought.HERE),
    ],
)
def test_where_the_water_heater_was_bought(said: str, bought: Bought) -> None:
    assert bought_in(said) is bought


async def test_who_cannot_say_where_it_was_bought_hears_both_fees() -> None:
    stage = Stage()
    await stage.begin("heater_form", "热水器要改装", "ask_water_heater_conversion")
    await stage.answer("都跟你说不知道哪买的了")
    assert "utter_heater_not_bought" in stage.said


@pytest.mark.parametrize(
    "said", ["妈呀这么贵 那我跟房东商量商量再说", "我考虑考虑吧", "哦 那夜里三点才有啊 中", "那我再想想 行吧"]
)
def test_who_thinks_it_over_takes_note(said: str) -> None:
    assert takes_note(said)


@pytest.mark.parametrize("said", ["我要报修 行", "你们考虑过老人吗", "厨房有味 行", "想想怎么办", "帮我查余额 好"])
def test_a_wish_is_no_note(said: str) -> None:
    assert not takes_note(said)


def test_who_looks_first_stops() -> None:
    assert wants_to_stop("算了我明儿白天看清楚再报")


async def test_an_outage_is_no_question_of_coverage() -> None:
    stage = Stage()
    await stage.begin("coverage_form", "停气通知有没有 五一新村", "ask_supply_coverage")
    assert "utter_coverage_yes" not in stage.said
    assert {"event": "followup", "name": "outage_form"}.items() <= stage.events[-1].items() or stage.said == []


async def test_a_home_said_to_burn_that_never_did_is_looked_into() -> None:
    stage = Stage()
    await stage.begin("startup_form", "新房刚交 幸福小区 想通气", "ask_startup_requirements")
    await stage.answer("3-2-501")
    assert stage.said[0] == "utter_startup_gas_on"
    stage.ends()
    stage.form = None
    await stage.begin("startup_form", "咋可能 刚交的房 一次没开过 新房", "ask_startup_requirements")
    assert "utter_startup_never_used" in stage.said
    assert "从未开通" in stage.slots["callback_matter"]


@pytest.mark.parametrize("said", ["没有 你派个人来点吧", "没有啊 派个师傅来看看"])
def test_a_no_and_a_wish(said: str) -> None:
    assert wishes_visit(said)


def test_a_digit_named_besides_is_no_reading() -> None:
    assert reading_in("哦错了 是1826 头一个是1", asked=True) == 1826


async def test_a_day_in_a_question_is_no_time_for_the_visit() -> None:
    stage = Stage()
    await stage.begin("pipe_form", "想把厨房管子挪一下", "ask_pipe_modification")
    await stage.answer("中啊 登记吧 五一新村6号楼2单元301", "affirm")
    await stage.answer("13700001122 那边今天咋没气", "report_no_gas", 0.5)
    assert stage.slots["visit_phone"] == "13700001122"
    assert not stage.slots.get("visit_time")


async def test_an_ordinary_meter_has_no_display() -> None:
    stage = Stage()
    await stage.begin("no_gas_form", "家里没气 户号10060001", "report_no_gas")
    stage.slots.update({"no_gas_meter": "普通表", "requested_slot": "no_gas_valve"})
    await stage.answer("阀门开着了 打了半天不着 表上显示0")
    assert stage.slots.get("no_gas_meter") != "IC卡表"


async def test_who_may_have_it_free_is_told_beside_the_time() -> None:
    stage = Stage()
    await stage.begin("hose_form", "我那个软管到底要不要换啊", "ask_hose_replacement")
    await stage.answer("换 我家幸福小区3-2-501 电话13800138012 我一个人住七十八了 能免费不", "affirm", 0.5)
    assert "utter_hose_free_for" in stage.said
    await stage.answer("下午都行 反正我天天在家 你说的那个孤寡老人免费算不算我", "dispute_bill", 0.65)
    assert stage.said[0] == "utter_hose_free_for"
    assert stage.form == "hose_form"
    assert stage.slots["visit_time"] == "天天下午"


async def test_an_outage_ends_no_sooner_for_asking() -> None:
    stage = Stage()
    stage.slots["subject"] = ["outage_form", "查询停气"]
    await stage.act("action_default_fallback", "这么晚啊 我孩子等着洗澡呢 能不能快点", "query_work_order")
    assert stage.said == ["utter_outage_no_sooner"]


async def test_who_rents_has_not_answered_and_is_not_misunderstood() -> None:
    stage = Stage()
    await stage.begin("startup_form", "房东说要我自己联系你们通气", "ask_startup_requirements")
    await stage.answer("租的房子", "open_account", 0.5)
    assert "utter_please_answer" not in stage.said


async def test_papers_just_told_are_no_question_of_a_proxy() -> None:
    stage = Stage(knowledge=knowledge_base())
    stage.slots["subject"] = ["transfer_form", "过户"]
    stage.slots["settled"] = ["transfer_form", "过户"]
    await stage.act("action_default_fallback", "要带啥", "open_account")
    assert stage.said == ["utter_transfer_bring"]


@pytest.mark.parametrize(
    ("said", "time"),
    [
        ("我周末在家 平时上班", "周末"),
        ("平时上班 周末在家", "周末"),
        ("周末在家 平时我要上班的", "周末"),
        ("下班后", "下班后"),
    ],
)
def test_when_somebody_works_is_no_time_for_a_visit(said: str, time: str) -> None:
    found = time_in(said, START)
    assert found is not None
    assert found.text == time


def test_a_time_behind_never_mind_is_no_end() -> None:
    assert not wants_to_stop("算了你就写周末")
    assert wants_to_go_on("我没说不办啊 登记啊")


def test_a_number_behind_wait_is_an_answer() -> None:
    assert not wants_time("等下我眼花 是一千五百六十五")
    assert reading_in("哦1866 最后那个6是红的不算", asked=True) == 1866


async def test_a_prepayment_is_no_power() -> None:
    stage = Stage()
    await stage.begin("opening_fee_form", "餐馆报装费多少", "ask_opening_fee")
    stage.slots.update({"opening_use": "kitchen_commercial", "requested_slot": "opening_power"})
    await stage.answer("算了算了 不知道功率 我就问2000退不退")
    assert stage.said[0] == "utter_startup_prepay_kind"
    assert not stage.slots.get("opening_power")


async def test_low_pressure_in_the_whole_house_needs_no_batteries() -> None:
    stage = Stage()
    await stage.begin("no_gas_form", "中午炒菜火小得很 幸福小区的", "report_no_gas")
    await stage.answer("平行的 开着呢 火就是小 邻居家也小", "report_no_gas")
    assert "utter_question_no_gas_stove" not in stage.said
    assert "气压低" in stage.slots["repair_problem"]


async def test_a_figure_where_something_else_was_asked_is_no_reading() -> None:
    stage = Stage()
    await stage.begin("heater_form", "想装个壁挂炉 家里现在就一个灶", "ask_water_heater_conversion")
    await stage.answer("23个的", "report_meter_reading", 0.69)
    assert stage.slots["requested_slot"] == "heater_bought"


async def test_a_second_hand_home_wants_gas_and_no_transfer() -> None:
    stage = Stage()
    await stage.begin("startup_form", "搬了新家 想开气", "ask_startup_requirements")
    await stage.answer("二手房 原来房主用的", "transfer_ownership", 0.99)
    assert stage.slots["requested_slot"] == "startup_community"


def test_where_a_card_was_lost_tells_nothing_of_its_gas() -> None:
    assert unloaded_in("买菜的时候掉了吧可能", asked=True) is None


def test_an_age_behind_a_flat_is_no_part_of_it() -> None:
    assert dwelling_words("3-1-501我一个人住七十八了") == "3-1-501"


def test_a_protest_asks_for_no_article() -> None:
    heard = Heard("什么代办 我不是说了我自己去吗", "nlu_fallback", 0.4)
    assert article_behind({"transfer_ownership"}, heard, knowledge_base(), START) is None


async def test_what_is_asked_at_the_end_of_a_long_message_is_heard() -> None:
    stage = Stage()
    stage.slots["subject"] = ["startup_form", "点火开通"]
    said = "我是单位用户？我开饭馆的 一个双眼灶一个蒸箱 你就告诉我两千块退不退"
    await stage.act("action_default_fallback", said, "ask_opening_fee")
    assert stage.said == ["utter_startup_prepay_kind"]


@pytest.mark.parametrize("said", ["是1565 不是1560", "不是1560 是1565"])
def test_a_reading_denied_is_none(said: str) -> None:
    assert reading_in(said, asked=True) == 1565
