"""What is said beside a question leads away from nothing: the question is put again, and nobody is misunderstood."""

from typing import Any

import pytest

from actions.beside import said_beside
from actions.meter_reading import reading_in
from actions.places import find_account
from actions.steering import (
    asks_what_we_do,
    asks_why,
    tells_how_to_reach,
    wants_an_answer,
    wants_to_go_on,
    wants_to_stop,
)
from actions.turns import Heard, continues
from actions.understanding import is_question
from tests.unit.actions_stage import Stage


async def reporting() -> Stage:
    stage = Stage()
    await stage.begin("reading_form", "我要报数", "report_meter_reading")
    return stage


# --- words -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", ["你问这个干啥", "要我电话干嘛", "你们自己系统里没有吗", "为啥要户号", "问这么多有什么用"]
)
def test_asks_why(text: str) -> None:
    assert asks_why(text)


@pytest.mark.parametrize(
    "text", ["为什么要交200块", "我要问一下气价", "开户要带什么", "你们系统坏了我交不了费怎么弄 10010001", "在干嘛呢"]
)
def test_does_not_ask_why(text: str) -> None:
    assert not asks_why(text)


@pytest.mark.parametrize("text", ["那你们管啥", "你能干什么", "你们都能办哪些业务", "有什么服务"])
def test_asks_what_we_do(text: str) -> None:
    assert asks_what_we_do(text)


@pytest.mark.parametrize("text", ["停水了你们管不管", "开户能办吗", "这个业务要带什么", "气没了管不管啊"])
def test_asks_something_of_its_own(text: str) -> None:
    assert not asks_what_we_do(text)


@pytest.mark.parametrize("text", ["中午吃饭别给我打电话哈", "有事打我电话别打给她 13812345672", "晚上不要打过来"])
def test_tells_how_to_reach_him(text: str) -> None:
    assert tells_how_to_reach(text)


@pytest.mark.parametrize("text", ["给我回个电话", "能不能让人打我电话", "打电话没人接"])
def test_wants_to_be_called_or_not(text: str) -> None:
    assert not tells_how_to_reach(text)


@pytest.mark.parametrize("text", ["算了接着报数吧", "算了 还是报吧"])
def test_goes_on_after_all(text: str) -> None:
    assert wants_to_go_on(text)
    assert not wants_to_stop(text)


@pytest.mark.parametrize(
    "text", ["我住这儿二十多年了 原来是厂里的家属院", "哦36小时后啊", "充了200块", "我七十三岁了", "家里3口人"]
)
def test_how_long_how_old_how_much_is_no_reading(text: str) -> None:
    assert reading_in(text, asked=True) is None


@pytest.mark.parametrize("text", ["3120", "黑的那几个数是3120 红的没抄", "走到3120个字了", "是3120度"])
def test_a_reading_is_one(text: str) -> None:
    assert reading_in(text, asked=True) == 3120


async def test_a_mobile_number_is_no_account_number() -> None:
    assert await find_account("我换了新手机号13612345676", Stage().records) == ("", None)


@pytest.mark.parametrize("text", ["随便哪天我都在", "什么时候都行", "不管几点", "哪天都可以"])
def test_any_will_do_is_no_question(text: str) -> None:
    assert not is_question(text)


@pytest.mark.parametrize("text", ["哪天来", "在哪里都能交吗", "什么时候有人", "几点下班"])
def test_a_question_is_one(text: str) -> None:
    assert is_question(text)


def test_impatience_is_no_wish_for_a_person() -> None:
    assert wants_an_answer("人呢？")
    assert not wants_an_answer("人呢 我要人工")


# --- in a dialogue ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "intent", "said"),
    [
        ("你问这个干啥", "ask_agent_identity", "utter_why_asked"),
        ("中午吃饭别给我打电话哈", "request_callback", "utter_repair_noted"),
        ("13612345677", "request_callback", "utter_repair_noted"),
    ],
)
async def test_the_dialogue_goes_on(text: str, intent: str, said: str) -> None:
    stage = await reporting()
    await stage.answer(text, intent)
    assert stage.said == [said, "utter_question_reading_account"]


async def test_who_needs_no_number_is_told_so() -> None:
    stage = Stage()
    await stage.begin("no_gas_form", "家里没气了", "report_no_gas")
    await stage.answer("我是租房的不知道户号", "pay_bill")
    assert stage.said == ["utter_number_not_needed", "utter_question_no_gas_community"]


async def test_a_sound_is_no_failure() -> None:
    stage = await reporting()
    await stage.answer("哦", "out_of_scope")
    assert stage.said == ["utter_question_reading_account"]
    assert not stage.slots.get("failures")


def test_where_somebody_lives_is_no_address_and_no_other_matter() -> None:
    assert said_beside(Heard("我住这儿二十多年了 原来是厂里的家属院", "ask_supply_coverage"))
    assert said_beside(Heard("我住滨河小区12号楼3单元601")) is None


def _user(*, more: bool) -> dict[str, Any]:
    return {"event": "user", "parse_data": {"more": more}}


def test_a_later_part_of_one_message_is_known() -> None:
    assert continues([_user(more=True), {"event": "bot"}, _user(more=False)])
    assert not continues([_user(more=False), _user(more=False)])


async def test_who_complains_and_asks_what_good_it_does_is_told_when_he_is_answered() -> None:
    stage = Stage()
    await stage.begin("complaint_form", "抄表的从来不来 每次都是估的 我要投诉", "make_complaint")
    await stage.answer("你先告诉我投诉了有没有用", "ask_agent_identity")
    assert stage.said[:1] == ["utter_complaint_when"]
    await stage.answer("多久给答复", "ask_late_fee")
    assert stage.said[:1] == ["utter_complaint_when"]


async def test_what_is_told_in_the_middle_of_a_complaint_belongs_to_it() -> None:
    stage = Stage()
    await stage.begin("complaint_form", "你们停气害得我店里一天没开张", "make_complaint")
    await stage.answer("和顺商业街底商24号 面馆", "nlu_fallback")
    await stage.answer("我要你们给个交代", "make_complaint")
    assert stage.said == ["utter_complaint_added"]
    assert "面馆" in stage.slots["complaint_what"]


async def test_about_how_much_a_flat_owes() -> None:
    stage = Stage()
    await stage.begin("late_fee_form", "我那房子一年没住人 会不会给我收滞纳金", "ask_late_fee")
    await stage.answer("好像欠了五十来块", "query_balance")
    assert stage.slots["late_fee_arrears"] == "50"


async def test_a_check_that_was_not_asked_for_is_kept() -> None:
    stage = Stage()
    await stage.begin("no_gas_form", "幸福小区没气了", "report_no_gas")
    await stage.answer("换过电池了 还是不行", "report_no_gas")
    assert stage.slots["no_gas_battery"]
    assert stage.slots["requested_slot"] == "no_gas_valve"


async def test_papers_at_hand_are_noted_and_a_proxy_may_be_asked_for() -> None:
    stage = Stage()
    await stage.begin("transfer_form", "我买了个二手房 煤气还是前房东的名", "transfer_ownership")
    await stage.answer("红本在手 发票没有", "ask_invoice")
    assert stage.said[0] == "utter_repair_noted"
    await stage.answer("能让我老婆去办吗", "open_account")
    assert "utter_transfer_papers" in stage.said
