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
    INSPECT = "inspect"  # drew, scored, published or judged an inspection


#: As leads and inspectors read them.
DID_NAMES = {
    Did.ABSENCE: "离席超时",
    Did.SEAT: "设置坐席",
    Did.WATCH: "旁观",
    Did.WHISPER: "悄悄话",
    Did.TAKE_OVER: "接管",
    Did.REASSIGN: "转派",
    Did.BROADCAST: "广播",
    Did.ROSTER: "排班",
    Did.TRAINING: "训练与发布",
    Did.REVEAL: "查看客户资料",
    Did.LINK: "关联渠道",
    Did.CHANNEL: "渠道设置",
    Did.HISTORY: "查看以前的会话",
    Did.INSPECT: "质检",
}


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
