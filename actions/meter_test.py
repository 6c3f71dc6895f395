"""A test of the meter (S1 第十一条): what it costs and how it ends is told first; whoever still wants it is filed."""

from datetime import datetime, timedelta
from typing import ClassVar

from actions.checks import Meter, known_meter, meter_in
from actions.follow_ups import About
from actions.offered_visits import OfferedVisit
from actions.turns import Heard, Slots, Step, say
from actions.visits import VISIT


class MeterTest(OfferedVisit):
    form = "meter_test_form"
    questions = ("meter_test_wanted", *VISIT)
    offered = "meter_test_wanted"
    topic = "申请气表检测"
    go_on = "我要申请检测气表"
    subject = "气表检测"
    promise = "utter_meter_test_filed"
    follow_ups: ClassVar = {
        **OfferedVisit.follow_ups,
        About.WHEN: "utter_meter_test_when",
        About.MONEY: "utter_meter_test_outcome",
        About.REFUND: "utter_meter_test_refund",
    }
    price = "utter_meter_test_outcome"
    intents: ClassVar[frozenset[str]] = frozenset({"request_meter_test", "dispute_bill"})

    async def hear_own(self, slots: Slots, asked: str | None, heard: Heard) -> Step | None:
        meter = meter_in(heard.text) or await known_meter(slots, self._office.back_office)
        card = (say("utter_meter_test_card"),) if meter is Meter.CARD else ()
        return await self.offer(slots, {}, say("utter_meter_test_steps"), say("utter_meter_test_outcome"), *card)

    def due_at(self, now: datetime) -> datetime | None:
        return now + timedelta(days=self._office.company.meter_test.within_days)

    def summary(self, slots: Slots) -> str:
        return "申请气表检测"
