"""The desk's log: who of the staff did what to whom, where a conversation's own timeline is not the place for it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Did(StrEnum):
    ABSENCE = "absence"  # stayed away from the seat for too long
    SEAT = "seat"  # changed somebody's capacity or groups
    WATCH = "watch"  # read along while an agent served a customer
    WHISPER = "whisper"  # told an agent something beside his conversation
    TAKE_OVER = "take_over"  # took an agent's conversation
    REASSIGN = "reassign"  # moved a conversation that was not one's own
    BROADCAST = "broadcast"  # told all agents something
    ROSTER = "roster"  # planned a shift
    TRAINING = "training"  # trained, released or went back to a model of the assistant
    REVEAL = "reveal"  # looked at a masked field of a customer
    LINK = "link"  # had a customer's channels linked, or taken apart
    CHANNEL = "channel"  # set up a channel, or switched it off
    HISTORY = "history"  # read what a customer said in a conversation of somebody else


@dataclass(frozen=True, kw_only=True)
class LogEntry:
    at: datetime
    did: Did
    text: str
    #: Who did it; None: gasdesk noticed it by itself.
    staff_id: str | None = None
    #: Which member of staff, which skill group or which field of a customer it is about.
    about: str | None = None
    conversation_id: str | None = None
