"""What staff's pages and programs should not send: each is answered clearly, never with a failure."""

import json
from typing import Any

import pytest

from tests.flows.office import ADDRESS, Office, refused

BAD: list[tuple[str, str, Any]] = [
    ("PUT", "presence", {"state": "asleep"}),
    ("PUT", "presence", {}),
    ("PUT", "presence", {"state": "busy", "reason": "长" * 101}),
    ("POST", "conversations/{id}/messages", {"id": "r1", "text": ""}),
    ("POST", "conversations/{id}/messages", {"id": "r1", "text": "长" * 4_001}),
    ("POST", "conversations/{id}/messages", {"id": "a/b", "text": "您好"}),
    ("POST", "conversations/{id}/messages", {"id": "", "text": "您好"}),
    ("POST", "conversations/{id}/messages", {"text": "您好"}),
    ("POST", "conversations/{id}/messages", {"id": "r1", "text": 7}),
    ("POST", "conversations/{id}/messages", {"id": "r1", "text": "\ud800"}),
    ("POST", "conversations/{id}/transfer", {"to": ""}),
    ("POST", "conversations/{id}/transfer", {"to": "1\x002"}),
    ("POST", "conversations/{id}/emergency/dispatch", {"address": "\x00\x00"}),
    ("POST", "conversations/{id}/emergency/dispatch", {"address": ADDRESS, "kind": "flood"}),
    ("POST", "conversations/{id}/emergency/dismiss", {"reason": ""}),
    ("POST", "conversations/nowhere/take", {}),
    ("POST", "conversations/%00/take", {}),
    ("POST", "conversations/" + "x" * 5_000 + "/take", {}),
    ("POST", "conversations/{id}/messages", ["not", "an", "object"]),
]


@pytest.mark.parametrize(("method", "path", "body"), BAD)
async def test_what_cannot_be_done_is_refused_with_a_reason(office: Office, method: str, path: str, body: Any) -> None:
    await office.desk.write("我家漏气了")
    conversation = await office.desk.conversation()
    await office.do("101", "take")
    answer = await office.clients["101"].request(
        method,
        f"/api/{path.format(id=conversation.id)}",
        content=json.dumps(body),
        headers={"Content-Type": "application/json"},
    )
    assert answer.status_code in (404, 409, 422), answer.text
    assert answer.json()["error"]["message"]


@pytest.mark.parametrize("text", ["\x00", "备注\x00备注", "\u200b"])
async def test_notes_with_unseen_characters_do_no_harm(office: Office, text: str) -> None:
    """PostgreSQL cannot hold a NUL."""
    await office.waits()
    await office.do("101", "take")
    await office.call("101", "PUT", "presence", state="busy", reason=text)
    await office.do("101", "transfer", to="queue", note=text)
    await office.do("101", "take")
    assert (await office.do("101", "close", summary=text, type=text)).status_code == 200


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("conversations?q=%00", 200),
        ("conversations?q=" + "%E9%95%BF" * 101, 422),
        ("conversations?state=lost", 422),
        ("conversations?limit=0", 422),
        ("conversations?limit=9999999999999999999999", 422),
        ("conversations?q=100%25_", 200),
        ("conversations/%00", 404),
        ("breaches?since=yesterday", 422),
        ("breaches?since=2026-01-05T00:00:00", 422),
        ("breaches?since=0001-01-01T00:00:00Z", 200),
    ],
)
async def test_odd_questions_are_answered(office: Office, path: str, status: int) -> None:
    answer = await office.clients["201"].get(f"/api/{path}")
    assert answer.status_code == status, answer.text


async def test_a_body_that_is_no_json_is_refused(office: Office) -> None:
    answer = await office.clients["101"].put(
        "/api/presence", content=b"{not json", headers={"Content-Type": "application/json"}
    )
    refused(answer, 400, "invalid_json")


@pytest.mark.parametrize("staff_id", ["\x00", "1\x0001", "长", "101'--"])
async def test_an_odd_staff_number_is_a_wrong_one(office: Office, staff_id: str) -> None:
    answer = await office.anybody.post("/api/login", json={"staff_id": staff_id, "password": "\x00"})
    refused(answer, 401, "wrong_password")
