"""Signing in over HTTP, as browsers and as programs do it (docs/protocol.md §2)."""

from collections.abc import AsyncIterator
from datetime import timedelta
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Annotated, Any

import httpx2
import pytest
import pytest_asyncio
from fastapi import Depends, FastAPI

from bot.adapters.sql.credentials import SqlCredentials
from bot.adapters.sql.database import Database
from bot.adapters.sql.metadata import metadata
from bot.adapters.sql.sessions import SqlSessions
from bot.adapters.sql.staff import SqlStaff
from bot.channels.auth import COOKIE, Auth
from bot.channels.auth_routes import auth_routes
from bot.channels.errors import install_error_handlers
from bot.channels.same_origin import RefuseCrossSite
from bot.desk.sign_in import SignIn
from bot.domain.staff import Role, Staff
from tests.contract.business import StoppedClock
from tests.contract.people import NOW, PASSWORD, add_staff, quick_passwords

HOST = "desk.example"
PAGE = {"Sec-Fetch-Site": "same-origin", "Origin": f"http://{HOST}"}


class Site:
    def __init__(self, database: Database) -> None:
        self.clock = StoppedClock(NOW)
        self.staff = SqlStaff(database)
        self.sessions = SqlSessions(database)
        self.auth = Auth(sessions=self.sessions, staff=self.staff, clock=self.clock)
        self.app = FastAPI()
        sign_in = SignIn(
            credentials=SqlCredentials(database),
            passwords=quick_passwords(),
            sessions=self.sessions,
            clock=self.clock,
        )
        self.app.include_router(auth_routes(auth=self.auth, sign_in=sign_in, sessions=self.sessions, clock=self.clock))
        auth = self.auth

        @self.app.get("/api/breaches")
        async def breaches(member: Annotated[Staff, Depends(auth.requires(Role.LEAD, Role.ADMIN))]) -> str:
            return member.staff_id

        install_error_handlers(self.app)
        self.app.add_middleware(RefuseCrossSite)

    def client(self, scheme: str = "http", **headers: str) -> httpx2.AsyncClient:
        transport = httpx2.ASGITransport(self.app, raise_app_exceptions=False)
        return httpx2.AsyncClient(transport=transport, base_url=f"{scheme}://{HOST}", headers=headers)


@pytest_asyncio.fixture
async def site(tmp_path: Path) -> AsyncIterator[Site]:
    database = Database.connect(f"sqlite+aiosqlite:///{tmp_path / 'gasdesk.db'}")
    async with database.writer.begin() as connection:
        await connection.run_sync(metadata.create_all)
    await add_staff(database, "101")
    await add_staff(database, "201", role=Role.LEAD)
    yield Site(database)
    await database.close()


async def log_in(client: httpx2.AsyncClient, staff_id: str = "101", password: str = PASSWORD) -> httpx2.Response:
    return await client.post("/api/login", json={"staff_id": staff_id, "password": password})


def error(response: httpx2.Response) -> dict[str, Any]:
    body: dict[str, Any] = response.json()
    assert list(body) == ["error"]
    found: dict[str, Any] = body["error"]
    return found


@pytest.mark.parametrize("headers", [PAGE, {"Sec-Fetch-Site": "same-origin"}, {"Origin": f"http://{HOST}"}])
async def test_a_browser_gets_a_cookie_and_no_token(site: Site, headers: dict[str, str]) -> None:
    async with site.client(**headers) as client:
        answer = await log_in(client)
        assert answer.status_code == 200
        assert answer.json() == {
            "staff": {
                "staff_id": "101",
                "name": "员工101",
                "role": "agent",
                "presence": "offline",
                "reason": "",
                "since": None,
                "back_by": None,
                "groups": [],
                "load": 0,
                "capacity": 10,
            }
        }
        me = await client.get("/api/me")
        assert me.json() == {"staff": answer.json()["staff"], "now": "2026-01-05T09:00:00.000Z"}


@pytest.mark.parametrize(("scheme", "secure"), [("http", False), ("https", True)])
async def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(site: Site, scheme: str, secure: bool) -> None:
    async with site.client(scheme) as client:
        answer = await log_in(client)
    cookie = SimpleCookie(answer.headers["set-cookie"])[COOKIE]
    assert cookie["httponly"]
    assert cookie["samesite"] == "strict"
    assert (cookie["path"], cookie["max-age"]) == ("/", "43200")
    assert bool(cookie["secure"]) is secure
    assert answer.headers["cache-control"] == "no-store"


async def test_nobody_is_believed_about_https_who_is_not_trusted(site: Site) -> None:
    async with site.client(**{"X-Forwarded-Proto": "https"}) as client:
        assert "Secure" not in (await log_in(client)).headers["set-cookie"]


async def test_a_program_gets_a_token_that_works_as_bearer(site: Site) -> None:
    async with site.client() as client:
        token = (await log_in(client)).json()["token"]
    async with site.client(Authorization=f"Bearer {token}") as program:
        assert (await program.get("/api/me")).json()["staff"]["staff_id"] == "101"
        assert (await program.post("/api/logout")).status_code == 204
        assert (await program.get("/api/me")).status_code == 401


async def test_signing_in_again_ends_the_session_before(site: Site) -> None:
    async with site.client() as client:
        first = (await log_in(client)).json()["token"]
        second = (await log_in(client)).json()["token"]
    assert await site.auth.staff_of(first) is None
    assert await site.auth.staff_of(second) is not None


async def test_signing_out_ends_the_session_and_takes_the_cookie_back(site: Site) -> None:
    async with site.client() as client:
        token = (await log_in(client)).json()["token"]
        answer = await client.post("/api/logout")
        assert answer.status_code == 204
        assert SimpleCookie(answer.headers["set-cookie"])[COOKIE]["max-age"] == "0"
        assert COOKIE not in client.cookies
        assert (await client.post("/api/logout")).status_code == 204
    assert await site.auth.staff_of(token) is None


async def test_without_a_session_it_says_so(site: Site) -> None:
    async with site.client() as client:
        answer = await client.get("/api/me")
    assert answer.status_code == 401
    assert error(answer) == {"code": "not_signed_in", "message": "请先登录。"}
    assert answer.headers["www-authenticate"] == "Bearer"


async def test_an_old_session_is_none(site: Site) -> None:
    async with site.client() as client:
        await log_in(client)
        site.clock.moment += timedelta(hours=8)
        assert (await client.get("/api/me")).status_code == 401


@pytest.mark.parametrize("staff_id", ["101", "999"])
async def test_wrong_number_and_wrong_password_read_the_same(site: Site, staff_id: str) -> None:
    async with site.client() as client:
        answer = await log_in(client, staff_id, "wrong-password")
    assert answer.status_code == 401
    assert error(answer) == {"code": "wrong_password", "message": "工号或密码不正确，请重新输入。"}
    assert "set-cookie" not in answer.headers


async def test_ten_wrong_passwords_are_answered_clearly(site: Site) -> None:
    async with site.client() as client:
        answers = [await log_in(client, "101", f"wrong-{n}") for n in range(10)]
        assert [answer.status_code for answer in answers] == [401] * 4 + [429] * 6
        assert error(answers[4]) == {
            "code": "account_locked",
            "message": "密码连续输错次数过多，该账号已锁定，请在 1 分钟后再试。",
        }
        site.clock.moment += timedelta(seconds=20)
        right = await log_in(client)
        assert "请在 40 秒后再试" in error(right)["message"]
        assert right.headers["retry-after"] == "40"
        site.clock.moment += timedelta(seconds=40)
        assert (await log_in(client)).status_code == 200


async def test_an_address_that_guesses_too_much_is_told_to_wait(site: Site) -> None:
    async with site.client() as client:
        for n in range(20):
            await log_in(client, f"9{n:02}", "wrong-password")
        answer = await log_in(client)
    assert answer.status_code == 429
    assert error(answer)["code"] == "too_many_attempts"
    assert "5 分钟后" in error(answer)["message"]


@pytest.mark.parametrize(
    ("content", "kind", "status", "code"),
    [
        ("staff_id=101&password=x", "application/x-www-form-urlencoded", 422, "invalid"),
        ('{"staff_id": "101", "password": "x"}', "text/plain", 422, "invalid"),
        ("{", "application/json", 400, "invalid_json"),
        ("[]", "application/json", 422, "invalid"),
        ("", "application/json", 422, "invalid"),
    ],
)
async def test_only_json_signs_in(site: Site, content: str, kind: str, status: int, code: str) -> None:
    async with site.client() as client:
        answer = await client.post("/api/login", content=content, headers={"Content-Type": kind})
    assert (answer.status_code, error(answer)["code"]) == (status, code)
    assert "JSON" in error(answer)["message"]


async def test_each_wrong_field_is_named_in_chinese(site: Site) -> None:
    async with site.client() as client:
        answer = await client.post("/api/login", json={"staff_id": 101, "password": ""})
        assert error(answer)["fields"] == {"staff_id": "必须是文字", "password": "至少 1 个字符"}
        answer = await client.post("/api/login", json={"password": "x" * 201})
        assert error(answer)["fields"] == {"staff_id": "必填", "password": "最多 200 个字符"}


@pytest.mark.parametrize(("staff_id", "status"), [("101", 403), ("201", 200)])
async def test_some_paths_need_a_role(site: Site, staff_id: str, status: int) -> None:
    async with site.client() as client:
        assert (await client.get("/api/breaches")).status_code == 401
        await log_in(client, staff_id)
        answer = await client.get("/api/breaches")
    assert answer.status_code == status
    if status == 403:
        assert error(answer)["message"].startswith("您的岗位没有此权限")


FOREIGN = [
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "same-origin", "Origin": "https://evil.example"},
    {"Origin": "http://desk.example.evil.com"},
    {"Origin": "http://desk.example:8000"},
    {"Origin": "null"},
    {"Origin": "https://["},
    {"Origin": ""},
]


@pytest.mark.parametrize("headers", FOREIGN)
async def test_another_site_changes_nothing(site: Site, headers: dict[str, str]) -> None:
    async with site.client() as client:
        token = (await log_in(client)).json()["token"]
        for path in ("/api/login", "/api/logout"):
            answer = await client.post(path, json={"staff_id": "101", "password": PASSWORD}, headers=headers)
            assert answer.status_code == 403
            assert error(answer)["code"] == "cross_site"
        assert await site.auth.authenticate_socket(environ(token, headers), None) is None
        assert await site.auth.authenticate_socket(environ("", headers), {"token": token}) is None
    assert await site.auth.staff_of(token) is not None


@pytest.mark.parametrize(
    "headers", [{}, PAGE, {"Sec-Fetch-Site": "none"}, {"Origin": f"https://{HOST}"}, {"Origin": "http://DESK.example"}]
)
async def test_our_own_pages_and_programs_may(site: Site, headers: dict[str, str]) -> None:
    async with site.client() as client:
        token = (await log_in(client)).json()["token"]
        member = await site.auth.authenticate_socket(environ(token, headers), None)
        assert member is not None
        assert member.staff_id == "101"
        assert (await client.post("/api/logout", headers=headers)).status_code == 204


async def test_a_socket_may_bring_its_token_along(site: Site) -> None:
    async with site.client() as client:
        token = (await log_in(client)).json()["token"]
    assert await site.auth.authenticate_socket(environ("", {}), {"token": token}) is not None
    for wrong in (None, "x", {}, {"token": None}, {"token": 5}, {"token": "x"}, [token]):
        assert await site.auth.authenticate_socket(environ("", {}), wrong) is None


async def test_a_strange_cookie_of_another_program_on_the_host_does_no_harm(site: Site) -> None:
    async with site.client() as client:
        token = (await log_in(client)).json()["token"]
        client.cookies.clear()
        cookie = f'prefs={{"a": [1,2]}}; =; odd; {COOKIE}={token}; last="'
        assert (await client.get("/api/me", headers={"Cookie": cookie})).status_code == 200


async def test_the_docs_show_how_to_sign_in(site: Site) -> None:
    schema = site.app.openapi()
    kinds = {scheme["type"] for scheme in schema["components"]["securitySchemes"].values()}
    assert kinds == {"apiKey", "http"}
    assert schema["paths"]["/api/me"]["get"]["security"]
    assert [parameter["name"] for parameter in schema["paths"]["/api/me"]["get"].get("parameters", [])] == []


def environ(token: str, headers: dict[str, str]) -> dict[str, Any]:
    """A handshake as python-socketio hands it over."""
    found: dict[str, Any] = {"HTTP_HOST": HOST, "REQUEST_METHOD": "GET", "asgi.scope": {}}
    if token:
        found["HTTP_COOKIE"] = f"{COOKIE}={token}"
    return found | {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in headers.items()}
