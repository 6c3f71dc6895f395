"""An address that comes in three messages is asked for piece by piece, and put together."""

import pytest

from actions.pieces import put_together, told_so_far
from tests.unit.actions_stage import Stage


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("家住平安家属院2号楼", "2号楼"),
        ("平安里2号楼1单元", "2号楼1单元"),
        ("3号楼501", "3号楼501室"),
        ("501", ""),
        ("1单元501", ""),
    ],
)
def test_what_an_address_tells_so_far(said: str, told: str) -> None:
    assert told_so_far(said) == told


async def test_building_unit_and_room_come_one_by_one() -> None:
    stage = Stage()
    await stage.begin("reading_form", "报个气字 幸福小区的", "report_meter_reading")
    await stage.answer("3号楼")
    assert stage.said == ["utter_account_which_room"]
    await stage.answer("2单元")
    assert stage.said == ["utter_account_which_flat"]
    await stage.answer("501")
    assert stage.said[0] == "utter_account_matched"
    assert stage.slots["account_number"] == "10020002"


async def test_a_building_in_the_first_sentence_counts() -> None:
    stage = Stage()
    await stage.begin("reading_form", "我要报表数 户号不记得了 家住幸福里1号楼", "report_meter_reading")
    assert stage.said == ["utter_account_which_room"]
    await stage.answer("1单元101的")
    assert stage.slots["account_number"] == "10020001"


async def test_only_the_room_is_asked_for_where_the_unit_is_told() -> None:
    stage = Stage()
    await stage.begin("reading_form", "报表 幸福里1号楼1单元", "report_meter_reading")
    assert stage.said == ["utter_account_which_flat"]


def test_the_room_waits_for_the_unit() -> None:
    assert put_together("reading_account", "501", {"building": "3号楼"}) == ("3号楼501", {"building": "3号楼501室"})
