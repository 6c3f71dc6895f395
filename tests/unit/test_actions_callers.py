"""What live customers said in vain: consent in more words than a yes, an account told at once, who signs for whom."""

from decimal import Decimal

import pytest

from actions.checks import only_one_appliance
from actions.facts import company_facts
from actions.meter_reading import reading_in, without_reading
from actions.places import find_places, match_account
from actions.quantities import power_kw
from actions.steering import wants_to_stop
from actions.testing import sample_records
from actions.understanding import is_question, yes_or_no
from bot.adapters.knowledge_files import load_knowledge
from bot.domain.knowledge import KnowledgeBase
from bot.domain.work_orders import OrderType
from tests.unit.actions_stage import COMPANY, ROOT, Stage


@pytest.mark.parametrize(
    "said", ["哦这样 那登吧", "嗯登记吧", "登记登记", "那行吧", "好的那就提交吧 谢谢", "可以 那就登上吧"]
)
def test_a_consent_in_more_words_is_a_yes(said: str) -> None:
    assert yes_or_no(said) is True


@pytest.mark.parametrize("said", ["先不登记吧", "登记了吗", "那登记要钱吗", "那没有", "哦这样", "登记什么"])
def test_what_only_names_the_registration_is_none(said: str) -> None:
    assert yes_or_no(said) is not True


def test_what_is_asked_with_me_is_a_question() -> None:
    assert is_question("那我是租客 我能签么")
    assert not is_question("要么明天")


class TestReadings:
    async def confirming(self) -> Stage:
        stage = Stage()
        await stage.begin("reading_form", "报数 户号10020001 读数1235", "report_meter_reading")
        assert stage.slots["requested_slot"] == "reading_confirmed"
        return stage

    @pytest.mark.parametrize("said", ["嗯1235 可以", "1235", "对 就是1235", "哦这样 那登吧"])
    async def test_the_reading_once_more_confirms_it(self, said: str) -> None:
        stage = await self.confirming()
        await stage.answer(said)
        assert stage.said[0] == "utter_reading_recorded"

    async def test_another_number_does_not(self) -> None:
        stage = await self.confirming()
        await stage.answer("不对 是1236")
        assert (stage.slots["requested_slot"], stage.slots["reading_value"]) == ("reading_confirmed", "1236.000")

    async def test_who_has_looked_and_stands_by_it_gets_a_person(self) -> None:
        stage = Stage()
        await stage.begin("reading_form", "户号10020001报4800", "report_meter_reading")
        await stage.answer("没看错 就是这个数 我家春节人多用得多")
        assert stage.said == ["utter_reading_to_person"]
        assert "handoff" in stage.signals

    @pytest.mark.parametrize("said", ["我上午报的表数报错了 想改一下", "昨天报的读数错了一位 能改不"])
    async def test_what_was_reported_wrong_before_is_for_a_person(self, said: str) -> None:
        stage = Stage()
        await stage.begin("reading_form", said, "report_meter_reading")
        assert stage.said == ["utter_reading_correct_before"]
        assert said in stage.signals["handoff"]["reason"]

    async def test_the_citys_hotline_is_no_reading(self) -> None:
        assert reading_in("再不来我就打12345", asked=False) is None
        assert reading_in("表上是12345", asked=True) == Decimal(12345)
        stage = Stage()
        events = await stage.begin("reading_form", "行吧 到时候再不来我就打12345", "report_meter_reading")
        assert {"event": "followup", "name": "complaint_form", "timestamp": None} in events

    async def test_an_interruption_asked_about_beside_a_promise_to_look_is_another_subject(self) -> None:
        stage = Stage()
        await stage.begin("reading_form", "报数 户号10020001", "report_meter_reading")
        assert await stage.answer("等下我去看表 听邻居说要停气 是哪天啊", "ask_outage", 0.89) == []


class TestStartUp:
    async def test_a_name_that_several_share_is_asked_about(self) -> None:
        found = await find_places("阳光花园啊", sample_records())
        assert [each.community.id for each in found] == ["c2", "c3"]
        stage = Stage()
        text = "我租的房子在阳光花园 刚搬进来灶打不着 没开通过 我能办吗"
        await stage.begin("startup_form", text, "ask_startup_requirements")
        assert stage.said == ["utter_which_community"]

    @pytest.mark.parametrize(
        ("said", "response"),
        [
            ("我是租客 房东人在外地 我能签么", "utter_startup_papers"),
            ("签协议老板不在 我去代签行吗 要带啥", "utter_startup_papers"),
            ("交完了我怎么预约你们上门", "utter_startup_booking"),
        ],
    )
    async def test_who_signs_and_who_books_is_answered_right_after_it(self, said: str, response: str) -> None:
        stage = Stage()
        text = "幸福小区3号楼2单元502 做饭用 没有热水器 想开通"
        await stage.begin("startup_form", text, "ask_startup_requirements")
        stage.ends()
        await stage.begin("open_account_form", said, "open_account")
        assert stage.said == [response]

    @pytest.mark.parametrize(
        ("form", "said"),
        [
            ("order_form", "对了我登记上了没 师傅啥时候来"),
            ("startup_form", "不查余额 我要约师傅上门点火"),
        ],
    )
    async def test_who_comes_and_when_is_about_the_start_up_that_was_told(self, form: str, said: str) -> None:
        stage = Stage()
        text = "幸福小区3号楼2单元502 做饭用 没有热水器 想开通"
        await stage.begin("startup_form", text, "ask_startup_requirements")
        stage.ends()
        stage.slots["subject"] = None  # something else was asked in between
        await stage.begin(form, said, "query_work_order")
        assert stage.said[0] == "utter_startup_booking"

    async def test_where_there_is_no_gas_nobody_comes(self) -> None:
        stage = Stage()
        await stage.begin("startup_form", "翠湖名邸想开通燃气", "ask_startup_requirements")
        stage.ends()
        stage.slots["subject"] = None
        await stage.begin("order_form", "师傅啥时候来", "query_work_order")
        assert stage.said == ["utter_question_order_reference"]

    async def test_what_is_not_there_answers_the_question(self) -> None:
        stage = Stage()
        await stage.begin("startup_form", "幸福小区3号楼2单元502 想开通燃气", "ask_startup_requirements")
        await stage.answer("有没有壁挂炉? 没有 也没热水器", "ask_water_heater_conversion")
        assert stage.slots["requested_slot"] == "startup_use"

    async def test_the_estate_named_in_another_matter_is_not_asked_for(self) -> None:
        stage = Stage()
        await stage.begin("open_account_form", "新开的小饭馆装天然气怎么弄 在幸福小区", "open_account")
        assert stage.slots["community"] == "c1"


async def test_an_account_told_with_the_late_fee_is_looked_up() -> None:
    stage = Stage()
    events = await stage.begin("late_fee_form", "滞纳金 我家欠了三个月 10020005 现在得交多少", "ask_late_fee")
    assert {"event": "followup", "name": "balance_form", "timestamp": None} in events
    assert stage.slots["account_number"] == "10020005"


async def test_who_takes_up_the_offer_to_look_is_taken_at_his_word() -> None:
    stage = Stage()
    await stage.begin("late_fee_form", "滞纳金怎么算 我家是居民", "ask_late_fee")
    assert stage.slots["requested_slot"] == "late_fee_arrears"
    events = await stage.answer("那查余额吧 幸福小区5号楼1单元201", "nlu_fallback")
    assert {"event": "followup", "name": "balance_form", "timestamp": None} in events


async def test_a_room_and_a_reading_are_no_account_number() -> None:
    match = await match_account("平安里幸福小区1号楼1单元101 1180", sample_records())
    assert match is not None
    assert match.what == "地址"


async def test_who_has_said_what_he_is_is_not_asked_again() -> None:
    stage = Stage()
    await stage.begin("price_form", "我家用了420方要多少钱 之前用了两百方", "ask_gas_price")
    assert stage.slots["customer_class"] == "resident"
    stage.ends()
    await stage.begin("price_form", "不是 一年一共420方", "ask_gas_price")
    assert stage.said[-1] != "utter_question_price_use"


class TestOrders:
    async def test_who_was_stood_up_hears_an_apology_first(self) -> None:
        stage = Stage()
        await stage.begin("order_form", "师傅约好昨天来 一天没见人影", "query_work_order")
        assert stage.said == ["utter_order_stood_up", "utter_question_order_reference"]
        await stage.answer("13799990000")
        assert stage.slots["contact_phone"] == "13799990000"

    async def test_a_number_told_before_is_not_asked_for_a_complaint(self) -> None:
        stage = Stage()
        await stage.begin("order_form", "师傅约好昨天来 一天没见人影", "query_work_order")
        await stage.answer("13799990000")
        stage.form = None
        await stage.begin("complaint_form", "我要投诉 白请了一天假", "make_complaint")
        (order,) = stage.casework.orders
        assert (order.type, order.contact_phone) == (OrderType.COMPLAINT, "13799990000")

    async def test_nothing_is_looked_up_before_anything_is_registered(self) -> None:
        stage = Stage()
        await stage.begin("order_form", "那交完钱了我怎么预约你们上门啊", "query_work_order")
        assert stage.said[0] == "utter_startup_booking"


async def test_a_refit_is_not_registered_before_the_papers_are_done() -> None:
    stage = Stage()
    await stage.begin("heater_form", "京东买的热水器 想改管子", "ask_water_heater_conversion")
    assert stage.slots["requested_slot"] == "heater_visit"
    await stage.answer("还没办 我周末去办 先把那个补卡上门的弄好 周六上午")
    assert stage.said[0] == "utter_heater_later"
    assert stage.casework.orders == []


async def test_what_to_do_with_a_wrong_invoice_is_not_made_up() -> None:
    stage = Stage()
    await stage.begin("invoice_form", "怎么开发票", "ask_invoice")
    await stage.answer("那之前开错的那张要不要带去作废啊", "ask_invoice")
    assert stage.said[0] == "utter_invoice_wrong_one"


async def test_an_address_is_put_right_beside_a_telephone_number() -> None:
    stage = Stage()
    await stage.begin("repair_form", "燃气灶旋钮掉了 派人来修", "request_repair")
    await stage.answer("幸福小区3号楼2单元502")
    await stage.answer("13766668888 哦不对 是3号楼2单元501 我说错了")
    assert (stage.slots["visit_address"], stage.slots["visit_phone"]) == ("幸福小区3号楼2单元501", "13766668888")


class TestAppliances:
    async def test_where_one_works_the_other_is_mended(self) -> None:
        stage = Stage()
        events = await stage.begin("no_gas_form", "热水器打不着 灶是好的", "report_no_gas")
        assert {"event": "followup", "name": "repair_form", "timestamp": None} in events
        assert stage.slots["repair_problem"] == "热水器打不着 灶是好的"
        stage = Stage()
        await stage.begin("repair_form", "热水器打不着 灶是好的", "request_repair")
        assert stage.slots["requested_slot"] == "visit_address"

    async def test_where_one_works_is_heard_later_too(self) -> None:
        stage = Stage()
        await stage.begin("no_gas_form", "热水器打不着火也没热水 冻死了", "report_no_gas")
        events = await stage.answer("灶能用")
        assert {"event": "followup", "name": "repair_form", "timestamp": None} in events
        assert stage.slots["repair_problem"] == "热水器打不着火也没热水 冻死了，灶能用"

    async def test_an_account_number_is_kept_and_begins_nothing(self) -> None:
        stage = Stage()
        await stage.begin("no_gas_form", "幸福小区家里没气了", "report_no_gas")
        await stage.answer("10020002", "report_meter_reading")
        assert (stage.said[0], stage.slots["account_number"]) == ("utter_repair_noted", "10020002")
        assert stage.slots["requested_slot"] == "no_gas_valve"

    @pytest.mark.parametrize("said", ["热水器打不着 灶也打不着", "灶打不着火", "壁挂炉坏了"])
    def test_who_says_nothing_of_another_may_have_no_gas(self, said: str) -> None:
        assert not only_one_appliance(said)

    async def test_what_was_tried_is_no_name_of_an_estate(self) -> None:
        stage = Stage()
        await stage.begin("no_gas_form", "家里没气了", "report_no_gas")
        await stage.answer("换过电池了 不行")
        assert (stage.said[0], stage.slots["failures"]) == ("utter_repair_noted", 0)
        await stage.answer("那你们给修不", "request_repair", 0.44)
        assert stage.said[0] == "utter_visit_after_this"

    async def test_a_dark_display_is_no_answer_about_recharging(self) -> None:
        stage = Stage()
        await stage.begin("card_form", "IC卡怎么用", "ask_ic_card_use")
        events = await stage.answer("屏幕不亮", "report_meter_fault")
        assert {"event": "followup", "name": "meter_fault_form", "timestamp": None} in events

    @pytest.mark.parametrize("said", ["换电池要你们换吗", "多少节"])
    async def test_the_battery_is_explained_at_any_question(self, said: str) -> None:
        stage = Stage()
        await stage.begin("card_form", "IC卡怎么用", "ask_ic_card_use")
        await stage.answer(said, "ask_meter_battery")
        assert stage.said[0] == "utter_battery_help"


async def test_who_goes_to_the_hall_leaves_the_dialogue() -> None:
    stage = Stage()
    await stage.begin("startup_form", "幸福小区3号楼2单元502 想开通燃气", "ask_startup_requirements")
    await stage.answer("行 那我先去大厅")
    assert stage.said == ["utter_left_dialogue"]


async def test_a_part_of_what_was_settled_is_answered_after_something_else() -> None:
    stage = Stage()
    await stage.begin("startup_form", "幸福小区3号楼2单元502 做饭用 没有热水器 想开通", "ask_startup_requirements")
    stage.ends()
    stage.slots["subject"] = [None, "营业厅"]
    await stage.begin("open_account_form", "协议是啥 我没签过", "deny")
    assert stage.said == ["utter_startup_cost"]
    await stage.begin("order_form", "好 那师傅哪天能来", "nlu_fallback")
    assert stage.said == ["utter_startup_visit"]


def test_a_reading_of_before_is_not_the_one_of_now() -> None:
    assert reading_in("不对吧 上回才1510", asked=True) is None
    assert reading_in("哦原来是1520", asked=True) == Decimal(1520)
    assert reading_in("上次报的1510 这次1520", asked=True) == Decimal(1520)
    assert reading_in("我看错了是1520 第一位是1", asked=True) == Decimal(1520)


@pytest.mark.parametrize(("said", "stops"), [("算了下周一吧", False), ("算了 还是后天上午", False), ("算了", True)])
def test_another_time_is_no_end(said: str, stops: bool) -> None:
    assert wants_to_stop(said) is stops


async def test_a_battery_changed_before_the_first_word_is_not_asked_for() -> None:
    stage = Stage()
    await stage.begin("no_gas_form", "灶打不着火 电池换了", "report_no_gas")
    await stage.answer("幸福小区")
    await stage.answer("阀门开着")
    assert stage.slots["requested_slot"] == "no_gas_meter"


@pytest.mark.parametrize(
    ("said", "response"), [("抬头写错了咋改", "utter_invoice_wrong_one"), ("网上能开吗", "utter_invoice_electronic")]
)
async def test_what_is_asked_of_an_invoice_besides(said: str, response: str) -> None:
    stage = Stage()
    await stage.begin("invoice_form", "怎么开发票 个人", "ask_invoice")
    stage.ends()
    await stage.begin("invoice_form", said, "ask_invoice")
    assert stage.said[0] == response


def test_a_boilers_heat_is_its_power() -> None:
    assert power_kw("大概20万大卡的锅炉") == Decimal("232.6")


def test_a_room_behind_its_unit_is_no_reading() -> None:
    assert reading_in("幸福小区3号楼2单元501", asked=True) is None
    assert reading_in("3号楼2单元501 1235", asked=True) == Decimal(1235)


async def test_a_price_hoped_for_refuses_nothing() -> None:
    stage = Stage()
    await stage.begin("inspection_form", "想让你们上门安检", "request_safety_inspection")
    asked = stage.slots["requested_slot"]
    await stage.answer("不要钱吧")
    assert stage.slots["requested_slot"] == asked


async def test_a_bare_yes_to_a_check_is_asked_about() -> None:
    stage = Stage()
    await stage.begin("no_gas_form", "幸福小区家里没气了", "report_no_gas")
    await stage.answer("对的")
    assert (stage.said, stage.slots["requested_slot"]) == (["utter_and_now"], "no_gas_valve")
    await stage.answer("能用了")
    assert stage.said[0] == "utter_no_gas_solved"


async def test_a_red_flame_is_no_lack_of_gas() -> None:
    base = KnowledgeBase(load_knowledge(ROOT / "data" / "knowledge", frozenset(company_facts(COMPANY))))
    stage = Stage(knowledge=base)
    await stage.begin("no_gas_form", "我家煤气灶火是红的黄的 正常吗", "report_no_gas")
    assert stage.said[0] == "utter_article"
    assert "蓝色" in stage.facts["article"]


@pytest.mark.parametrize("said", ["燃气表报数 幸福小区1号楼1单元101 1235", "幸福小区1-1-101 1235方 报数"])
async def test_a_reading_behind_a_whole_address_is_one(said: str) -> None:
    stage = Stage()
    await stage.begin("reading_form", said, "report_meter_reading")
    assert (stage.slots["reading_account"], stage.slots["reading_value"]) == ("10020001", "1235.000")


def test_a_room_behind_a_blank_is_no_reading() -> None:
    assert without_reading("幸福小区3号楼2单元 501") == "幸福小区3号楼2单元 501"
