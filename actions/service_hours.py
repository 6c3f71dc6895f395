"""Halls, hours and telephone: which is nearest, open now, or when next (S0 收费大厅; working calendar)."""

from rasa_sdk import Tracker

from actions.answers import Remark
from actions.capability import Domain, Event, Voice, about, back_to_dialogue, fresh_start
from actions.halls import asks_of_holidays, halls_near, holiday_line, opening_line
from actions.records import answered
from actions.turns import Heard, say
from bot.domain.intents import label


class ServiceHours(Remark):
    def name(self) -> str:
        return "action_service_hours"

    def reply(self, voice: Voice, heard: Heard, tracker: Tracker, domain: Domain) -> list[Event]:
        company = self._office.company
        local = self._office.clock.now().astimezone(company.company.zone)
        halls = halls_near(heard.text, company.halls)
        lines = "\n".join(opening_line(hall, local) for hall in halls)
        if asks_of_holidays(heard.text):
            lines = "\n".join((lines, *map(holiday_line, halls)))
        response = "utter_hall_near" if len(halls) < len(company.halls) else "utter_ask_service_hours"
        voice.say(say(response, opening_lines=lines))
        voice.signal(*answered(heard.intent))
        return [*fresh_start(), *about(None, label(heard.intent)), *back_to_dialogue(tracker)]
