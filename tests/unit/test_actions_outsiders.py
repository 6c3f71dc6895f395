"""What outsiders said that nobody had thought of: pieces, second thoughts, answers to a question put later."""

import pytest

from actions.checks import wants, works_again
from actions.complaint import goes_on
from actions.contacts import time_in, without_day
from actions.gas_start_up import Use, use_in
from actions.meter_reading import reading_in, without_reading
from actions.mood import insults
from actions.steering import is_misunderstood, wants_to_go_on
from actions.turns import Json
from actions.understanding import holds_thanks, without_tag
from bot.testing import START
from tests.unit.actions_stage import Stage


def followed_by(events: list[Json]) -> str | None:
    return next((event["name"] for event in events if event["event"] == "followup"), None)


@pytest.mark.parametrize("text", ["住家", "自己家住的", "居民", "家里用", "日常做饭"])
def test_who_lives_there_cooks_there(text: str) -> None:
    assert use_in(text) is Use.COOKING


@pytest.mark.parametrize(
    ("text", "address", "value"),
    [
        ("阳光花园2号楼2单元302报数463", "阳光花园2号楼2单元302", 463),
        ("3号楼2单元501 读数是1235方", "3号楼2单元501", 1235),
        ("报数3号楼2单元501", "报数3号楼2单元501", None),
        ("我要报数 10020001", "我要报数 10020001", None),
    ],
)
def test_a_reading_behind_an_address_is_no_part_of_it(text: str, address: str, value: int | None) -> None:
    assert without_reading(text).strip() == address
    assert reading_in(text, asked=False) == value


@pytest.mark.parametrize("text", ["还是报吧", "继续", "接着办", "那还是查一下吧"])
def test_on_with_what_was_left(text: str) -> None:
    assert wants_to_go_on(text)


@pytest.mark.parametrize("text", ["还是算了", "继续交费怎么交", "还是没气", "再问一下营业厅几点开门"])
def test_something_else(text: str) -> None:
    assert not wants_to_go_on(text)


async def test_what_was_left_is_taken_up_again_in_other_words() -> None:
    stage = Stage()
    await stage.begin("reading_form", "报数，户号10020001", "report_meter_reading")
    await stage.answer("算了不报了")
    stage.form = None
    events = await stage.act("action_deny", "还是报吧", "deny")
    assert followed_by(events) == "reading_form"


@pytest.mark.parametrize("text", ["你说的不对 我要的不是这个", "答非所问", "不是这个意思", "你没听懂"])
def test_the_wrong_dialogue_is_left(text: str) -> None:
    assert is_misunderstood(text)


@pytest.mark.parametrize("text", ["不对，是3号楼", "地址说的不对", "我说的不是3号楼", "不是"])
def test_a_correction_is_no_wrong_dialogue(text: str) -> None:
    assert not is_misunderstood(text)


async def test_who_is_misunderstood_is_not_asked_the_same_again() -> None:
    stage = Stage()
    await stage.begin("dispute_form", "气费怎么这么贵", "dispute_bill")
    await stage.answer("我要的不是这个", "deny")
    assert stage.said == ["utter_misunderstood"]
    assert stage.slots["requested_slot"] is None


def test_a_question_at_the_end_asks_only_whether_it_will_do() -> None:
    assert without_tag("就我自己去行吗") == "就我自己去"
    assert without_tag("自己去可以不？") == "自己去"
    assert without_tag("行吗") == ""


async def test_the_answer_in_a_question_counts() -> None:
    stage = Stage()
    await stage.begin("transfer_form", "二手房过户", "transfer_ownership")
    await stage.answer("就我自己去行吗", "open_account")
    assert stage.said[-1] == "utter_anything_else"
    assert "utter_transfer_papers" in stage.said


async def test_an_address_instead_of_an_answer_is_looked_up() -> None:
    stage = Stage()
    await stage.begin("open_account_form", "怎么开户", "open_account")
    events = await stage.answer("幸福小区3号楼2单元501", "out_of_scope")
    assert followed_by(events) == "startup_form"
    assert stage.slots["address"]


async def test_where_there_is_no_gas_yet_nothing_is_interrupted() -> None:
    stage = Stage()
    await stage.begin("outage_form", "翠湖名邸啥时候能通上气", "ask_outage")
    assert stage.said == ["utter_coverage_planned"]


@pytest.mark.parametrize("text", ["灶上电池刚换的", "电池新的", "电池昨天才换的"])
def test_a_battery_that_is_new_is_not_the_cause(text: str) -> None:
    assert works_again(text) is False


async def test_an_answer_to_a_later_question_is_kept() -> None:
    stage = Stage()
    await stage.begin("no_gas_form", "是不是欠费把我气停了 打不着火，幸福小区", "report_no_gas")
    assert stage.said[0] == "utter_no_gas_arrears"
    await stage.answer("普通表")
    assert "utter_please_answer" not in stage.said
    assert stage.slots["no_gas_meter"] == "普通表"
    assert stage.slots["requested_slot"] == "no_gas_valve"


@pytest.mark.parametrize("text", ["就昨天下午来我家换表的那个", "而且他还骂人了", "当时邻居也看见了"])
def test_more_of_the_story(text: str) -> None:
    assert goes_on(text)


@pytest.mark.parametrize(
    "text", ["13800001234", "就是这个电话13800001234", "那个我要多少天能有答复？", "好的", "我要报数"]
)
def test_no_more_of_the_story(text: str) -> None:
    assert not goes_on(text)


async def test_the_story_goes_on_while_the_number_is_asked_for() -> None:
    stage = Stage()
    await stage.begin("complaint_form", "维修的进门不穿鞋套还骂人，我要投诉", "make_complaint")
    await stage.answer("就昨天下午来我家换表的那个", "query_work_order")
    assert stage.said == ["utter_complaint_added"]
    await stage.answer("电话13700001111", "request_callback")
    (order,) = stage.casework.orders
    assert "换表的那个" in order.summary
    assert order.contact_phone == "13700001111"


async def test_what_is_added_may_make_it_grave() -> None:
    stage = Stage()
    await stage.begin("complaint_form", "维修的进门不穿鞋套，我要投诉", "make_complaint")
    await stage.answer("而且他动手打人，人还在医院", "make_complaint")
    assert stage.signals["handoff"]["for_lead"]


async def test_nobody_is_called_at_midnight() -> None:
    said = time_in("半夜十二点以后我才有空", START)
    assert said is not None
    assert said.text == "半夜12点以后"
    stage = Stage()
    await stage.begin("callback_form", "给我回个电话13800001234", "request_callback")
    await stage.answer("半夜十二点以后我才有空")
    assert stage.said == ["utter_callback_hours"]


async def test_the_house_and_a_number_said_too_early_are_kept_for_the_visit() -> None:
    stage = Stage()
    await stage.begin("no_gas_form", "打不着火了，幸福小区", "report_no_gas")
    await stage.answer("三号楼二单元五零一")
    assert "utter_please_answer" not in stage.said
    await stage.answer("13800001234")
    assert (stage.slots["visit_address"], stage.slots["visit_phone"]) == ("幸福小区3号楼2单元501", "13800001234")
    assert stage.slots["requested_slot"] == "no_gas_valve"


async def test_a_battery_not_changed_yet_is_waited_for() -> None:
    stage = Stage()
    await stage.begin("no_gas_form", "打不着火了，幸福小区", "report_no_gas")
    await stage.answer("阀门开着，还是没气")
    await stage.answer("没换过电池")
    assert stage.said == ["utter_not_yet"]
    await stage.answer("换了 还不行")
    assert stage.slots["requested_slot"] == "no_gas_meter"


async def test_who_reads_a_display_has_a_card_meter() -> None:
    stage = Stage()
    await stage.begin("no_gas_form", "打不着火了，幸福小区", "report_no_gas")
    await stage.answer("阀门开着，还是没气")
    await stage.answer("灶上电池刚换的")
    await stage.answer("表屏幕上有数字 显示还有52方")
    assert (stage.slots["no_gas_meter"], stage.slots["no_gas_display"]) == ("IC卡表", "显示正常")


@pytest.mark.parametrize("said", ["那验吧", "换吧", "就测一下吧"])
def test_that_is_a_yes_to_an_offer(said: str) -> None:
    assert wants(said) is True


def test_thinking_it_over_is_a_no_for_now() -> None:
    assert wants("那我先想想") is False


async def test_an_afterthought_is_not_met_with_a_shrug() -> None:
    stage = Stage()
    stage.slots["settled"] = ["startup_form", "点火开通", "继续办理点火开通"]
    await stage.act("action_default_fallback", "做餐饮生意的", "nlu_fallback")
    assert stage.said == ["utter_settled_noted"]
    await stage.act("action_default_fallback", "呱呱呱", "nlu_fallback")
    assert stage.said == ["utter_offer_person"]


async def test_who_begins_in_pieces_is_greeted_once() -> None:
    stage = Stage()
    await stage.act("action_answer", "姑娘", "greet")
    await stage.act("action_answer", "我这个煤气", "greet")
    assert stage.said == ["utter_go_on"]


async def test_a_test_of_the_meter_is_not_asked_for_in_vain() -> None:
    stage = Stage()
    await stage.begin("dispute_form", "表肯定有毛病，一个月跑了一百方", "dispute_bill")
    events = await stage.answer("我要验表", "request_meter_test")
    assert followed_by(events) == "meter_test_form"
    assert stage.said[-1] == "utter_dispute_meter_test"


async def test_what_it_was_before_is_no_failed_answer() -> None:
    stage = Stage()
    await stage.begin("dispute_form", "气费咋三百多", "dispute_bill")
    await stage.answer("以前都七八十")
    assert stage.said == ["utter_dispute_noted", "utter_question_dispute_account"]


async def test_nearly_nothing_used_is_nothing() -> None:
    stage = Stage()
    await stage.begin("price_form", "用500方要交多少钱，居民", "ask_gas_price")
    await stage.answer("今年没怎么用")
    assert stage.said[0] == "utter_price_from_zero"


def test_two_days_are_written_as_they_are_said() -> None:
    said = time_in("明后天都行", START)
    assert said is not None
    assert said.text == "明后天都行"


async def test_the_day_of_a_visit_is_no_part_of_the_house() -> None:
    stage = Stage()
    await stage.begin("repair_form", "旋钮掉了", "request_repair")
    await stage.answer("来吧 幸福小区3号楼2单元501 15900001111 周三上午")
    assert stage.slots["visit_address"] == "幸福小区3号楼2单元501"
    assert "上午" in stage.slots["visit_time"]


@pytest.mark.parametrize("text", ["304 周三上午", "304明天下午三点", "304星期天"])
def test_days_and_hours_are_left_out(text: str) -> None:
    assert without_day(text).strip() == "304"


async def test_an_insult_begins_no_complaint_and_the_second_brings_a_person() -> None:
    stage = Stage()
    await stage.begin("complaint_form", "垃圾公司", "make_complaint")
    assert stage.said == ["utter_insulted"]
    assert stage.form is None
    await stage.begin("complaint_form", "都是一帮废物", "make_complaint")
    assert "handoff" in stage.signals
    assert stage.casework.orders == []


async def test_another_work_than_the_one_told_about_is_answered() -> None:
    stage = Stage()
    await stage.begin("pipe_form", "想把管子包起来", "ask_pipe_modification")
    await stage.answer("那挪个位置呢", "ask_pipe_modification")
    assert stage.slots["pipe_work"] == "改管道位置"
    assert "utter_please_answer" not in stage.said


@pytest.mark.parametrize("said", ["插过卡了没用", "邻居家有"])
async def test_more_of_what_was_tried_is_noted_while_the_visit_is_arranged(said: str) -> None:
    stage = Stage()
    await stage.begin("no_gas_form", "打不着火了，幸福小区3号楼2单元501", "report_no_gas")
    for answer in ("阀门开着，还是没气", "电池是新的", "普通表", "问不到"):
        await stage.answer(answer)
    assert stage.slots["requested_slot"] == "visit_phone"
    await stage.answer(said, "report_ic_card_lost")
    assert stage.said == ["utter_repair_noted", "utter_question_visit_phone"]


@pytest.mark.parametrize("said", ["你到底能不能解决", "你们这什么破公司", "太麻烦了", "给我个说法"])
def test_discontent_and_nothing_else(said: str) -> None:
    assert insults(said)


@pytest.mark.parametrize("said", ["能不能", "能解决吗", "真麻烦你们了", "垃圾燃气表坏了", "到底哪天来气"])
def test_there_is_something_to_answer(said: str) -> None:
    assert not insults(said)


async def test_sarcasm_is_no_praise() -> None:
    stage = Stage()
    await stage.act("action_praise", "呵呵 你们服务真好啊", "praise")
    assert stage.said == ["utter_insulted"]
    assert stage.casework.orders == []


@pytest.mark.parametrize(("said", "thanks"), [("谢啦", True), ("麻烦你了", True), ("太麻烦了", False), ("感恩", True)])
def test_a_word_of_thanks(said: str, thanks: bool) -> None:
    assert holds_thanks(said) is thanks


async def test_who_thanks_for_nothing_is_not_told_that_he_is_welcome() -> None:
    stage = Stage()
    await stage.act("action_answer", "又要跑一趟", "thank")
    assert stage.said == ["utter_not_understood"]


async def test_a_telephone_number_without_an_order_leads_to_one() -> None:
    stage = Stage()
    await stage.begin("order_form", "等了一天了师傅还不来", "query_work_order")
    await stage.answer("没有工单号 就打电话报的")
    await stage.answer("13800009999")
    assert stage.said == ["utter_order_none_of_phone"]
    assert followed_by(await stage.answer("好的", "affirm")) == "repair_form"


async def test_the_balance_is_told_once_and_then_looked_into() -> None:
    stage = Stage()
    await stage.begin("balance_form", "上个月交了两百块钱到现在没到账", "query_balance")
    assert stage.said[0] == "utter_balance_credit"
    await stage.answer("10020002")
    await stage.answer("尾号5678")
    assert stage.said[0].startswith("utter_balance")
    stage.form = None
    await stage.begin("balance_form", "余额怎么才这么点 我交了两百", "query_balance")
    assert stage.said == ["utter_balance_doubted"]
    assert stage.slots["offer"] == "person"


async def test_how_the_flame_behaves_is_no_address() -> None:
    stage = Stage()
    await stage.begin("repair_form", "燃气灶不好用", "request_repair")
    await stage.answer("火一会大一会小")
    assert stage.slots.get("visit_address") is None
