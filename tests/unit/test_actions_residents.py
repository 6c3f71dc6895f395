"""What live residents said that led astray: pieces of an address, prices of a part, dialogues nobody asked for."""

import pytest

from actions.contacts import on_the_same_day
from actions.follow_ups import About, follow_up
from actions.gas_start_up import water_heater_in
from actions.mood import finds_fault, is_upset
from actions.pieces import put_together
from actions.places import match_account
from actions.quantities import CUBIC, amount_in
from actions.rejections import denies, rejects
from actions.steering import wants_to_stop
from actions.testing import sample_records
from bot.domain.gas import Community
from bot.domain.places import dwelling, is_only_dwelling, match_communities
from tests.unit.actions_stage import Stage

GARDENS = [Community(id=each, name=f"锦绣家园{each}", supplied=True) for each in ("一期", "二期")]


@pytest.mark.parametrize(
    ("said", "meant"), [("锦绣二期", ["二期"]), ("锦绣家园二期", ["二期"]), ("锦绣家园", ["一期", "二期"])]
)
def test_the_part_that_is_said_tells_which_is_meant(said: str, meant: list[str]) -> None:
    assert [each.id for each in match_communities(said, GARDENS)] == meant


def test_a_shop_is_said_once_and_a_filler_is_no_name() -> None:
    assert [part.value for part in dwelling("底商9号 门面房没有单元的")] == ["shop", "9"]
    assert is_only_dwelling("3号楼2单元 门牌501")


class TestStartUp:
    async def begun(self, text: str) -> Stage:
        stage = Stage()
        await stage.begin("startup_form", text, "ask_startup_requirements")
        return stage

    async def test_a_building_alone_is_no_address(self) -> None:
        stage = await self.begun("幸福小区3号楼 想开通燃气")
        assert (stage.said, stage.slots["requested_slot"]) == (["utter_startup_which_room"], "startup_address")
        await stage.answer("2单元502")
        assert (stage.slots["requested_slot"], stage.slots["startup_address"]) == (
            "startup_water_heater",
            "3号楼2单元502",
        )

    async def test_who_has_no_unit_to_tell_is_believed_the_second_time(self) -> None:
        stage = await self.begun("幸福小区3号楼 想开通燃气")
        await stage.answer("3号楼")
        assert stage.slots["startup_address"] == "3号楼"

    async def test_a_dwelling_before_the_community_is_chosen_is_kept(self) -> None:
        stage = await self.begun("阳光花园想开通燃气")
        assert stage.said == ["utter_which_community"]
        await stage.answer("7栋1单元101", "report_meter_reading")
        assert stage.said == ["utter_which_community"]
        await stage.answer("二期")
        assert (stage.slots["startup_community"], stage.slots["startup_address"]) == ("c3", "7栋1单元101")

    @pytest.mark.parametrize(
        ("question", "response"),
        [
            ("普通住家 就一个灶 预存多少", "utter_startup_cost"),
            ("存多少 在哪存", "utter_startup_cost"),
            ("饭馆预存是200还是2000", "utter_startup_cost"),
            ("存钱能在手机上存吗", "utter_startup_cost"),
            ("那预存的200块是能抵气费的嘛", "utter_startup_prepay_kind"),
            ("预存的钱能退吗", "utter_startup_prepay_kind"),
            ("那改装要钱不", "utter_startup_refit"),
            ("要不要房东来签字", "utter_startup_papers"),
            ("那我现在能先把合同签了不", "utter_startup_cost"),
        ],
    )
    async def test_what_is_asked_of_a_part_is_answered_here(self, question: str, response: str) -> None:
        stage = await self.begun("幸福小区3号楼2单元502 想开通燃气")
        await stage.answer(question, "ask_opening_fee")
        assert stage.said[0] == response
        await stage.answer("没有热水器 就做饭")
        stage.ends()
        await stage.begin("opening_fee_form", question, "ask_opening_fee")
        assert (stage.said, stage.form) == ([response], None), "and right behind the answer too"

    async def test_what_a_question_tells_besides_is_kept(self) -> None:
        stage = await self.begun("想开通燃气")
        await stage.answer("普通住家 就一个灶 预存多少", "ask_opening_fee")
        assert stage.slots["startup_use"] == "只做饭"

    async def test_a_restaurant_that_fries_is_still_one(self) -> None:
        stage = await self.begun("我在幸福小区底商12号盘了个店面开饺子馆 燃气怎么开")
        await stage.answer("没有 就炒菜的灶")
        assert stage.facts["prepay"] == "2000"


class TestReading:
    async def test_the_estate_beside_an_excuse_counts(self) -> None:
        stage = Stage()
        await stage.begin("reading_form", "报个燃气表数", "report_meter_reading")
        await stage.answer("户号我哪记得住啊 幸福小区的")
        await stage.answer("3号楼二单元 501室")
        assert stage.slots["reading_account"] == "10020002"

    async def test_a_reading_called_a_number_is_no_part_of_the_address(self) -> None:
        stage = Stage()
        await stage.begin("reading_form", "报数 幸福小区3号楼2单元501 数是1210", "report_meter_reading")
        assert stage.slots["reading_account"] == "10020002"
        assert stage.slots["reading_value"] == "1210.000"

    async def test_the_last_reading_is_not_needed_and_leads_nowhere_else(self) -> None:
        stage = Stage()
        await stage.begin("reading_form", "报数 幸福小区3号楼2单元501", "report_meter_reading")
        await stage.answer("你先告诉我上回是多少", "query_balance")
        assert stage.said == ["utter_reading_last_untold", "utter_question_reading_value"]

    async def test_another_doubtful_value_is_doubted_once_more_and_the_same_goes_to_a_person(self) -> None:
        stage = Stage()
        await stage.begin("reading_form", "报数 10020002 读数9000", "report_meter_reading")
        assert stage.slots["requested_slot"] == "reading_checked"
        await stage.answer("哎看错了 是8000")
        assert (stage.slots["requested_slot"], stage.signals.get("handoff")) == ("reading_checked", None)
        await stage.answer("8000")
        assert stage.signals["handoff"]


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ("card_form", "我家不是卡表"),
        ("card_form", "不是卡 我说那2000块钱手机上能不能交"),
        ("balance_form", "不查余额！我要约师傅上门点火"),
        ("reading_form", "不是报数 我是问一年总共用420方得交多少钱"),
        ("open_account_form", "不是开户 是装热水器带啥证件"),
    ],
)
def test_a_matter_is_denied(form: str, said: str) -> None:
    assert denies(form, said)


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ("repair_form", "没修好"),
        ("startup_form", "那不用开通吗"),
        ("reading_form", "读数不是1235"),
        ("card_form", "卡没反应"),
    ],
)
def test_a_matter_is_not_denied(form: str, said: str) -> None:
    assert not denies(form, said)


@pytest.mark.parametrize("said", ["不是开户 是装热水器带啥证件", "不查余额！我要约师傅上门点火"])
def test_a_denial_with_another_wish_rejects(said: str) -> None:
    assert rejects(said)


async def test_a_dialogue_that_is_denied_ends_and_one_that_waits_is_forgotten() -> None:
    stage = Stage()
    await stage.begin("startup_form", "想开通燃气", "ask_startup_requirements")
    await stage.begin("balance_form", "存钱在哪看", "check_balance")
    assert stage.slots["paused_forms"] == ["startup_form"]
    await stage.answer("我不查余额")
    assert (stage.said[0], stage.slots["paused_forms"]) == ("utter_left_dialogue_early", [])


@pytest.mark.parametrize("said", ["不报数 那没事了 到时候再说吧 谢谢", "我家不是卡表 算了 我去营业厅吧"])
def test_long_goodbyes_leave_too(said: str) -> None:
    assert wants_to_stop(said)


class TestVisit:
    async def asked_to_confirm(self) -> Stage:
        stage = Stage()
        text = "灶打不着火 想报修 幸福小区3号楼2单元501 13900005678 周六上午"
        await stage.begin("repair_form", text, "request_repair")
        for _ in range(4):
            if stage.slots["requested_slot"] != "visit_confirmed":
                await stage.answer("还是不行")
        return stage

    def test_other_hours_are_of_the_same_day(self) -> None:
        assert on_the_same_day("11月28日（周六）上午", "下午") == "11月28日（周六）下午"
        assert on_the_same_day("11月28日（周六）上午", "明天下午") == "明天下午"


async def test_a_question_behind_an_answer_is_answered() -> None:
    stage = Stage()
    await stage.begin("pipe_form", "我想把厨房的表挪到阳台", "ask_pipe_refit")
    await stage.answer("需要 不过先问下那期间能做饭不")
    assert stage.said[0] == "utter_work_cuts_gas"
    assert stage.slots["requested_slot"] == "visit_address"
    await stage.answer("幸福小区5号楼1单元201 电话15012340000 改表的时候停气不")
    assert stage.said[0] == "utter_work_cuts_gas"
    assert stage.slots["requested_slot"] == "visit_time"


async def test_a_volume_said_again_for_the_whole_year_begins_from_zero() -> None:
    stage = Stage()
    await stage.begin("price_form", "我家用了420方 要多少钱", "ask_gas_price")
    while stage.slots["requested_slot"] == "price_use":
        await stage.answer("居民")
    await stage.answer("都没算过 就全年420")
    assert stage.said[0] == "utter_price_from_zero"


async def test_a_dwelling_behind_its_estate_is_no_reading() -> None:
    stage = Stage()
    await stage.begin("startup_form", "翠湖名邸能开通燃气吗", "ask_startup_requirements")
    stage.ends()
    await stage.begin("reading_form", "1号楼1单元201", "report_meter_reading")
    assert (stage.said, stage.slots["requested_slot"]) == (["utter_what_for_place"], None)


@pytest.mark.parametrize("form", ["transfer_form", "open_account_form"])
def test_a_bare_no_to_the_matter_denies_it(form: str) -> None:
    assert denies(form, {"transfer_form": "不过户 我就想灶能用", "open_account_form": "不是报装 是改那个热水器"}[form])


async def test_an_interruption_is_told_of_in_the_middle_of_the_checks() -> None:
    stage = Stage()
    await stage.begin("no_gas_form", "阳光花园二期打不着火", "report_no_gas")
    await stage.answer("我说小区停不停气呀 通知上写后天检修", "ask_outage")
    assert stage.said[0].startswith("utter_outage")
    assert stage.slots["requested_slot"] == "no_gas_valve"


async def test_a_doubted_late_fee_is_no_arrears() -> None:
    stage = Stage()
    await stage.begin("balance_form", "户号10020005 欠多少", "query_balance")
    await stage.answer("幸福小区5号楼1单元201")
    stage.ends()
    await stage.begin("late_fee_form", "滞纳金咋这么多 不是九块吗", "ask_late_fee")
    assert stage.slots["late_fee_arrears"] != "9"
    assert stage.slots["requested_slot"] is None, "the account tells the arrears"


async def test_the_neighbours_account_is_put_right_at_the_read_back() -> None:
    stage = Stage()
    await stage.begin("reading_form", "报数 10020001 读数1210", "report_meter_reading")
    assert stage.slots["requested_slot"] == "reading_confirmed"
    await stage.answer("户号我说成邻居的了 我家是10020002", "query_balance")
    assert stage.slots["reading_account"] == "10020002"


async def test_the_other_end_of_a_number_is_no_address() -> None:
    stage = Stage()
    await stage.begin("callback_form", "给我回个电话 13900001234 明天上午", "request_callback")
    assert stage.slots["requested_slot"] == "visit_confirmed"
    await stage.answer("可以 哎等等 电话错了 最后四位是5679")
    assert (stage.slots["visit_phone"], stage.slots["visit_address"]) == ("13900005679", None)


def test_who_gives_up_for_a_person_wants_one() -> None:
    assert not wants_to_stop("算了 转人工")
    assert wants_to_stop("算了 不用转人工了")


def test_what_was_said_before_is_a_yes() -> None:
    assert water_heater_in("刚才不是说了有吗 网上买的", asked=True) is True


@pytest.mark.parametrize("said", ["等我弟办好再说", "先不留了 办好再找你们"])
def test_who_puts_it_off_leaves(said: str) -> None:
    assert wants_to_stop(said)


@pytest.mark.parametrize(
    ("said", "about"),
    [
        ("我妈自己去 要带什么", About.PAPERS),
        ("我意思是哪天上门 要不要我打电话约", About.WHEN),
        ("我不是户主 租户可以办吗", About.PROXY),
    ],
)
def test_relatives_and_tenants_name_no_subject(said: str, about: About) -> None:
    assert follow_up(said) is about


async def test_papers_asked_behind_a_statement_are_of_the_matter_in_hand() -> None:
    stage = Stage()
    await stage.begin("heater_form", "她有个旧的热水器 网上买的", "ask_water_heater_conversion")
    await stage.answer("还没办呢 我得让我弟去 要带啥东西", "open_account")
    assert "utter_heater_papers" in stage.said
    assert stage.slots["requested_slot"] == "heater_visit"


def test_a_mother_is_no_insult_and_a_rude_inspector_no_praise() -> None:
    assert not is_upset("我爸走了 气表还是他名字 要改成我妈的")
    assert finds_fault("前几天安检的师傅态度不好")
    assert not finds_fault("师傅态度很好 服务周到")


async def test_a_matter_that_is_denied_leads_to_the_one_that_is_named() -> None:
    stage = Stage()
    await stage.act("action_answer", "你好", "greet")
    text = "不是查余额 我要报表的"
    stage.ranking = [{"name": "query_balance", "confidence": 0.6}, {"name": "report_meter_reading", "confidence": 0.3}]
    events = await stage.begin("balance_form", text, "query_balance")
    assert {"event": "followup", "name": "reading_form"}.items() <= events[-1].items()


def test_a_rough_volume_is_the_middle() -> None:
    assert amount_in("我一个月大概用三四十方呢", CUBIC) == 35


async def test_a_villa_has_one_number() -> None:
    town = sample_records()
    match = await match_account("幸福小区底商12号 一户一栋没有单元", town)
    assert match is not None
    assert match.account is not None


@pytest.mark.parametrize("said", ["2单元", "2单元501", "2单元 2单元501"])
def test_the_unit_belongs_between_building_and_room(said: str) -> None:
    assert put_together("reading_account", said, {"building": "3号楼501室"})[0] == "3号楼2单元501室"


def test_another_room_is_no_unit_of_this_one() -> None:
    assert put_together("reading_account", "2单元601", {"building": "3号楼501室"})[0] != "3号楼2单元501室"
