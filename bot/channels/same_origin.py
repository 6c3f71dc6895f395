"""Refuses what another web site makes a signed-in browser do (CSRF).

Browsers tell where a request comes from (`Sec-Fetch-Site`, older ones `Origin`) and a page cannot forge it. Programs
send neither and need no token: they bring no cookie that they were not given.
"""

from collections.abc import Mapping
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.channels.errors import ApiError, error_response

_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
_OWN = frozenset({"same-origin", "none"})


def is_own_page(headers: Mapping[str, str]) -> bool:
    """Whether a request may come from our own page or a program; `headers` by lower-case name."""
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    if site is not None and site.lower() not in _OWN:
        return False
    return origin is None or _host_of(origin) == headers.get("host", "").lower()


def from_browser(headers: Mapping[str, str]) -> bool:
    """Whether a page made this POST. Without https browsers leave `Sec-Fetch-Site` out, but never `Origin`."""
    return "sec-fetch-site" in headers or "origin" in headers


def cross_site_refusal() -> ApiError:
    return ApiError(403, "cross_site", "请求来自其他网站，已被拒绝。请在本系统的页面上操作。")


class RefuseCrossSite:
    """Middleware: requests under `prefix` that change something must come from our own pages or from programs."""

    def __init__(self, app: ASGIApp, prefix: str = "/api/") -> None:
        self._app = app
        self._prefix = prefix

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self._guarded(scope) and not is_own_page(Headers(scope=scope)):
            await error_response(cross_site_refusal())(scope, receive, send)
            return
        await self._app(scope, receive, send)

    def _guarded(self, scope: Scope) -> bool:
        return (
            scope["type"] == "http" and scope["method"] not in _SAFE_METHODS and scope["path"].startswith(self._prefix)
        )


def _host_of(origin: str) -> str | None:
    """Host and port as a browser also writes them into `Host`; None when there is no telling ("null")."""
    try:
        return urlsplit(origin).netloc.lower() or None
    except ValueError:
        return None
