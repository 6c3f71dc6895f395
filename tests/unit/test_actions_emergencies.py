"""A recognised emergency goes to the core with its kind, and Rasa falls silent."""

import pytest

from actions.emergencies import kind_of
from bot.domain.emergencies import EmergencyKind
from tests.unit.actions_stage import Stage


@pytest.mark.parametrize(
    ("intent", "text", "kind"),
    [
        ("report_leak", "家里漏气了", EmergencyKind.INDOOR_LEAK),
        ("report_leak", "漏气了", EmergencyKind.INDOOR_LEAK),
        ("report_leak", "楼道里有味", EmergencyKind.CORRIDOR_LEAK),
        ("report_leak", "马路边挖断管子了", EmergencyKind.OUTDOOR_LEAK),
        ("report_co_poisoning", "在楼道里晕倒了", EmergencyKind.CARBON_MONOXIDE),
        ("report_fire", "厨房着火了", EmergencyKind.FIRE),
    ],
)
def test_the_kind(intent: str, text: str, kind: EmergencyKind) -> None:
    assert kind_of(intent, text) is kind


async def test_nothing_is_said_and_the_dialogue_ends() -> None:
    stage = Stage()
    await stage.begin("reading_form", "我要报数", "report_meter_reading")
    await stage.act("action_report_emergency", "家里漏气了", "report_leak")
    assert (stage.said, stage.signals) == ([], {"emergency": "indoor_leak"})
    assert (stage.form, stage.slots["requested_slot"]) == (None, None)
