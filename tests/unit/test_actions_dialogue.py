"""Leaving a dialogue, coming back, changing the subject: the same for every dialogue."""

import pytest

from tests.unit.actions_stage import Json, Stage


def names(events: list[Json], kind: str) -> list[str | None]:
    return [event["name"] for event in events if event["event"] == kind]


async def reporting() -> Stage:
    """A meter reading is asked for; the account is known."""
    stage = Stage()
    await stage.begin("reading_form", "我要报数，户号10020001", "report_meter_reading")
    assert stage.slots["requested_slot"] == "reading_value"
    return stage


@pytest.mark.parametrize("intent", ["report_leak", "report_co_poisoning", "report_fire", "request_human"])
async def test_emergencies_and_persons_come_first(intent: str) -> None:
    stage = await reporting()
    assert await stage.answer("表上1235，可是有煤气味", intent) == []
    assert stage.said == []


async def test_a_bare_answer_is_an_answer_whatever_the_model_says() -> None:
    stage = await reporting()
    assert await stage.answer("1235", "report_leak")
    assert stage.slots["requested_slot"] == "reading_confirmed"


async def test_another_question_is_left_to_the_rules_and_the_question_is_asked_again() -> None:
    stage = await reporting()
    assert await stage.answer("气价多少钱1方", "ask_gas_price") == []
    await stage.come_back()
    assert stage.said == ["utter_back_to_dialogue", "utter_question_reading_value"]
    assert stage.slots["requested_slot"] == "reading_value"


async def test_the_second_failure_offers_a_person_and_the_dialogue_goes_on() -> None:
    stage = await reporting()
    await stage.answer("嗯那个")
    assert stage.said == ["utter_reading_unreadable"]
    await stage.answer("嗯那个")
    assert stage.said == ["utter_offer_person"]
    assert stage.slots["offer"] == "person"
    await stage.answer("1235")
    assert (stage.slots["failures"], stage.slots["offer"]) == (0, None)


async def test_accepting_the_person_is_left_to_the_rules() -> None:
    stage = await reporting()
    await stage.answer("嗯那个")
    await stage.answer("嗯那个")
    assert await stage.answer("好的", "affirm") == []


async def test_leaving_keeps_what_was_collected() -> None:
    stage = await reporting()
    events = await stage.answer("算了", "deny")
    assert stage.buttons == ["继续报数"]
    assert stage.slots["requested_slot"] is None
    assert names(events, "followup") == ["action_listen"]
    stage.form = None
    await stage.begin("reading_form", "继续报数", "report_meter_reading")
    assert stage.said == ["utter_back_to_dialogue", "utter_question_reading_value"]


async def test_a_dialogue_inside_a_dialogue_gives_way_to_the_first_again() -> None:
    stage = await reporting()
    await stage.begin("coverage_form", "我们小区通气了吗", "ask_supply_coverage")
    assert stage.slots["paused_forms"] == ["reading_form"]
    events = await stage.answer("幸福小区")
    assert names(events, "followup") == ["reading_form"]
    assert stage.slots["paused_forms"] == []
    assert "utter_anything_else" not in stage.said


async def test_three_deep_comes_back_in_order() -> None:
    stage = await reporting()
    await stage.begin("startup_form", "点火要什么", "ask_startup_requirements")
    await stage.begin("outage_form", "停气了吗", "ask_outage")
    assert stage.slots["paused_forms"] == ["reading_form", "startup_form"]
    assert names(await stage.answer("幸福小区"), "followup") == ["startup_form"]
    assert stage.slots["paused_forms"] == ["reading_form"]


async def test_going_back_by_hand_does_not_come_back_twice() -> None:
    stage = await reporting()
    await stage.begin("startup_form", "点火要什么", "ask_startup_requirements")
    await stage.begin("reading_form", "继续报数", "report_meter_reading")
    assert stage.slots["paused_forms"] == ["startup_form"]


async def test_handing_over_ends_all_dialogues() -> None:
    stage = await reporting()
    await stage.begin("startup_form", "点火要什么", "ask_startup_requirements")
    await stage.act("action_request_human", "转人工", "request_human")
    assert stage.form is None
    assert stage.slots["paused_forms"] is None
    assert stage.slots["reading_account"] == "10020001"


async def test_a_finished_dialogue_starts_afresh() -> None:
    stage = await reporting()
    await stage.answer("1235")
    await stage.answer("是的")
    assert all(stage.slots[name] is None for name in ("reading_account", "reading_value", "reading_confirmed"))


async def test_noise_taken_for_a_yes_accepts_nothing() -> None:
    stage = Stage()
    stage.slots |= {"offer": "person", "failures": 0}
    await stage.act("action_affirm", "魑魅魍魉", "affirm")
    assert stage.said == ["utter_not_understood"]
    assert stage.signals == {}


async def test_what_was_offered_last_is_accepted_by_a_yes() -> None:
    stage = Stage()
    await stage.act("action_answer", "叫领导来", "request_leader")
    assert stage.slots["offer"] == "person"
    await stage.act("action_affirm", "好的", "affirm")
    assert "handoff" in stage.signals


async def test_an_old_offer_is_not_accepted() -> None:
    stage = Stage()
    await stage.act("action_answer", "叫领导来", "request_leader")
    await stage.act("action_answer", "气价多少", "ask_gas_price")
    await stage.act("action_affirm", "好的", "affirm")
    assert stage.said == ["utter_go_ahead"]
    assert stage.signals == {}


async def test_an_answer_without_a_dangerous_word_is_no_emergency() -> None:
    stage = Stage()
    await stage.begin("startup_form", "幸福小区3号楼2单元502，没有热水器", "ask_startup_requirements")
    assert stage.slots["requested_slot"] == "startup_use"
    assert await stage.answer("家里做饭洗澡用", "report_co_poisoning")
    assert stage.slots["requested_slot"] is None


async def test_an_address_that_nobody_knows_is_no_emergency() -> None:
    stage = Stage()
    await stage.begin("reading_form", "气表报数", "report_meter_reading")
    await stage.answer("幸福里3号楼2单元401", "report_leak")
    assert stage.signals["no_emergency"]


@pytest.mark.parametrize("text", ["做饭的时候有煤气味", "我头晕得厉害", "哎呀救命"])
async def test_a_dangerous_word_or_no_answer_at_all_is_an_emergency(text: str) -> None:
    stage = Stage()
    await stage.begin("startup_form", "幸福小区3号楼2单元502，没有热水器", "ask_startup_requirements")
    assert await stage.answer(text, "report_leak") == []


async def test_a_customer_who_goes_to_look_is_waited_for() -> None:
    stage = await reporting()
    await stage.answer("等一下，我去看看", "query_work_order")
    assert stage.said == ["utter_take_your_time"]
    assert stage.slots["requested_slot"] == "reading_value"


async def test_a_weak_suspicion_of_another_subject_does_not_interrupt() -> None:
    stage = await reporting()
    assert await stage.answer("看不清楚", "request_human", confidence=0.48)
    assert stage.said == ["utter_reading_hard"]


async def test_a_weakly_understood_question_does_interrupt() -> None:
    stage = await reporting()
    assert await stage.answer("怎么交费", "pay_bill", confidence=0.48) == []
