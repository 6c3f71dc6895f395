"""Files on Telegram: what customers sent, as Telegram keeps it, and what agents send."""

from mimetypes import guess_type
from typing import Any

from telegram import Bot
from telegram.constants import FileSizeLimit
from telegram.error import BadRequest, Forbidden, InvalidToken, TelegramError

from bot.channel import ChannelDown, Media, MediaGone, MediaTooLarge
from bot.domain.file_types import FILE_TYPES
from bot.domain.files import StoredFile

#: All that agents send, whatever it is: what Telegram does not show it lets the customer save.
SENDS = dict.fromkeys(FILE_TYPES, int(FileSizeLimit.FILESIZE_UPLOAD))
_PHOTOS = frozenset({"image/jpeg", "image/png", "image/webp"})


async def fetch(bot: Bot, file_id: str) -> Media:
    """What a customer sent. Raises MediaGone, MediaTooLarge and ChannelDown."""
    try:
        found = await bot.get_file(file_id)
        content = await found.download_as_bytearray()
    # The texts of these hold no key; the file's address, which does, is not part of them.
    except (Forbidden, InvalidToken) as problem:
        raise ChannelDown(problem.message) from None
    except BadRequest as problem:
        # More than 20 MB a bot is not given; Telegram says so in words only.
        raise (MediaTooLarge if "too big" in problem.message else MediaGone)(problem.message) from None
    except TelegramError as problem:
        raise ChannelDown(type(problem).__name__) from None
    content_type, _ = guess_type((found.file_path or "").partition("?")[0])
    return Media(bytes(content), content_type or "application/octet-stream")


async def send(bot: Bot, chat: int, file: StoredFile, content: bytes, caption: str) -> None:
    """Raises TelegramError."""
    more: dict[str, Any] = {"caption": caption or None, "filename": file.name}
    if file.content_type in _PHOTOS and file.size <= FileSizeLimit.PHOTOSIZE_UPLOAD:
        try:
            await bot.send_photo(chat, content, **more)
        except BadRequest:  # too long and narrow, for one: as a file it is taken
            await bot.send_document(chat, content, **more)
    elif file.content_type == "video/mp4":
        await bot.send_video(chat, content, **more)
    else:
        await bot.send_document(chat, content, **more)
