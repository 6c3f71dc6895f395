"""A dialogue that the customer rejects does not come back; one that he only interrupts does."""

import pytest

from actions.rejections import rejects
from tests.unit.actions_stage import Stage


@pytest.mark.parametrize(
    "text",
    [
        "不对 我是要过户",
        "不是，我想问发票怎么开",
        "你搞错了，我是要报修",
        "算了 我先过户",
        "我不是要点火 是要过户",
        "不是问气价，我问的是发票",
        "点火先不办了，我要过户",
        "哎呀错了错了，我要问的是过户",
    ],
)
def test_a_rejection_names_another_wish(text: str) -> None:
    assert rejects(text)


@pytest.mark.parametrize(
    "text",
    [
        "我要过户",
        "顺便问下过户要带啥",
        "不对，是1235",
        "不是3号楼",
        "没有热水器",
        "算了",
        "不是",
        "先不报了",
        "等等 我先问下几点开门",
    ],
)
def test_an_aside_or_an_answer_is_no_rejection(text: str) -> None:
    assert not rejects(text)


async def _transfer_to_the_end(stage: Stage) -> None:
    await stage.answer("二手房")
    await stage.answer("本人办理")


async def test_a_rejected_dialogue_is_not_come_back_to() -> None:
    stage = Stage()
    await stage.begin("startup_form", "我要点火开通", "ask_startup_requirements")
    await stage.begin("transfer_form", "不对 我是要过户", "transfer_ownership")
    assert stage.slots["paused_forms"] is None
    await _transfer_to_the_end(stage)
    assert stage.said[-1] == "utter_anything_else"


async def test_one_that_is_only_interrupted_is() -> None:
    stage = Stage()
    await stage.begin("startup_form", "我要点火开通", "ask_startup_requirements")
    await stage.begin("transfer_form", "顺便问下怎么过户", "transfer_ownership")
    assert stage.slots["paused_forms"] == ["startup_form"]


async def test_what_was_paused_before_the_rejected_one_still_waits() -> None:
    stage = Stage()
    await stage.begin("reading_form", "我要报数", "report_meter_reading")
    await stage.begin("startup_form", "点火怎么弄", "ask_startup_requirements")
    await stage.begin("transfer_form", "不对 我是要过户", "transfer_ownership")
    assert stage.slots["paused_forms"] == ["reading_form"]


async def test_a_rejecting_wish_is_no_answer_and_no_mere_farewell() -> None:
    stage = Stage()
    await stage.begin("startup_form", "我要点火开通", "ask_startup_requirements")
    assert await stage.answer("算了 我要过户", "transfer_ownership") == []


async def test_a_single_answer_ends_the_rejected_dialogue() -> None:
    stage = Stage()
    await stage.begin("startup_form", "我要点火开通", "ask_startup_requirements")
    events = await stage.act("action_service_hours", "不是，我是问几点上班", "ask_service_hours")
    assert stage.form is None
    assert stage.slots["requested_slot"] is None
    assert events[-1]["name"] == "action_listen"


async def test_a_single_answer_in_between_comes_back() -> None:
    stage = Stage()
    await stage.begin("startup_form", "我要点火开通", "ask_startup_requirements")
    events = await stage.act("action_service_hours", "你们几点上班", "ask_service_hours")
    assert events[-1]["name"] == "startup_form"
