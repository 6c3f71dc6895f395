"""One shape for everything WeChat pushes: messages and events (official documentation 接收普通消息, 接收事件推送)."""

from dataclasses import dataclass
from enum import StrEnum

from bot.channels.wechat.frames import Fields


class What(StrEnum):
    """`MsgType`, or for events `Event`, as far as something is done about it."""

    TEXT = "text"
    IMAGE = "image"
    VOICE = "voice"
    VIDEO = "video"
    LOCATION = "location"
    LINK = "link"
    SUBSCRIBE = "subscribe"
    UNSUBSCRIBE = "unsubscribe"
    SCAN = "scan"
    CLICK = "click"
    #: Known, and nothing to be done: a page was opened, a notice was delivered, a position was reported.
    QUIET = "quiet"
    #: A kind of message that is newer than this code.
    OTHER = "other"


class NotInbound(ValueError):
    """A field every push has is missing."""


@dataclass(frozen=True, kw_only=True)
class Inbound:
    what: What
    #: Our account, as a passive reply names its sender.
    account: str
    open_id: str
    #: The same for every delivery of the same push.
    id: str
    #: By WeChat's clock, in seconds of the epoch.
    created: int = 0
    text: str = ""
    #: The number of the menu item that was tapped.
    tapped: str = ""
    media_id: str = ""
    latitude: float | None = None
    longitude: float | None = None
    #: The scene of a QR code, or the key of a menu item.
    key: str = ""
    #: What the push is called in WeChat's own words, for the log.
    name: str = ""

    @property
    def is_message(self) -> bool:
        """A person wrote or sent it; the rest are events."""
        return self.what in _MESSAGES


_MESSAGES = {What.TEXT, What.IMAGE, What.VOICE, What.VIDEO, What.LOCATION, What.LINK, What.OTHER}
_BY_TYPE = {
    "text": What.TEXT,
    "image": What.IMAGE,
    "voice": What.VOICE,
    "video": What.VIDEO,
    "shortvideo": What.VIDEO,
    "location": What.LOCATION,
    "link": What.LINK,
}
_BY_EVENT = {
    "subscribe": What.SUBSCRIBE,
    "unsubscribe": What.UNSUBSCRIBE,
    "scan": What.SCAN,
    "click": What.CLICK,
    # The customer has tapped our menu and scanned a code: WeChat counts it as a tap.
    "scancode_push": What.CLICK,
    "scancode_waitmsg": What.CLICK,
}
_QR_PREFIX = "qrscene_"
#: Leaves room in the database for what the core appends.
LONGEST_ID = 70


def read_inbound(fields: Fields) -> Inbound:
    """Raises NotInbound."""
    try:
        account, open_id, kind = fields["ToUserName"], fields["FromUserName"], fields["MsgType"]
        created = fields["CreateTime"]
    except KeyError as missing:
        raise NotInbound(f"no {missing.args[0]}") from None
    if kind == "event":
        event = fields.get("Event", "")
        return _event(fields, account, open_id, created, event)
    return Inbound(
        what=_BY_TYPE.get(kind, What.OTHER),
        account=account,
        open_id=open_id,
        # Every message has one; a kind without would still be told from the next by its second.
        id=fields.get("MsgId") or f"{created}:{kind}",
        created=_seconds(created),
        text=_text(kind, fields),
        tapped=fields.get("bizmsgmenuid", ""),
        media_id=fields.get("MediaId", ""),
        latitude=_degrees(fields.get("Location_X")),
        longitude=_degrees(fields.get("Location_Y")),
        name=kind,
    )


def _event(fields: Fields, account: str, open_id: str, created: str, event: str) -> Inbound:
    """Events have no MsgId: WeChat says to tell them apart by sender and time; two taps may share a second."""
    key = fields.get("EventKey", "").removeprefix(_QR_PREFIX)
    return Inbound(
        what=_BY_EVENT.get(event.lower(), What.QUIET),
        account=account,
        open_id=open_id,
        id=":".join(filter(None, (created, event, key)))[:LONGEST_ID],
        created=_seconds(created),
        key=key,
        name=event,
    )


def _text(kind: str, fields: Fields) -> str:
    match kind:
        case "text":
            return fields.get("Content", "")
        case "voice":
            # Empty since 2023, when WeChat took its recognition off line; used if it ever comes back.
            return fields.get("Recognition", "")
        case "location":
            return fields.get("Label", "")
        case "link":
            return "\n".join(filter(None, (fields.get("Title"), fields.get("Description"), fields.get("Url"))))
    return ""


def _seconds(given: str) -> int:
    return int(given) if given.isdecimal() else 0


def _degrees(given: str | None) -> float | None:
    try:
        return None if given is None else float(given)
    except ValueError:
        return None
