"""A bad flame is a matter for a repair; fire beside it stays fire."""

import pytest

from bot.conversation.emergency_finding import Grade
from bot.conversation.emergency_screen import look
from bot.domain.emergencies import EmergencyKind


@pytest.mark.parametrize(
    "text", ["燃气灶火苗发黄 冒黑烟", "灶台点火有回火的声音", "火焰偏红，还冒一点黑烟", "一开灶就冒黑烟，火是黄的"]
)
def test_a_burner_out_of_order_is_no_fire(text: str) -> None:
    found = look(text)
    assert (found.grade, found.kind) == (Grade.EXPLAINED, None)


@pytest.mark.parametrize(
    "text",
    [
        "我家灶头回火 烧到下面的软管了",
        "厨房冒黑烟 火苗是红的 呛死了",
        "灶台冒黑烟",
        "烤炉回火 炸得炉门都开了",
        "黄火苗窜出来，厨房窗户冒黑烟",
    ],
)
def test_fire_beside_it_stays_fire(text: str) -> None:
    assert look(text).kind is EmergencyKind.FIRE


def test_a_flue_that_came_off_is_no_blast() -> None:
    assert look("热水器烟管掉下来了").kind is not EmergencyKind.FIRE
    assert look("热水器烟管崩飞了").kind is EmergencyKind.FIRE
