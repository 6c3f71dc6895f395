"""Files as HTTP answers: whole or in pieces; shown if a browser runs nothing in them, else saved; never guessed at.

Players ask for a film in pieces (Range), and an iPhone plays none that it does not get so. What a caller has already
is not sent again. Both go by the hash of the bytes, which names exactly them.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from pathlib import Path
from urllib.parse import quote

from starlette.middleware.gzip import DEFAULT_EXCLUDED_CONTENT_TYPES
from starlette.requests import Request
from starlette.responses import FileResponse, Response

from bot.channel import Media
from bot.domain.files import KeptFile
from bot.files.platform_media import Fetched

#: What a browser shows without running anything in it; the rest is only ever saved.
_SHOWN = frozenset(
    {"image/png", "image/jpeg", "image/gif", "image/webp", "audio/mpeg", "audio/mp4", "audio/ogg", "video/mp4"}
)
_SAVED = "application/octet-stream"
#: Compressed on the way a file would have other bytes than those its ETag and its pieces stand for.
AS_THEY_ARE = (*DEFAULT_EXCLUDED_CONTENT_TYPES, _SAVED)
#: A file opened by itself is a page with nothing allowed in it.
_CSP = "default-src 'none'; img-src 'self'; media-src 'self'; sandbox"


def file_answer(request: Request, kept: KeptFile, at: Path, *, save: bool = False) -> Response:
    """`at`: where the bytes lie; `save`: a browser is not to show it, but to keep it."""
    headers = {**_headers(kept.file.content_type, kept.file.name, save=save), **_version(kept.digest, kept.at)}
    return _lying(request, at, _type(kept.file.content_type), headers)


def media_answer(request: Request, found: Fetched | Media, name: str) -> Response:
    """What a platform handed over; its content type is that of the platform."""
    headers, content_type = _headers(found.content_type, name), _type(found.content_type)
    if isinstance(found, Media):
        return Response(found.content, media_type=content_type, headers=headers)
    return _lying(request, found.at, content_type, {**headers, **_version(found.digest, found.since)})


def _lying(request: Request, at: Path, content_type: str, headers: Mapping[str, str]) -> Response:
    if _is_known(request.headers, headers):
        return Response(status_code=304, headers=headers)
    return FileResponse(at, media_type=content_type, headers=headers)


def _is_known(asked: Mapping[str, str], has: Mapping[str, str]) -> bool:
    """Whether the caller has these bytes (RFC 9110, 13.1): by their hash, or else by their time."""
    if tags := asked.get("if-none-match"):
        return tags.strip() == "*" or has["ETag"] in (tag.strip().removeprefix("W/") for tag in tags.split(","))
    try:
        return parsedate_to_datetime(asked["if-modified-since"]) >= parsedate_to_datetime(has["Last-Modified"])
    except (KeyError, ValueError, TypeError):
        return False


def _version(digest: str, since: datetime) -> dict[str, str]:
    return {"ETag": f'"{digest}"', "Last-Modified": format_datetime(since.astimezone(UTC), usegmt=True)}


def _type(content_type: str) -> str:
    return content_type if content_type in _SHOWN else _SAVED


def _headers(content_type: str, name: str, *, save: bool = False) -> dict[str, str]:
    how = "inline" if content_type in _SHOWN and not save else "attachment"
    return {
        "Content-Disposition": f"{how}; filename*=UTF-8''{quote(name, safe='')}",
        "Content-Security-Policy": _CSP,
        "Cache-Control": "private, max-age=3600",
        "X-Content-Type-Options": "nosniff",
    }
