"""What a message carries beside words, named for the agent in the same way on every channel."""

from bot.conversation.take_in import UNREADABLE
from bot.domain.conversations import Attachment, AttachmentKind
from bot.domain.text import tidy


def image(reference: str) -> Attachment:
    return Attachment(kind=AttachmentKind.IMAGE, label="［图片］", reference=reference)


def voice(reference: str, seconds: int | None = None) -> Attachment:
    return Attachment(kind=AttachmentKind.VOICE, label=f"［语音{_length(seconds)}］", reference=reference)


def video(reference: str, seconds: int | None = None) -> Attachment:
    return Attachment(kind=AttachmentKind.VIDEO, label=f"［视频{_length(seconds)}］", reference=reference)


def file(reference: str, name: str = "") -> Attachment:
    name = tidy(name)[:60]
    return Attachment(kind=AttachmentKind.FILE, label=f"［文件 {name}］" if name else "［文件］", reference=reference)


def location(latitude: float, longitude: float) -> Attachment:
    """Degrees, north and east positive."""
    if not (abs(latitude) <= 90 and abs(longitude) <= 180):  # nor a NaN
        return other("定位")
    north = f"{'北' if latitude >= 0 else '南'}纬{abs(latitude):.5f}"
    east = f"{'东' if longitude >= 0 else '西'}经{abs(longitude):.5f}"
    return Attachment(kind=AttachmentKind.LOCATION, label=f"［定位 {north} {east}］")


def other(what: str = "") -> Attachment:
    """Something gasdesk cannot read; `what` names it in Chinese ("表情")."""
    return Attachment(kind=AttachmentKind.OTHER, label=f"［{what}］") if what else UNREADABLE


def _length(seconds: int | None) -> str:
    return f" {seconds}秒" if seconds is not None else ""
