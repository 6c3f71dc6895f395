"""A desk with one HTTP client per member of staff, for the tests of the staff's REST calls."""

from dataclasses import dataclass, field
from typing import Any

import httpx2

from bot.adapters.sql.staff import Account
from bot.desk.accounts import NewStaff
from bot.domain.staff import Presence, Role
from bot.ports import AssistantAnswer, Bubble
from tests.contract.people import PASSWORD, quick_passwords
from tests.flows.desk import Desk

HOST = "desk.example"
PERSON = AssistantAnswer(handoff="用户要求人工", bubbles=(Bubble("好的。"),))
ROLES = {"101": Role.AGENT, "102": Role.AGENT, "201": Role.LEAD, "301": Role.INSPECTOR, "901": Role.ADMIN}
ADDRESS = "幸福小区3号楼2单元501"
#: Every act on a conversation, with a body that will do.
ACTS: dict[str, dict[str, Any]] = {
    "take": {},
    "messages": {"id": "r1", "text": "您好"},
    "transfer": {"to": "102"},
    "close": {},
    "emergency/accept": {},
    "emergency/dispatch": {"address": ADDRESS},
    "emergency/dismiss": {"reason": "用户点错了"},
}


@dataclass
class Office:
    """The desk, and its staff, signed in."""

    desk: Desk
    tokens: dict[str, str]
    anybody: httpx2.AsyncClient
    clients: dict[str, httpx2.AsyncClient] = field(init=False)

    def __post_init__(self) -> None:
        self.clients = {
            staff_id: client(self.desk, Authorization=f"Bearer {key}") for staff_id, key in self.tokens.items()
        }

    async def call(self, staff_id: str, method: str, path: str, **body: Any) -> httpx2.Response:
        answer = await self.clients[staff_id].request(method, f"/api/{path}", json=body if method != "GET" else None)
        assert answer.status_code < 500, answer.text
        if answer.status_code < 400:
            await self.desk.gasdesk.settle()
        return answer

    async def get(self, staff_id: str, path: str, **params: str) -> Any:
        answer = await self.clients[staff_id].get(f"/api/{path}", params=params)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def do(self, staff_id: str, what: str, who: str = "ann", **body: Any) -> httpx2.Response:
        """An act on the conversation of this customer."""
        return await self.call(
            staff_id, "POST", f"conversations/{(await self.desk.conversation(who)).id}/{what}", **body
        )

    async def waits(self, who: str = "ann") -> str:
        """A customer asks for a person; returns the conversation's id."""
        self.desk.assistant.answers["转人工"] = PERSON
        await self.desk.write("转人工", who)
        return (await self.desk.conversation(who)).id

    async def do_in(self, conversation_id: str, what: str, staff_id: str = "101", **body: Any) -> httpx2.Response:
        return await self.call(staff_id, "POST", f"conversations/{conversation_id}/{what}", **body)

    async def sends_file(
        self, conversation_id: str, content: bytes, name: str, staff_id: str = "101", message_id: str = "f1"
    ) -> httpx2.Response:
        answer = await self.clients[staff_id].post(
            f"/api/conversations/{conversation_id}/files", params={"id": message_id, "name": name}, content=content
        )
        await self.desk.gasdesk.settle()
        return answer

    async def online(self, *staff_ids: str) -> None:
        for staff_id in staff_ids:
            await self.desk.presence(staff_id, Presence.ONLINE)


def client(desk: Desk, **headers: str) -> httpx2.AsyncClient:
    transport = httpx2.ASGITransport(desk.gasdesk.app, raise_app_exceptions=False)
    return httpx2.AsyncClient(transport=transport, base_url=f"http://{HOST}", headers=headers)


async def staffed(desk: Desk) -> Office:
    """Everybody of ROLES has an account with PASSWORD, and a session."""
    hashed, stores, now = await quick_passwords().hash(PASSWORD), desk.gasdesk.stores, desk.clock.now()
    people = [NewStaff(staff_id=staff_id, name=f"员工{staff_id}", role=role) for staff_id, role in ROLES.items()]
    await stores.staff.create([Account(new, hashed) for new in people], now)
    tokens = {staff_id: await stores.sessions.open(staff_id, now) for staff_id in ROLES}
    return Office(desk, tokens, client(desk))


def refused(answer: httpx2.Response, status: int, code: str) -> str:
    """The message of a refusal of this kind."""
    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code), answer.text
    message: str = answer.json()["error"]["message"]
    return message
