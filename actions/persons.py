"""What leads to a person, and what is written down for the company: hand-off, complaint, suggestion."""

from rasa_sdk import Tracker

from actions.capability import Capability, Domain, Event, Voice, back_to_dialogue, end_dialogue, fresh_start
from actions.turns import Signal, handoff, heard_in, record, say
from bot.domain.work_orders import Handling, OrderState, OrderType, Record


def filed_suggestion(text: str) -> Signal:
    """Filed, so that the promise to pass it on is kept (S0 在线客服 5)."""
    return record(
        Record(
            type=OrderType.SUGGESTION,
            handling=Handling.BY_DESK,
            state=OrderState.OPEN,
            summary=f"用户建议：{text}",
            subject=f"suggestion:{text[:100]}",
        )
    )


class RequestHuman(Capability):
    """At any moment, also in the middle of a dialogue: what was collected there is kept."""

    apologises = False

    def name(self) -> str:
        return "action_request_human"

    async def act(self, voice: Voice, tracker: Tracker, domain: Domain) -> list[Event]:
        voice.say(say("utter_handoff"))
        voice.signal(handoff("用户要求人工服务"))
        return [*fresh_start(), *end_dialogue()]


class Complaint(Capability):
    """A complaint is graded and taken down by a person: the assistant apologises and hands over (S0 工作标准 5)."""

    apologises = False

    def name(self) -> str:
        return "action_complaint"

    async def act(self, voice: Voice, tracker: Tracker, domain: Domain) -> list[Event]:
        voice.say(say("utter_make_complaint"))
        voice.signal(handoff("用户投诉"))
        return [*fresh_start(), *end_dialogue()]


class Suggestion(Capability):
    def name(self) -> str:
        return "action_suggestion"

    async def act(self, voice: Voice, tracker: Tracker, domain: Domain) -> list[Event]:
        text = heard_in(tracker.latest_message).text
        voice.say(say("utter_make_suggestion"))
        voice.signal(filed_suggestion(text))
        return [*fresh_start(), *back_to_dialogue(tracker)]


class WorkOrders(Capability):
    """Lists what was filed in this conversation; progress beyond it is a person's to look up."""

    def name(self) -> str:
        return "action_work_orders"

    async def act(self, voice: Voice, tracker: Tracker, domain: Domain) -> list[Event]:
        orders = await self._office.casework.orders_of(tracker.sender_id)
        if orders:
            lines = "\n".join(f"{each.number}（{each.type}，{each.state}）" for each in orders)
            voice.say(say("utter_work_orders", order_lines=lines))
        else:
            voice.say(say("utter_query_work_order"))
        return [*fresh_start(offer="person"), *back_to_dialogue(tracker)]
