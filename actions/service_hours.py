"""Halls, hours and telephone: which is nearest, open now, or when next (S0 收费大厅; working calendar)."""

from collections.abc import Sequence
from datetime import datetime

from rasa_sdk import Tracker

from actions.answers import Remark
from actions.capability import Domain, Event, Voice, back_to_dialogue, fresh_start
from actions.facts import hall_line
from actions.records import answered
from actions.turns import Heard, say
from actions.understanding import normal
from bot.domain.company import Hall
from bot.domain.opening import is_open_at, next_opening


def opening_line(hall: Hall, local: datetime) -> str:
    """The hall, and whether it is open at `local` of its own time."""
    if is_open_at(hall, local):
        return f"{hall_line(hall)}（现在营业中，{hall.hours.closes:%H:%M}下班）"
    opens = next_opening(hall, local)
    if opens is None:
        return f"{hall_line(hall)}（现在已下班）"
    return f"{hall_line(hall)}（现在已下班，下次开门：{_moment(opens, local)}）"


def _moment(opens: datetime, now: datetime) -> str:
    ahead = (opens.date() - now.date()).days
    if ahead in (0, 1):
        return f"{'今天' if ahead == 0 else '明天'}{opens:%H:%M}"
    return f"{opens.month}月{opens.day}日（周{'一二三四五六日'[opens.weekday()]}）{opens:%H:%M}"


def halls_near(text: str, halls: Sequence[Hall]) -> list[Hall]:
    """The halls whose neighbourhood, or own name, the words mention; all of them when none is."""
    words = normal(text)
    near = [hall for hall in halls if any(place in words for place in (*hall.near, hall.name))]
    return near or list(halls)


class ServiceHours(Remark):
    def name(self) -> str:
        return "action_service_hours"

    def reply(self, voice: Voice, heard: Heard, tracker: Tracker, domain: Domain) -> list[Event]:
        company = self._office.company
        local = self._office.clock.now().astimezone(company.company.zone)
        halls = halls_near(heard.text, company.halls)
        lines = "\n".join(opening_line(hall, local) for hall in halls)
        response = "utter_hall_near" if len(halls) < len(company.halls) else "utter_ask_service_hours"
        voice.say(say(response, opening_lines=lines))
        voice.signal(*answered(heard.intent))
        return [*fresh_start(), *back_to_dialogue(tracker)]
