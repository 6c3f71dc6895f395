"""The thread of a conversation closed in silence: an answer that comes late is heard by the dialogue it is for.

The core tells, with the first message of the new conversation, what the customer would write to go on with the dialogue
that was open (`unfinished`). Who writes something else has gone on to it.
"""

from collections.abc import Mapping

from rasa_sdk import Tracker

from actions.understanding import is_bare_answer, yes_or_no

#: The slot by which a dialogue learns that the message is for it.
RESUMES = "resumes"


def form_to_resume(tracker: Tracker, dialogues: Mapping[str, str]) -> str | None:
    """The form that a bare answer, outside a dialogue, is meant for; None if it is none.

    Args:
        dialogues: forms by what the customer writes to go on with them.
    """
    message = tracker.latest_message
    text, form = message.get("text") or "", dialogues.get(message.get("unfinished") or "")
    if form is None or tracker.slots.get(RESUMES):
        return None
    return form if is_bare_answer(text) and yes_or_no(text) is not False else None
