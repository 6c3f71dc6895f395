"""Words that are for the dialogue which another one interrupts: "好 我约一个" is no community's name. Pure.

Who was asked whether somebody shall come, and asks something in between, may answer that offer although the dialogue
of the other question still waits. What only the offer can use is then given back to it.
"""

from datetime import datetime

from actions.checks import wants
from actions.contacts import phone_in, time_in
from actions.places import SHORTEST_ACCOUNT_NUMBER
from actions.turns import Slots
from actions.understanding import digit_runs, is_question, normal

#: By interrupted form, its question; and the form to which the last words are given back.
PAUSED_AT, GIVEN_BACK = "paused_at", "given_back"
_LONGEST_CONSENT = 10


def form_meant(text: str, slots: Slots, now: datetime) -> str | None:
    """The interrupted dialogue that words belong to which the present one cannot use; None if it is none."""
    paused = slots.get("paused_forms") or ()
    if not paused or paused[-1] not in (slots.get(PAUSED_AT) or {}) or is_question(text):
        return None
    consents = len(normal(text)) <= _LONGEST_CONSENT and wants(text) is True
    told = phone_in(text) or time_in(text, now, asked=False)
    asks_account = str(slots[PAUSED_AT][paused[-1]]).endswith("_account")
    number = asks_account and bool(digit_runs(text, SHORTEST_ACCOUNT_NUMBER))
    return str(paused[-1]) if consents or told or number else None


def question_given_back(slots: Slots, form: str) -> str | None:
    """The question of `form` that the last words answer, if they were given back to it."""
    return (slots.get(PAUSED_AT) or {}).get(form) if slots.get(GIVEN_BACK) == form else None
