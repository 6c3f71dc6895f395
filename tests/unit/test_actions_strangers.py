"""What outside examiners' customers said that led astray, by its kind (tests/assistant/strangers_3.yml)."""

import pytest

from actions.follow_ups import About, follow_up, follow_up_in
from actions.pieces import building_alone, put_together
from actions.steering import goes_back, wants_time
from actions.understanding import is_question
from tests.unit.actions_stage import Stage


async def settled_start_up() -> Stage:
    stage = Stage()
    await stage.begin("startup_form", "幸福小区3号楼2单元502 想开通燃气", "ask_startup_requirements")
    await stage.answer("没有热水器")
    await stage.answer("做饭")
    stage.ends()
    return stage


class TestAboutWhatIsSettled:
    """Right behind an answer a question that names nothing is about it, whatever the model takes it for."""

    @pytest.mark.parametrize(
        ("text", "about"),
        [
            ("那去哪交 交多少", About.MONEY),
            ("要带啥证件去", About.PAPERS),
            ("去柜台要带啥", About.PAPERS),
            ("行 那啥时候来人啊", About.WHEN),
            ("咋算的", About.HOW),
            ("能不能给免了", About.MERCY),
            ("那我200块就没了？？", About.LOST),
            ("自己找人装不行吗", About.OWN_WORK),
            ("先交钱还是装完给", About.MONEY),
            ("那灶具有啥要求不", About.APPLIANCE),
        ],
    )
    def test_what_it_asks(self, text: str, about: About) -> None:
        assert follow_up(text) is about

    @pytest.mark.parametrize("text", ["我这气没了", "阶梯气价怎么算", "自来水费能免吗", "开户要准备什么", "换表收钱不"])
    def test_what_names_a_subject_or_trouble_is_none(self, text: str) -> None:
        assert follow_up(text) is None

    @pytest.mark.parametrize(
        ("form", "text", "intent", "response"),
        [
            ("order_form", "行 那啥时候来人啊", "query_work_order", "utter_startup_visit"),
            ("pay_form", "那去哪交 交多少", "pay_bill", "utter_startup_cost"),
            ("open_account_form", "要带啥证件去", "open_account", "utter_startup_papers"),
        ],
    )
    async def test_no_other_dialogue_begins(self, form: str, text: str, intent: str, response: str) -> None:
        stage = await settled_start_up()
        await stage.begin(form, text, intent)
        assert stage.said == [response]
        assert stage.form is None

    async def test_no_single_answer_is_given_either(self) -> None:
        stage = await settled_start_up()
        await stage.act("action_service_hours", "去柜台要带啥", "ask_service_hours")
        assert stage.said == ["utter_startup_papers"]

    async def test_money_on_a_lost_card_is_no_complaint(self) -> None:
        stage = Stage()
        await stage.begin("card_lost_form", "气卡丢了", "report_ic_card_lost")
        await stage.answer("新卡还没插过")
        stage.ends()
        await stage.begin("complaint_form", "那我200块就没了？？", "make_complaint")
        assert stage.said == ["utter_card_lost_money"]
        await stage.begin("complaint_form", "你们师傅骂人 我要投诉", "make_complaint")
        assert stage.said[0] == "utter_complaint_opening"

    async def test_with_nothing_settled_the_model_is_believed(self) -> None:
        stage = Stage()
        await stage.begin("pay_form", "那去哪交 交多少", "pay_bill")
        assert "utter_startup_cost" not in stage.said


class TestAboutWhatIsGoingOn:
    async def test_the_dialogues_own_subject_may_be_named(self) -> None:
        stage = Stage()
        await stage.begin("meter_test_form", "来验一下表", "request_meter_test")
        for text in ("验表收钱不", "那万一表是好的我不是亏了"):
            await stage.answer(text, "request_meter_test", 0.5)
            assert stage.said[0] == "utter_meter_test_outcome"
        assert stage.slots["requested_slot"] == "meter_test_wanted"

    async def test_who_would_do_it_himself_is_told_who_may(self) -> None:
        stage = Stage()
        await stage.begin("heater_form", "热水器谁来装", "ask_water_heater_conversion")
        await stage.answer("京东买的")
        await stage.answer("自己找人装不行吗", "open_account", 0.9)
        assert stage.said[0] == "utter_heater_ours_only"
        await stage.answer("那给我约一个 幸福小区3号楼2单元501")
        assert stage.slots["requested_slot"] == "visit_phone"

    def test_what_only_some_know_is_left_to_the_model_elsewhere(self) -> None:
        assert follow_up_in("自己换", ()) is None
        assert follow_up_in("自己换", (About.OWN_WORK,)) is About.OWN_WORK
        assert follow_up_in("多久", ()) is About.WHEN

    async def test_an_appliance_asked_about_is_no_use_of_the_gas(self) -> None:
        stage = Stage()
        await stage.begin("startup_form", "幸福小区3号楼2单元502 想开通燃气", "ask_startup_requirements")
        await stage.answer("有")
        await stage.answer("网上买的 咋了")
        assert stage.said[0] == "utter_startup_refit"
        await stage.answer("那灶具有啥要求不")
        assert stage.said == ["utter_startup_prepare", "utter_question_startup_use"]


class TestADwellingInPieces:
    @pytest.mark.parametrize("text", ["7栋", "3号楼", "3号楼2单元", "A座"])
    def test_a_building_alone(self, text: str) -> None:
        assert building_alone(text)

    @pytest.mark.parametrize("text", ["18号", "501", "3号楼501", "底商9号", "一期", "3-2-501", "7栋是哪栋"])
    def test_whole_or_none(self, text: str) -> None:
        assert not building_alone(text)

    @pytest.mark.parametrize(
        ("said", "whole"),
        [("1单元101", "7栋1单元101"), ("101", "7栋101"), ("3号楼501", "3号楼501"), ("3-2-501", "3-2-501")],
    )
    def test_what_belongs_behind_it(self, said: str, whole: str) -> None:
        assert put_together("startup_address", said, {"building": "7栋"})[0] == whole

    def test_a_number_asked_for_as_such_is_no_room(self) -> None:
        assert put_together("reading_value", "1240", {"building": "7栋"}) == ("1240", {})

    async def test_start_up_asks_for_the_rest(self) -> None:
        stage = Stage()
        await stage.begin("startup_form", "想开通燃气 幸福小区", "ask_startup_requirements")
        await stage.answer("3号楼")
        assert stage.said == ["utter_startup_which_room"]
        assert stage.signals["no_emergency"], "whatever it resembles"
        await stage.answer("2单元502")
        assert stage.slots["address"] == "3号楼2单元502"
        assert stage.slots["building"] is None

    async def test_a_visit_goes_to_the_building_named_first(self) -> None:
        stage = Stage()
        await stage.begin("repair_form", "燃气灶旋钮掉了 来修一下 幸福小区", "request_repair")
        await stage.answer("3号楼")
        await stage.answer("2单元501")
        assert stage.slots["visit_address"] == "幸福小区3号楼2单元501"


class TestReadings:
    async def test_the_address_stated_before_tells_the_account(self) -> None:
        stage = Stage()
        await stage.begin("balance_form", "幸福小区3号楼2单元501", "query_balance")
        stage.form = None
        await stage.begin("reading_form", "表上写着 01210.372", "report_meter_reading")
        assert stage.slots["requested_slot"] == "reading_confirmed"
        assert stage.slots["reading_by_address"]

    async def test_who_only_insists_is_asked_to_look_once_more(self) -> None:
        stage = Stage()
        await stage.begin("reading_form", "户号10020001报4800", "report_meter_reading")
        await stage.answer("没错啊 大半年没抄了")
        assert stage.said == ["utter_reading_look_again"]
        await stage.answer("我再去瞅瞅")
        assert stage.said == ["utter_take_your_time"]
        await stage.answer("额 是1210 前面看错了")
        assert stage.slots["requested_slot"] == "reading_confirmed"

    async def test_a_photo_is_not_read(self) -> None:
        stage = Stage()
        await stage.begin("reading_form", "报数 户号10020001", "report_meter_reading")
        await stage.answer("我拍了张照片你看下上面的数")
        assert stage.said == ["utter_reading_no_photo", "utter_question_reading_value"]


class TestNoGas:
    async def _at_the_card_meter(self, stage: Stage) -> None:
        await stage.begin("no_gas_form", "打不着火 幸福小区", "report_no_gas")
        await stage.answer("屏幕是黑的 啥也不显示")

    async def test_a_lit_display_is_no_gas_yet(self) -> None:
        stage = Stage()
        await self._at_the_card_meter(stage)
        await stage.answer("换了电池亮了 上面写阀关")
        assert stage.slots["no_gas_display"] == "关阀"
        await stage.answer("插卡了 好了 能打着了")
        assert stage.said[0] == "utter_no_gas_solved"

    async def test_lit_and_no_more(self) -> None:
        stage = Stage()
        await self._at_the_card_meter(stage)
        await stage.answer("换了电池亮了")
        assert stage.said == ["utter_and_now"]

    async def test_what_is_told_before_it_is_asked_is_kept_for_the_visit(self) -> None:
        stage = Stage()
        await stage.begin("no_gas_form", "打不着火 幸福小区", "report_no_gas")
        for text in ("邻居家有气的", "还是不行啊", "13000000024 下午都在家"):
            await stage.answer(text, "report_leak", 0.3)
            assert not stage.slots.get("failures")
        assert stage.slots["no_gas_neighbours"] == "邻居有气"
        assert stage.slots["visit_phone"] == "13000000024"
        assert stage.slots["visit_time"]


class TestOthers:
    @pytest.mark.parametrize("text", ["嗯 接着说挪管子的事", "回到刚才的问题", "继续"])
    def test_back_to_it(self, text: str) -> None:
        assert goes_back(text)

    @pytest.mark.parametrize("text", ["接着交哪个月的", "再说一遍", "还是不行", "还是3号楼的事"])
    def test_not_back_to_it(self, text: str) -> None:
        assert not goes_back(text)

    @pytest.mark.parametrize("text", ["我再去瞅瞅", "我先找找卡", "等会我看看"])
    def test_time_to_look(self, text: str) -> None:
        assert wants_time(text)

    @pytest.mark.parametrize("text", ["验表收钱不", "自己去能行不", "贵不"])
    def test_a_question_in_the_north(self, text: str) -> None:
        assert is_question(text)

    async def test_the_new_number_is_no_proof_of_the_old(self) -> None:
        stage = Stage()
        await stage.begin("update_form", "我换号了 10020001", "update_contact_info")
        await stage.answer("新的13900001111")
        assert stage.slots["requested_slot"] == "update_proof"
        assert not stage.slots.get("failures")
        await stage.answer("13800001234")
        assert stage.slots["requested_slot"] == "update_confirmed"

    async def test_a_threat_belongs_to_the_complaint(self) -> None:
        stage = Stage()
        await stage.begin("complaint_form", "师傅进门不穿鞋套还骂人 我要投诉", "make_complaint")
        await stage.answer("不处理我打12345", "out_of_scope", 0.4)
        assert stage.said == ["utter_complaint_added"]
        assert "12345" in stage.slots["complaint_what"]

    async def test_a_house_left_by_the_dead_is_inherited(self) -> None:
        stage = Stage()
        await stage.begin("transfer_form", "过户咋弄", "transfer_ownership")
        await stage.answer("房子是我爸留下的 他不在了")
        assert stage.slots["transfer_case"] == "other"
        await stage.answer("我弟替我去行不")
        assert "受托人身份证" in stage.facts["papers"]

    @pytest.mark.parametrize("form", ["coverage_form", "startup_form"])
    async def test_an_unknown_estate_is_looked_into_by_somebody(self, form: str) -> None:
        stage = Stage()
        await stage.begin(form, "能装天然气不", "ask_supply_coverage")
        await stage.answer("就是高铁站对面那个新盘")
        await stage.answer("名字没错 就叫碧桂园三号院")
        assert stage.said == ["utter_community_looked_into"]
        assert "碧桂园三号院" in stage.slots["callback_matter"]
        await stage.run_again("validate_callback_form")
        assert stage.said == ["utter_question_callback_phone"], "nothing is gone on with"

    async def test_how_interruptions_are_announced(self) -> None:
        stage = Stage()
        await stage.begin("outage_form", "以后停气能不能提前说一声", "ask_outage")
        assert stage.said[0] == "utter_outage_notice"

    async def test_of_two_days_the_one_that_is_chosen(self) -> None:
        stage = Stage()
        await stage.begin("repair_form", "燃气灶旋钮掉了 幸福小区3号楼2单元501 13800001234", "request_repair")
        await stage.answer("后天下午")
        await stage.answer("还是明天上午吧 后天有事")
        assert stage.slots["visit_time"].endswith("上午")
        assert "后天" not in stage.slots["visit_time"]

    async def test_a_name_in_a_long_story_is_heard(self) -> None:
        stage = Stage()
        story = "那个我想问一下啊就是我爸妈他们那个老房子啊幸福小区的现在想把这个煤气给它通上需要办个啥手续啊"
        await stage.begin("startup_form", story, "ask_startup_requirements")
        assert stage.slots["requested_slot"] == "startup_address"
        await stage.answer("嗯3号楼2单元502", "report_meter_reading", 0.9)
        assert stage.slots["requested_slot"] == "startup_water_heater"

    @pytest.mark.parametrize("text", ["你们国庆节上班不", "春节放假吗", "五一开门不", "过年有人没"])
    async def test_holidays_are_told_of_who_asks(self, text: str) -> None:
        stage = Stage()
        await stage.act("action_service_hours", text, "ask_service_hours")
        assert "法定节假日照常上班" in stage.facts["opening_lines"]
        assert "法定节假日休息" in stage.facts["opening_lines"]

    @pytest.mark.parametrize("text", ["五一新村附近有营业厅吗", "你们几点下班", "十一号楼怎么走"])
    async def test_and_to_nobody_else(self, text: str) -> None:
        stage = Stage()
        await stage.act("action_service_hours", text, "ask_service_hours")
        assert "节假日" not in stage.facts["opening_lines"]

    def test_the_order_just_filed_is_the_matter_in_hand(self) -> None:
        assert follow_up("那个单子多久能弄好啊") is About.WHEN
        assert follow_up("要带身份证不") is About.PAPERS

    async def test_the_same_is_asked_of_another_place(self) -> None:
        stage = await settled_start_up()
        await stage.begin("reading_form", "那我自己这边呢 幸福小区3号楼2单元501", "report_meter_reading")
        assert not stage.said
        assert stage.slots["address"] == "3号楼2单元501"
        assert stage.slots["taken_over"] == "startup_form"
