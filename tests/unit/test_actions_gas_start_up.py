"""What a dwelling needs before its gas is lit: S0 受理用户点火业务 3–8."""

from dataclasses import replace
from decimal import Decimal

import pytest

from actions.gas_start_up import Case, Use, conditions, summary, take_in, use_in, water_heater_in
from actions.testing import sample_account, sample_records
from bot.domain.company import StartUp
from bot.domain.work_orders import Handling, OrderState, OrderType
from tests.unit.actions_stage import Stage

READY = sample_account("1", "c1", "1号楼", gas_on=False, balance_yuan=Decimal(200))
COOKING = Case(community="c1", address="1号楼", water_heater=False, use=Use.COOKING)


def test_signed_and_prepaid_for_cooking() -> None:
    needs = conditions(COOKING, READY, StartUp())
    assert (needs.contract, needs.prepay, needs.refit) == (False, None, False)


def test_one_fen_short_is_not_prepaid() -> None:
    short = replace(READY, balance_yuan=Decimal("199.99"))
    assert conditions(COOKING, short, StartUp()).prepay == 200


@pytest.mark.parametrize("use", [Use.CATERING, Use.BOILER])
def test_catering_and_boilers_prepay_more(use: Use) -> None:
    assert conditions(replace(COOKING, use=use), READY, StartUp()).prepay == 2000


def test_without_a_contract_the_prepayment_is_due_with_it() -> None:
    for account in (None, replace(READY, contract_signed=False)):
        needs = conditions(COOKING, account, StartUp())
        assert (needs.contract, needs.prepay) == (True, Decimal(200))


def test_a_water_heater_needs_a_refit() -> None:
    needs = conditions(replace(COOKING, water_heater=True), READY, StartUp())
    assert needs.refit
    assert summary(needs) == "已签供用气协议，预存已足，热水器需改装"


def test_the_profile_sets_the_prepayment() -> None:
    dear = StartUp(prepay_yuan=Decimal(300))
    assert conditions(COOKING, READY, dear).prepay == 300


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("有", True),
        ("有一个", True),
        ("装了热水器", True),
        ("没装", False),
        ("没有热水器", False),
        ("还没有", False),
        ("是的", True),
        ("不对，是601", None),
        ("幸福小区", None),
    ],
)
def test_the_water_heater_when_asked(text: str, expected: bool | None) -> None:
    assert water_heater_in(text, asked=True) is expected


def test_the_water_heater_unasked_only_when_named() -> None:
    assert water_heater_in("我家有燃气热水器，想点火", asked=False) is True
    assert water_heater_in("家里没装热水器", asked=False) is False
    assert water_heater_in("有空吗", asked=False) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [("做饭用", Use.COOKING), ("开了个饭店", Use.CATERING), ("冬天地暖", Use.BOILER), ("不知道", None)],
)
def test_the_use(text: str, expected: Use | None) -> None:
    assert use_in(text) is expected


async def test_one_sentence_may_say_everything() -> None:
    text = "幸福小区3号楼2单元601想点火，没有热水器，只做饭"
    case = await take_in(Case(), None, text, back_office=sample_records())
    assert case is not None
    assert (case.community, case.water_heater, case.use) == ("c1", False, Use.COOKING)


async def test_a_correction_of_the_room_keeps_the_building() -> None:
    known = Case(community="c1", address="3号楼2单元502")
    case = await take_in(known, "startup_water_heater", "不对，是601", back_office=sample_records())
    assert case == replace(known, address="3号楼2单元601室")


async def test_another_community_takes_the_address_with_it() -> None:
    known = Case(community="c1", address="3号楼2单元502", water_heater=True)
    case = await take_in(known, "startup_use", "说错了，是阳光花园二期", back_office=sample_records())
    assert case == Case(community="c3", water_heater=True)


async def test_the_consultation_is_filed_as_the_rules_say() -> None:
    stage = Stage()
    await stage.begin("startup_form", "点火，幸福小区3号楼2单元502", "ask_startup_requirements")
    await stage.answer("没有")
    await stage.answer("只做饭")
    assert stage.said[0] == "utter_startup_paid"
    (order,) = stage.casework.orders
    assert (order.type, order.handling, order.state) == (OrderType.CONSULTATION, Handling.BY_DESK, OrderState.DONE)
    assert (order.address, order.account_number) == ("幸福小区3号楼2单元502", "10020003")
    assert stage.form is not None
    assert stage.slots["requested_slot"] is None


async def test_a_commercial_account_is_not_asked_for_its_use() -> None:
    stage = Stage()
    await stage.begin("startup_form", "点火，幸福小区底商12号", "ask_startup_requirements")
    await stage.answer("没有")
    assert stage.facts["prepay"] == "2000"


async def test_an_unsupplied_community_ends_it() -> None:
    stage = Stage()
    await stage.begin("startup_form", "翠湖名邸能点火吗", "ask_startup_requirements")
    assert stage.said == ["utter_startup_supply_planned", "utter_anything_else"]
    assert stage.facts["planned"] == "2026年6月1日"
