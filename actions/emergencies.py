"""The model has recognised an emergency: tell the core, which runs the emergency dialogue itself."""

import re

from rasa_sdk import Tracker

from actions.capability import Capability, Domain, Event, Voice, end_dialogue, fresh_start
from actions.turns import emergency, heard_in
from bot.domain.emergencies import EmergencyKind

_OUTDOORS = re.compile(
    "室外|户外|外面|马路|路上|路边|路口|街|道路|公路|工地|施工|挖|井盖|窨井|下水道|绿化|广场|公园|调压|小区(里|内|门口)|院子|楼下|地下"
)
_CORRIDOR = re.compile("楼道|走廊|过道|楼梯|电梯|单元门|管道井")
_BY_INTENT = {"report_co_poisoning": EmergencyKind.CARBON_MONOXIDE, "report_fire": EmergencyKind.FIRE}


def kind_of(intent: str, text: str) -> EmergencyKind:
    """A leak's place by the words; indoors when nothing is said, because that instruction is the stricter one."""
    if kind := _BY_INTENT.get(intent):
        return kind
    if _CORRIDOR.search(text):
        return EmergencyKind.CORRIDOR_LEAK
    return EmergencyKind.OUTDOOR_LEAK if _OUTDOORS.search(text) else EmergencyKind.INDOOR_LEAK


class ReportEmergency(Capability):
    apologises = False

    def name(self) -> str:
        return "action_report_emergency"

    async def act(self, voice: Voice, tracker: Tracker, domain: Domain) -> list[Event]:
        heard = heard_in(tracker.latest_message)
        voice.signal(emergency(kind_of(heard.intent, heard.text)))
        return [*fresh_start(), *end_dialogue()]
