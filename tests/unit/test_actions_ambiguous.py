"""A name that fits several communities stays open until one is chosen; what is asked meanwhile is no wrong name."""

from tests.unit.actions_stage import Stage

BOTH = ["阳光花园一期", "阳光花园二期"]


async def test_a_question_about_the_same_is_no_wrong_name() -> None:
    stage = Stage()
    await stage.begin("outage_form", "阳光花园停气了吗", "ask_outage")
    assert stage.buttons == BOTH
    await stage.answer("那啥时候来气", "ask_outage")
    assert stage.buttons == BOTH
    assert stage.said == ["utter_which_community"]
    await stage.answer("一期")
    assert stage.said[0] == "utter_outage_current"
    assert stage.slots["communities_named"] is None


async def test_a_question_that_names_nothing_is_about_the_same_whatever_it_is_taken_for() -> None:
    stage = Stage()
    await stage.begin("outage_form", "阳光花园停气了吗", "ask_outage")
    await stage.answer("那到底啥时候来", "query_work_order", 0.9)
    assert stage.buttons == BOTH
    assert stage.slots["requested_slot"] == "outage_community"


async def test_another_dialogue_asks_among_the_same() -> None:
    stage = Stage()
    await stage.begin("coverage_form", "阳光花园", "ask_supply_coverage")
    await stage.begin("outage_form", "那啥时候来气", "ask_outage")
    assert stage.buttons == BOTH
    await stage.begin("startup_form", "我要点火开通", "ask_startup_requirements")
    assert stage.buttons == BOTH
    await stage.answer("二期")
    assert stage.slots["startup_community"] == "c3"


async def test_a_name_left_open_counts_more_than_the_place_before() -> None:
    stage = Stage()
    await stage.begin("outage_form", "幸福小区停气了吗", "ask_outage")
    stage.ends()
    await stage.begin("coverage_form", "阳光花园通气了吗", "ask_supply_coverage")
    await stage.begin("outage_form", "那啥时候来气", "ask_outage")
    assert stage.buttons == BOTH


async def test_without_any_name_it_is_asked_once_more_without_reproach() -> None:
    stage = Stage()
    await stage.begin("outage_form", "停气了吗", "ask_outage")
    await stage.answer("啥时候来气", "ask_outage")
    assert stage.said == ["utter_question_outage_community"]


async def test_a_name_out_of_the_blue_is_asked_about() -> None:
    stage = Stage()
    await stage.act("action_answer", "阳光花园", "out_of_scope")
    assert stage.buttons == BOTH
    await stage.begin("outage_form", "那啥时候来气", "ask_outage")
    assert stage.buttons == BOTH


async def test_the_one_community_of_that_name_is_remembered() -> None:
    stage = Stage()
    await stage.act("action_default_fallback", "幸福小区", "nlu_fallback")
    assert stage.said == ["utter_what_for_place"]
    assert stage.slots["community"] == "c1"
