"""Words in the middle of a dialogue that are about what it says, not an answer to it: the question comes once more."""

import re

from actions.authority import doubts_authority
from actions.meanings import asks_meaning, meaning_of
from actions.turns import Step, say
from actions.understanding import normal

READINGS = frozenset({"dispute_reading", "reading_value"})
_CANNOT_READ = re.compile("(看|瞅|瞧)不(清|见|到|着|了|明白)|够不(着|到)|不会看|眼睛不好|老花|(太|好)(高|黑|暗)了?$")


def interjected(asked: str, text: str) -> Step | None:
    """What "什么意思" or "谁规定的" leads to at the question for slot `asked`; None for anything else."""
    if asks_meaning(text):
        return Step(ask=asked, failed=True, says=(meaning_of(asked),))
    if doubts_authority(text):
        return Step(ask=asked, says=(say("utter_who_decides"),), asks_again=False)
    if asked in READINGS and _CANNOT_READ.search(normal(text)) and not re.search(r"\d{2}", text):
        return Step(ask=asked, says=(say("utter_reading_hard"),), question_said=True, asks_again=False)
    return None
