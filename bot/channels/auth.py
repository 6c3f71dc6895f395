"""Who is asking: the member of staff behind a request or a desk socket."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Annotated, Any

from fastapi import Depends
from fastapi.security import APIKeyCookie, HTTPAuthorizationCredentials, HTTPBearer
from starlette.requests import Request, cookie_parser

from bot.channels.errors import not_allowed, not_signed_in
from bot.channels.same_origin import is_own_page
from bot.clock import Clock
from bot.desk.sign_in import Sessions
from bot.domain.staff import Role, Staff
from bot.ports import StaffDirectory

COOKIE = "gasdesk_session"

# These two only tell /docs how one is signed in; `session_key` reads the key.
_Cookie = Annotated[str | None, Depends(APIKeyCookie(name=COOKIE, auto_error=False))]
_Bearer = Annotated[HTTPAuthorizationCredentials | None, Depends(HTTPBearer(auto_error=False))]

Environ = Mapping[str, Any]
Dependency = Callable[..., Awaitable[Staff]]


class Auth:
    """Use `Depends(auth.current_staff)`, or `Depends(auth.requires(Role.LEAD))` for some roles only."""

    def __init__(self, *, sessions: Sessions, staff: StaffDirectory, clock: Clock) -> None:
        self._sessions = sessions
        self._staff = staff
        self._clock = clock
        self.current_staff = self._dependency(frozenset(Role))

    def requires(self, *roles: Role) -> Dependency:
        """A dependency: the signed-in member of staff, if he has one of these roles; otherwise 401 or 403."""
        return self._dependency(frozenset(roles))

    def _dependency(self, roles: frozenset[Role]) -> Dependency:
        async def signed_in(request: Request, _cookie: _Cookie, _bearer: _Bearer) -> Staff:
            member = await self.staff_of(session_key(request.headers))
            if member is None:
                raise not_signed_in()
            if member.role not in roles:
                raise not_allowed()
            return member

        return signed_in

    async def authenticate_socket(self, environ: Environ, auth: object) -> Staff | None:
        """Who connects to the desk's namespace; None refuses.

        Args:
            environ: the handshake as python-socketio hands it over.
            auth: what the client sent along; `{token}` counts before the cookie.
        """
        headers = _headers(environ)
        if not is_own_page(headers):
            return None
        token = auth.get("token") if isinstance(auth, Mapping) else None
        return await self.staff_of(token if isinstance(token, str) else session_key(headers))

    async def staff_of(self, key: str | None) -> Staff | None:
        """The member of staff whose session this is; None when it has ended."""
        if not key:
            return None
        staff_id = await self._sessions.staff_id(key, self._clock.now())
        return await self._staff.get(staff_id) if staff_id else None


def session_key(headers: Mapping[str, str]) -> str | None:
    """From `Authorization: Bearer` or the cookie; `headers` by lower-case name."""
    scheme, _, key = headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer" and key.strip():
        return key.strip()
    return cookie_parser(headers.get("cookie", "")).get(COOKIE)


def _headers(environ: Environ) -> dict[str, str]:
    """HTTP_SEC_FETCH_SITE → sec-fetch-site."""
    return {
        name.removeprefix("HTTP_").replace("_", "-").lower(): value
        for name, value in environ.items()
        if name.startswith("HTTP_") and isinstance(value, str)
    }
