"""Files as HTTP answers: shown only if a browser runs nothing in them, else saved; never guessed at."""

from collections.abc import AsyncIterator
from urllib.parse import quote

from starlette.responses import Response, StreamingResponse

from bot.channel import Media
from bot.domain.files import StoredFile

#: What a browser shows without running anything in it; the rest is only ever saved.
_SHOWN = frozenset(
    {"image/png", "image/jpeg", "image/gif", "image/webp", "audio/mpeg", "audio/mp4", "audio/ogg", "video/mp4"}
)
#: A file opened by itself is a page with nothing allowed in it.
_CSP = "default-src 'none'; img-src 'self'; media-src 'self'; sandbox"


def file_answer(file: StoredFile, content: AsyncIterator[bytes], *, save: bool = False) -> Response:
    """`save`: a browser is not to show it, but to keep it."""
    headers = {**_headers(file.content_type, file.name, save=save), "Content-Length": str(file.size)}
    return StreamingResponse(content, media_type=_type(file.content_type), headers=headers)


def media_answer(media: Media, name: str) -> Response:
    """What a platform handed over; its content type is that of the platform."""
    return Response(media.content, media_type=_type(media.content_type), headers=_headers(media.content_type, name))


def _type(content_type: str) -> str:
    return content_type if content_type in _SHOWN else "application/octet-stream"


def _headers(content_type: str, name: str, *, save: bool = False) -> dict[str, str]:
    how = "inline" if content_type in _SHOWN and not save else "attachment"
    return {
        "Content-Disposition": f"{how}; filename*=UTF-8''{quote(name, safe='')}",
        "Content-Security-Policy": _CSP,
        "Cache-Control": "private, max-age=3600",
        "X-Content-Type-Options": "nosniff",
    }
