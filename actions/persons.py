"""What leads to a person, or is about one: hand-off, the boss, praise."""

from rasa_sdk import Tracker

from actions.capability import (
    PERSON_OFFERED,
    Capability,
    Domain,
    Event,
    Voice,
    back_to_dialogue,
    end_dialogue,
    fresh_start,
    remember,
)
from actions.records import consultation
from actions.turns import handoff, heard_in, say
from bot.domain.work_orders import OrderType


class RequestHuman(Capability):
    """At any moment, also in the middle of a dialogue: what was collected there is kept."""

    apologises = False

    def name(self) -> str:
        return "action_request_human"

    async def act(self, voice: Voice, tracker: Tracker, domain: Domain) -> list[Event]:
        voice.say(say("utter_handoff"))
        voice.signal(handoff("用户要求人工服务"))
        return [*fresh_start(), *end_dialogue()]


class RequestLeader(Capability):
    """The script first (S0 在线客服 9); who insists gets the team lead."""

    def name(self) -> str:
        return "action_request_leader"

    async def act(self, voice: Voice, tracker: Tracker, domain: Domain) -> list[Event]:
        if not tracker.slots.get("leader_asked"):
            voice.say(say("utter_request_leader"))
            return [*fresh_start(offer=PERSON_OFFERED), *remember(leader_asked=True), *back_to_dialogue(tracker)]
        voice.say(say("utter_to_leader"))
        voice.signal(handoff("用户坚持找领导，请班长接待", urgent=True, for_lead=True))
        return [*fresh_start(), *remember(leader_asked=None), *end_dialogue()]


class Praise(Capability):
    """Recorded for the person praised, with nothing left to do."""

    def name(self) -> str:
        return "action_praise"

    async def act(self, voice: Voice, tracker: Tracker, domain: Domain) -> list[Event]:
        text = heard_in(tracker.latest_message).text
        voice.say(say("utter_praise"))
        voice.signal(consultation(f"praise:{text[:100]}", f"用户表扬：{text}", kind=OrderType.OTHER))
        return [*fresh_start(), *back_to_dialogue(tracker)]
