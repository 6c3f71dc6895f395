"""Manners of every dialogue: beginning anew, waiting, never asking three times, coming back."""

import pytest

from actions.asking import TIMES_BEFORE_OFFER
from actions.places import corrected_dwelling
from actions.steering import begins_afresh, wants_time
from actions.turns import silence_before
from bot.domain.company.promises import Sla
from tests.unit.actions_stage import DOMAIN, Stage


async def reporting() -> Stage:
    """A meter reading is asked for; the account is known."""
    stage = Stage()
    await stage.begin("reading_form", "我要报数，户号10020001", "report_meter_reading")
    return stage


# --- words -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "besides"),
    [
        ("重新来", ""), ("从头来吧", ""), ("我想重新开始", ""), ("再来一遍", ""), ("不对，重新来", ""),
        ("算了，从头开始办", ""),        ("重新来，户号10020002", "户号10020002"),
    ],
)  # fmt: skip
def test_beginning_anew(text: str, besides: str) -> None:
    assert begins_afresh(text) == besides


@pytest.mark.parametrize(
    "text", ["重新报一下读数", "我要报数", "停气以后什么时候重新来气呢我家在幸福小区", "1235", "重新说一下户号", ""]
)
def test_not_beginning_anew(text: str) -> None:
    assert not begins_afresh(text)


@pytest.mark.parametrize("text", ["等一下", "稍等我去看看", "等会儿", "我看看", "您等下哈"])
def test_wanting_time(text: str) -> None:
    assert wants_time(text)


@pytest.mark.parametrize("text", ["等一下，我想问停气", "要等一会儿吗多久", "等一下是1235", "等了一下午"])
def test_not_wanting_time(text: str) -> None:
    assert not wants_time(text)


@pytest.mark.parametrize(
    ("before", "stated", "after"),
    [
        ("3号楼2单元502", "5号楼", "5号楼2单元502室"),
        ("3号楼2单元502室", "601", "3号楼2单元601室"),
        ("3号楼2单元502", "1单元601", "3号楼1单元601室"),
        ("3号楼2单元502", "5号楼1单元201", "5号楼1单元201"),
        ("底商12号", "3号楼", "3号楼"),
        ("3号楼2单元502", "最里面那一排", "最里面那一排"),
    ],
)
def test_a_part_of_an_address_corrected(before: str, stated: str, after: str) -> None:
    assert corrected_dwelling(before, stated) == after


def test_the_silence_before_a_message() -> None:
    said = [{"event": "user", "timestamp": 100.0}, {"event": "bot", "timestamp": 101.0}]
    assert silence_before([*said, {"event": "user", "timestamp": 500.5}]) == 400.5
    assert silence_before(said) == 0


# --- dialogues -------------------------------------------------------------------------------------------------------


async def test_the_third_time_a_person_is_offered_and_then_hands_it_over() -> None:
    stage = await reporting()
    await stage.answer("嗯那个")
    await stage.answer("嗯那个")
    assert stage.said == ["utter_offer_person"]
    await stage.answer("嗯那个")
    assert stage.said == ["utter_hand_over_stuck"]
    assert "handoff" in stage.signals
    assert stage.form is None
    assert stage.slots["reading_account"] == "10020001"


async def test_help_asked_for_again_and_again_ends_in_an_offer_too() -> None:
    stage = Stage()
    await stage.begin("reading_form", "我要报数", "report_meter_reading")
    for _ in range(TIMES_BEFORE_OFFER - 1):
        await stage.answer("我不知道户号")
        assert stage.said == ["utter_account_where"]
    await stage.answer("我不知道户号")
    assert stage.said == ["utter_account_where", "utter_offer_person"]


async def test_who_declines_the_person_goes_on_and_has_his_chances_again() -> None:
    stage = await reporting()
    await stage.answer("嗯那个")
    await stage.answer("嗯那个")
    await stage.answer("不用")
    assert stage.said == ["utter_no_person_go_on", "utter_question_reading_value"]
    await stage.answer("嗯那个")
    assert stage.said == ["utter_reading_unreadable"]
    await stage.answer("1235")
    assert stage.slots["requested_slot"] == "reading_confirmed"


async def test_an_answer_that_helps_starts_the_count_again() -> None:
    stage = Stage()
    await stage.begin("reading_form", "我要报数", "report_meter_reading")
    await stage.answer("1235")
    assert stage.said == ["utter_reading_value_noted"]
    await stage.answer("我不知道户号")
    assert stage.said == ["utter_account_where"]


async def test_after_two_interruptions_the_question_stays_open_unsaid() -> None:
    stage = await reporting()
    for said in ("utter_question_reading_value", None):
        assert await stage.answer("气价多少钱1方", "ask_gas_price") == []
        await stage.come_back()
        expected = ["utter_back_to_dialogue", said] if said else ["utter_kept_open"]
        assert stage.said[-len(expected) :] == expected
    assert stage.buttons == ["继续报数"]
    await stage.answer("1235")
    assert stage.slots["requested_slot"] == "reading_confirmed"


async def test_after_a_thank_you_the_open_question_is_not_pressed() -> None:
    stage = await reporting()
    await stage.answer("谢谢你", "thank")
    assert stage.said == ["utter_you_are_welcome", "utter_question_reading_value"]
    await stage.answer("气价多少钱1方", "ask_gas_price")
    await stage.come_back()
    await stage.answer("谢谢你", "thank")
    assert stage.said == ["utter_you_are_welcome", "utter_kept_open"]
    await stage.answer("1235")
    assert stage.slots["requested_slot"] == "reading_confirmed"


async def test_what_was_learnt_about_another_place_does_not_bring_the_open_question_again() -> None:
    stage = Stage()
    await stage.begin("no_gas_form", "家里没气了，在幸福小区", "report_no_gas")
    for place in ("云顶小区", "幸福小区", "云顶小区"):
        question = f"{place}通气了吗？"
        assert await stage.answer(question, "ask_coverage") == []
        await stage.begin("coverage_form", question, "ask_coverage")
        stage.form = "no_gas_form"
        await stage.come_back()
    assert not [said for said in stage.said if said.startswith("utter_question")]


async def test_the_dialogue_begins_anew_and_nothing_is_taken_from_before() -> None:
    stage = await reporting()
    await stage.answer("1235")
    await stage.answer("重新来")
    assert stage.said == ["utter_afresh", "utter_question_reading_account"]
    assert stage.slots["reading_value"] is None
    assert stage.slots["reading_account"] is None


async def test_anew_with_something_besides() -> None:
    stage = await reporting()
    await stage.answer("重新来，户号10020002")
    assert stage.slots["reading_account"] == "10020002"
    assert stage.slots["requested_slot"] == "reading_value"


async def test_anew_after_it_was_left() -> None:
    stage = await reporting()
    await stage.answer("算了", "deny")
    stage.form = None
    events = await stage.act("action_default_fallback", "重新来", "nlu_fallback")
    assert [event["name"] for event in events if event["event"] == "followup"] == ["reading_form"]
    await stage.begin("reading_form", "重新来", "nlu_fallback")
    assert stage.said == ["utter_afresh", "utter_question_reading_account"]
    assert stage.slots["reading_account"] is None


async def test_anew_with_nothing_to_begin() -> None:
    stage = Stage()
    await stage.act("action_default_fallback", "重新来", "nlu_fallback")
    assert stage.said == ["utter_afresh_what"]


async def test_somebody_who_comes_back_is_told_where_we_were() -> None:
    stage = await reporting()
    stage.silence = 400
    await stage.answer("1235")
    assert stage.said[0] == "utter_back_to_dialogue"


async def test_part_of_an_address_is_corrected_while_the_reading_is_asked() -> None:
    stage = Stage()
    await stage.begin("reading_form", "我要报数，幸福小区3号楼2单元501", "report_meter_reading")
    assert stage.slots["reading_account"] == "10020002"
    await stage.answer("刚才地址说错了，是502")
    assert stage.slots["reading_account"] == "10020003"
    assert stage.slots["requested_slot"] == "reading_value"


async def test_place_and_account_serve_the_next_dialogue() -> None:
    stage = Stage()
    await stage.begin("reading_form", "我要报数，幸福小区3号楼2单元502", "report_meter_reading")
    await stage.answer("算了", "deny")
    stage.form = None
    await stage.begin("startup_form", "我要点火", "ask_startup_requirements")
    assert stage.said == ["utter_startup_same_place", "utter_question_startup_water_heater"]


async def test_not_understood_three_times_a_person_takes_over() -> None:
    stage = Stage()
    for expected in ("utter_not_understood", "utter_offer_person", "utter_hand_over_stuck"):
        await stage.act("action_default_fallback", "蓝色的转圈", "nlu_fallback")
        assert stage.said == [expected]
    assert "handoff" in stage.signals


# --- more follows ----------------------------------------------------------------------------------------------------


async def test_nothing_is_asked_while_more_of_the_message_follows() -> None:
    stage = Stage()
    stage.more = True
    await stage.begin("reading_form", "我要报数", "report_meter_reading")
    assert stage.said == []
    assert stage.slots["requested_slot"] == "reading_account"
    await stage.answer("10020001")
    assert stage.said == ["utter_account_matched"]
    stage.more = False
    await stage.answer("1235")
    assert stage.said == ["utter_question_reading_confirmed"]


async def test_courtesies_and_riddles_wait_for_what_follows() -> None:
    stage = Stage()
    stage.more = True
    await stage.act("action_answer", "你好", "greet")
    assert stage.said == []
    await stage.act("action_default_fallback", "那个那个", "nlu_fallback")
    assert stage.said == []
    assert not stage.slots.get("failures")


def test_rasa_forgets_no_sooner_than_the_conversation_is_closed() -> None:
    """domain.yml and the profile's longest `sla.idle_close_minutes` belong together."""
    minutes = DOMAIN["session_config"]["session_expiration_time"]
    longest = Sla.model_fields["idle_close_minutes"].metadata
    assert [limit.le for limit in longest if hasattr(limit, "le")] == [minutes]


async def test_the_core_is_told_what_waits_for_an_answer() -> None:
    stage = await reporting()
    assert stage.signals["unfinished"] == "继续报数"
    await stage.answer("算了", "deny")
    assert "unfinished" not in stage.signals


async def test_a_plain_answer_taken_for_a_fire_is_none() -> None:
    stage = Stage()
    await stage.begin("no_gas_form", "幸福小区没气了", "report_no_gas")
    await stage.answer("换了电池 着了", "report_fire")
    assert stage.signals["no_emergency"]


@pytest.mark.parametrize("text", ["着火了", "有味道", "表在冒烟"])
async def test_a_dangerous_word_is_never_a_plain_answer(text: str) -> None:
    stage = Stage()
    await stage.begin("no_gas_form", "幸福小区没气了", "report_no_gas")
    await stage.answer(text, "report_fire")
    assert "no_emergency" not in stage.signals
