"""What leads to a person, or is about one: hand-off, the boss, praise."""

import re

from rasa_sdk import Tracker
from rasa_sdk.events import FollowupAction

from actions.capability import (
    PERSON_OFFERED,
    Capability,
    Domain,
    Event,
    Voice,
    active_form,
    back_to_dialogue,
    end_dialogue,
    fresh_start,
    hear_insult,
    remember,
)
from actions.mood import finds_fault, is_sarcastic
from actions.records import consultation
from actions.turns import handoff, heard_in, say
from actions.understanding import normal
from bot.domain.work_orders import OrderType

_MACHINE = "机器人?|智能(助手|客服)|人工智障|自动回复|电脑|程序|语音助手"
#: "我不想跟机器人说，给我找你们领导", "叫个活人来，要管事的": besides the boss, a person is asked for.
_NO_MACHINE = re.compile(
    f"(不|别|甭|少|莫|勿|懒得|受够)[^,。]{{0,6}}({_MACHINE})|({_MACHINE})[^,。]{{0,6}}(说不|讲不|没用|不管用|听不懂|一边)"
    "|转人工|人工(客服|服务|坐席)|真人|活人|大活人"
)


def refuses_machine(text: str) -> bool:
    """Whether the customer wants to talk to a human being, whoever else is asked for."""
    return _NO_MACHINE.search(normal(text)) is not None


#: "个人" answers whose invoice it is; to the model it looks like 人工.
_MYSELF = re.compile("(我|就|是|我们)*个人(的|啊|呀|用户|开)*")


class RequestHuman(Capability):
    """At any moment, also in the middle of a dialogue: what was collected there is kept."""

    apologises = False

    def name(self) -> str:
        return "action_request_human"

    async def act(self, voice: Voice, tracker: Tracker, domain: Domain) -> list[Event]:
        if _MYSELF.fullmatch(normal(tracker.latest_message.get("text") or "")):
            voice.say(say("utter_go_on"))
            return fresh_start()
        voice.say(say("utter_handoff"))
        voice.signal(handoff("用户要求人工服务"))
        return [*fresh_start(), *end_dialogue()]


class RequestLeader(Capability):
    """The script first (S0 在线客服 9); who insists gets the team lead, who wants no machine a person at once."""

    def name(self) -> str:
        return "action_request_leader"

    async def act(self, voice: Voice, tracker: Tracker, domain: Domain) -> list[Event]:
        if refuses_machine(tracker.latest_message.get("text") or ""):
            voice.say(say("utter_handoff"))
            voice.signal(handoff("用户不愿与智能助手对话，要求找领导"))
            return [*fresh_start(), *remember(leader_asked=None), *end_dialogue()]
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
        if finds_fault(text) and not active_form(tracker):
            return [*fresh_start(), FollowupAction("complaint_form")]
        if is_sarcastic(text) and not active_form(tracker):
            return hear_insult(voice, tracker.slots)
        voice.say(say("utter_praise"))
        voice.signal(consultation(f"praise:{text[:100]}", f"用户表扬：{text}", kind=OrderType.OTHER))
        return [*fresh_start(), *back_to_dialogue(tracker)]
