"""Signing in and out (docs/protocol.md §2)."""

import math
from datetime import timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from pydantic import AfterValidator, BaseModel, Field
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.channels import shapes
from bot.channels.auth import COOKIE, Auth, session_key
from bot.channels.errors import ApiError, not_signed_in, too_often
from bot.channels.same_origin import from_browser
from bot.clock import Clock
from bot.desk.accounts import SessionRules
from bot.desk.sign_in import AccountLocked, Sessions, SignIn, TooManyAttempts, WrongPassword
from bot.domain.staff import Staff
from bot.domain.text import tidy


class Login(BaseModel):
    staff_id: Annotated[str, AfterValidator(tidy)] = Field(min_length=1, max_length=20, description="工号")
    # Bounded, because a long one would take long to hash.
    password: str = Field(min_length=1, max_length=200)


def auth_routes(
    *, auth: Auth, sign_in: SignIn, sessions: Sessions, clock: Clock, rules: SessionRules | None = None
) -> APIRouter:
    """`/api/login`, `/api/logout`, `/api/me`.

    Behind a proxy, uvicorn's `proxy_headers` and `forwarded_allow_ips` decide whom to believe that the customer's
    side is https (then the cookie is Secure) and which address he has.
    """
    router = APIRouter(prefix="/api", tags=["登录"])
    lifetime = (rules or SessionRules()).lifetime

    @router.post("/login", summary="登录")
    async def login(body: Login, request: Request) -> Response:
        token = await _open_session(sign_in, body, request)
        if old := session_key(request.headers):
            await sessions.end(old)
        member = await auth.staff_of(token)
        if member is None:  # ended by somebody else in this very moment
            raise not_signed_in()
        answer: dict[str, Any] = {"staff": shapes.staff(member)}
        if not from_browser(request.headers):
            answer["token"] = token  # a page's scripts never see it
        response = JSONResponse(answer, headers={"Cache-Control": "no-store"})
        _set_cookie(response, request, token, lifetime)
        return response

    @router.post("/logout", summary="退出登录", status_code=204)
    async def logout(request: Request) -> Response:
        if key := session_key(request.headers):
            await sessions.end(key)
        response = Response(status_code=204)
        _set_cookie(response, request, "", timedelta())
        return response

    @router.get("/me", summary="当前登录的人员")
    async def me(member: Annotated[Staff, Depends(auth.current_staff)]) -> dict[str, Any]:
        return {"staff": shapes.staff(member), "now": shapes.moment(clock.now())}

    return router


async def _open_session(sign_in: SignIn, body: Login, request: Request) -> str:
    """Raises ApiError."""
    try:
        return await sign_in(body.staff_id, body.password, request.client.host if request.client else "")
    except WrongPassword:
        raise ApiError(401, "wrong_password", "工号或密码不正确，请重新输入。") from None
    except AccountLocked as problem:
        message = f"密码连续输错次数过多，该账号已锁定，请在{_words(problem.wait)}后再试。"
        raise too_often("account_locked", message, problem.wait.total_seconds()) from None
    except TooManyAttempts as problem:
        message = f"登录失败次数过多，请在{_words(problem.wait)}后再试。"
        raise too_often("too_many_attempts", message, problem.wait.total_seconds()) from None


def _set_cookie(response: Response, request: Request, token: str, lifetime: timedelta) -> None:
    response.set_cookie(
        COOKIE,
        token,
        max_age=int(lifetime.total_seconds()),
        path="/",
        secure=request.url.scheme == "https",
        httponly=True,
        samesite="strict",
    )


def _words(wait: timedelta) -> str:
    seconds = math.ceil(wait.total_seconds())
    return f" {seconds} 秒" if seconds < 60 else f" {math.ceil(seconds / 60)} 分钟"
