"""Private notes in a conversation: staff read them, customers never do."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, kw_only=True)
class Note:
    #: Made by the page, so that a resend is the same note.
    id: str
    conversation_id: str
    at: datetime
    staff_id: str
    text: str
