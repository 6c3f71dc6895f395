"""What the model is in two minds about is asked, not guessed: "您要办的是哪一件？" with a button for each.

Measured with the model of 22 November on the open sets (1,303 single requests): 36 are asked about, 31 of them have the
right matter among the first two, and 8 would have been taken rightly without the question.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from rasa_sdk import Tracker

from actions.capability import Event, Voice, about, remember
from actions.steering import wants_time
from actions.subjects import EMERGENCIES
from actions.turns import Say, say
from actions.understanding import is_bare_answer, is_noise, names_a_dwelling, normal, only_declines
from bot.domain.intents import LABELS, label

#: Below this the likeliest matter is not believed, if the second is that likely.
UNSURE, ALSO_LIKELY = 0.55, 0.2
_MOST_BUTTONS = 3
_FEWEST_CHARACTERS = 4
_FEWEST_MATTERS = 2
#: Sides of one matter: who is asked which of them he means cannot tell.
_ONE_MATTER = (frozenset({"report_no_gas", "request_repair"}), frozenset({"query_work_order", "make_complaint"}))
#: Not matters that a button could stand for.
_NO_MATTERS = frozenset(
    {"greet", "goodbye", "thank", "affirm", "deny", "praise", "out_of_scope", "nlu_fallback", "ask_agent_identity"}
)
#: What a button may stand for: an emergency is never asked about like this.
MATTERS = LABELS.keys() - _NO_MATTERS - EMERGENCIES


def ask_which_matter(voice: Voice, tracker: Tracker) -> list[Event] | None:
    """Ask it, once until something is understood; None where there is nothing to ask."""
    question = None if tracker.slots.get("failures") else which_matter(tracker.latest_message)
    if question is None:
        return None
    voice.say(question)
    return [*remember(failures=1, offer=None), *about(None, question.buttons[0])]


def which_matter(message: Mapping[str, Any]) -> Say | None:
    """The question which of two matters is meant; None where one is likely enough, or there are no two.

    Args:
        message: Rasa's `latest_message`. A button sends the matter's label, which the model understands
            (tests/assistant).
    """
    text = normal(message.get("text") or "")
    if len(text) < _FEWEST_CHARACTERS or message.get("more") or _says_other_things(text):
        return None
    ranking = [(each.get("name") or "", each.get("confidence") or 0.0) for each in message.get("intent_ranking") or ()]
    likely = [(name, sure) for name, sure in ranking if name != "nlu_fallback" and sure >= ALSO_LIKELY][:_MOST_BUTTONS]
    names = [name for name, _ in likely]
    if len(likely) < _FEWEST_MATTERS or likely[0][1] >= UNSURE or not MATTERS.issuperset(names):
        return None
    if label(names[0]) in text:  # "我要投诉你们抄表员 没来抄就估了个数": named by the customer himself
        return None
    if any(matter.issuperset(names) for matter in _ONE_MATTER):
        return None
    labels = tuple(map(label, names))
    return replace(say("utter_which_matter", matters="，还是".join(labels)), buttons=labels)


def _says_other_things(text: str) -> bool:
    return any(each(text) for each in (is_bare_answer, is_noise, names_a_dwelling, only_declines, wants_time))
