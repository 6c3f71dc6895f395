"""Members of the demo company's staff, over REST as a program uses it (docs/protocol.md 2)."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import uuid4

import httpx2

from bot.adapters.demo_staff import FILE
from tests.gasdesk_process import GasdeskProcess

type Json = dict[str, Any]


class Member:
    """Signed in; the session outlives a crash of gasdesk."""

    def __init__(self, http: httpx2.AsyncClient) -> None:
        self._http = http

    async def comes_online(self) -> None:
        await self._call("PUT", "presence", {"state": "online"})

    async def conversations(self, state: str = "open") -> list[Json]:
        answer = await self._call("GET", f"conversations?state={state}&limit=500")
        found: list[Json] = answer["conversations"]
        return found

    async def conversation(self, conversation_id: str) -> Json:
        """With messages and timeline."""
        return await self._call("GET", f"conversations/{conversation_id}")

    async def take(self, conversation_id: str) -> None:
        await self._call("POST", f"conversations/{conversation_id}/take")

    async def reply(self, conversation_id: str, text: str) -> None:
        await self._call("POST", f"conversations/{conversation_id}/messages", {"id": str(uuid4()), "text": text})

    async def breaches(self) -> list[Json]:
        found: list[Json] = (await self._call("GET", "breaches"))["breaches"]
        return found

    async def _call(self, method: str, path: str, body: Json | None = None) -> Json:
        answer = await self._http.request(method, f"/api/{path}", json=body)
        assert answer.is_success, f"{method} {path}: {answer.status_code} {answer.text}"
        found: Json = answer.json()
        return found


@asynccontextmanager
async def signed_in(gasdesk: GasdeskProcess, staff_id: str) -> AsyncIterator[Member]:
    password = json.loads((gasdesk.data / FILE).read_text(encoding="utf-8"))[staff_id]
    # A connection of its own for each call: gasdesk is killed between them.
    limits = httpx2.Limits(max_keepalive_connections=0)
    async with httpx2.AsyncClient(
        base_url=gasdesk.url, trust_env=False, timeout=20, limits=limits, verify=False
    ) as http:
        answer = await http.post("/api/login", json={"staff_id": staff_id, "password": password})
        assert answer.is_success, answer.text
        http.headers["Authorization"] = f"Bearer {answer.json()['token']}"
        yield Member(http)
