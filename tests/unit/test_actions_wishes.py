"""Wishes for a visit, times that are proposed and mere consent, in the middle of a dialogue."""

import pytest

from actions.understanding import holds_no, is_question, only_declines
from actions.wishes import consents, proposes_time, wishes_visit
from tests.unit.actions_stage import Stage


class TestWords:
    @pytest.mark.parametrize(
        "text",
        [
            "那怎么办 能来人看看吗",
            "派人来",
            "上门看看行不",
            "嗯 派人来吧",
            "你们能不能安排个师傅上门",
            "来个师傅看一下呗",
            "派个人来抄一下行不",
            "能来人换吗",
            "能派人上门不",
        ],
    )
    def test_a_visit_is_wished_for(self, text: str) -> None:
        assert wishes_visit(text)

    @pytest.mark.parametrize(
        "text",
        [
            "派人来修灶",
            "什么时候派人来",
            "上门要多少钱",
            "不用派人来",
            "没人来看过",
            "幸福小区3号楼",
            "10020001",
            "别上门了",
        ],
    )
    def test_no_visit_is_wished_for(self, text: str) -> None:
        assert not wishes_visit(text)

    @pytest.mark.parametrize("text", ["下周二上午行不行", "明天上午来行吗", "周六可以不", "后天下午你们方便吗"])
    def test_a_time_is_proposed(self, text: str) -> None:
        assert proposes_time(text)

    @pytest.mark.parametrize("text", ["下周二上午不行", "行不行", "明天上午停气吗", "明天开门不", "下周二上午"])
    def test_no_time_is_proposed(self, text: str) -> None:
        assert not proposes_time(text)

    @pytest.mark.parametrize(
        "text",
        ["好", "行", "可以", "麻烦了", "快点吧", "嗯 麻烦快点", "好的 那就安排吧", "行 赶紧的", "快点吧 我还要做饭呢"],
    )
    def test_consent(self, text: str) -> None:
        assert consents(text)

    @pytest.mark.parametrize(
        "text", ["不行", "好贵", "快点告诉我多少钱", "赶紧把138的号码改了", "可以不去吗", "谢谢", "是不是", "1235"]
    )
    def test_no_consent(self, text: str) -> None:
        assert not consents(text)

    @pytest.mark.parametrize("text", ["下周二上午行不行", "这样行不", "好不好"])
    def test_whether_it_will_do_is_no_refusal(self, text: str) -> None:
        assert is_question(text)
        assert not holds_no(text)
        assert not only_declines(text)


class TestBill:
    async def test_what_a_visit_could_be_here_and_the_reading_is_asked_on(self) -> None:
        stage = Stage()
        await stage.begin("dispute_form", "气费太高了", "dispute_bill")
        await stage.answer("10020001")
        await stage.answer("那怎么办 能来人看看吗", "ask_reading_methods")
        assert stage.said == ["utter_dispute_visit", "utter_question_dispute_reading"]

    @pytest.mark.parametrize("intent", ["deny", "affirm", "query_work_order", "nlu_fallback"])
    async def test_a_proposed_time_ends_nothing(self, intent: str) -> None:
        stage = Stage()
        await stage.begin("dispute_form", "气费太高了", "dispute_bill")
        await stage.answer("10020001")
        await stage.answer("下周二上午行不行", intent)
        assert stage.said == ["utter_visit_time_by_phone", "utter_question_dispute_reading"]
        assert stage.slots["requested_slot"] == "dispute_reading"

    async def test_where_nobody_comes_that_is_said(self) -> None:
        stage = Stage()
        await stage.begin("balance_form", "查余额", "query_balance")
        asked = stage.slots["requested_slot"]
        await stage.answer("能来人看看吗", "request_repair")
        assert stage.said[0] == "utter_visit_not_needed"
        assert stage.slots["requested_slot"] == asked


class TestRepair:
    @pytest.mark.parametrize("text", ["嗯 派人来吧", "好", "麻烦了", "快点吧", "行 可以"])
    async def test_consent_is_not_misunderstood(self, text: str) -> None:
        stage = Stage()
        await stage.begin("repair_form", "灶的旋钮掉了", "request_repair")
        await stage.answer(text, "request_repair")
        assert stage.said == ["utter_one_thing_missing", "utter_question_visit_address"]

    async def test_more_of_what_is_to_be_mended(self) -> None:
        stage = Stage()
        await stage.begin("repair_form", "热水器不出热水", "request_repair")
        await stage.answer("海尔牌的 用了十年了", "nlu_fallback")
        assert stage.said[0] == "utter_repair_noted"
        assert stage.slots["repair_problem"].endswith("用了十年了")

    async def test_consent_again_and_again_leads_to_a_person(self) -> None:
        stage = Stage()
        await stage.begin("repair_form", "灶的旋钮掉了", "request_repair")
        for _ in range(2):
            await stage.answer("快点吧", "query_work_order")
        assert stage.said == ["utter_offer_person"]

    async def test_a_proposed_time_is_kept_at_the_address(self) -> None:
        stage = Stage()
        await stage.begin("repair_form", "灶的旋钮掉了", "request_repair")
        await stage.answer("明天上午行不行", "query_work_order")
        assert "上午" in stage.slots["visit_time"]
        assert "不" not in stage.slots["visit_time"]
        assert stage.slots["requested_slot"] == "visit_address"

    async def test_before_the_checks_are_made(self) -> None:
        stage = Stage()
        await stage.begin("no_gas_form", "幸福小区没气", "report_no_gas")
        await stage.answer("派人来看看行不", "request_repair")
        assert stage.said == ["utter_visit_after_this", "utter_question_no_gas_valve"]
        await stage.answer("明天上午行不行", "query_work_order")
        assert not stage.slots.get("no_gas_valve")
        assert "上午" in stage.slots["visit_time"]

    async def test_a_hurry_asks_for_no_order_that_exists(self) -> None:
        stage = Stage()
        await stage.begin("no_gas_form", "灶打不着火了", "report_no_gas")
        await stage.answer("快点吧 我还要做饭呢", "query_work_order")
        assert stage.said == ["utter_one_thing_missing", "utter_question_no_gas_community"]

    async def test_an_offered_visit_is_taken(self) -> None:
        stage = Stage()
        await stage.begin("meter_test_form", "我要验表", "request_meter_test")
        await stage.answer("能来人看看吗", "request_repair")
        assert stage.slots["requested_slot"] == "visit_address"


class TestOrder:
    async def test_an_urge_is_kept_until_the_order_is_found(self) -> None:
        stage = Stage()
        await stage.begin("order_form", "师傅什么时候来", "query_work_order")
        await stage.answer("13912345678")
        assert stage.said == ["utter_order_none_of_phone"]
        await stage.answer("催一下呗 等两天了", "query_work_order")
        assert stage.said == ["utter_order_urge_which"]
        assert stage.slots["order_hurried"] is True
        assert stage.slots["requested_slot"] == "order_reference"
        events = await stage.answer("那重新登记吧", "nlu_fallback")
        assert {"event": "followup", "timestamp": None, "name": "repair_form"} in events


class TestLostCard:
    async def test_whether_an_old_man_may_go_who_holds_no_account(self) -> None:
        stage = Stage()
        await stage.begin("card_lost_form", "卡丢了", "report_ic_card_lost")
        await stage.answer("老人去行吗 他不是户主", "transfer_ownership")
        assert stage.said == ["utter_card_proxy", "utter_question_lost_history"]


class TestReading:
    @pytest.mark.parametrize("text", ["表在厨房柜子里 我看不清", "太高了我够不着", "我眼睛不好 看不见数字"])
    @pytest.mark.parametrize("form", ["dispute_form", "reading_form"])
    async def test_who_cannot_read_the_meter_is_helped(self, form: str, text: str) -> None:
        stage = Stage()
        await stage.begin(form, "气费太高了" if form == "dispute_form" else "报数", "")
        await stage.answer("10020001")
        asked = stage.slots["requested_slot"]
        await stage.answer(text, "ask_pipe_modification")
        assert stage.said == ["utter_reading_hard"]
        assert stage.slots["requested_slot"] == asked

    async def test_who_reads_it_all_the_same_has_read_it(self) -> None:
        stage = Stage()
        await stage.begin("reading_form", "报数", "")
        await stage.answer("10020001")
        await stage.answer("我戴老花镜看的 黑的…1240")
        assert "utter_reading_hard" not in stage.said
