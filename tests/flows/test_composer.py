"""Canned replies, 请您稍等 and private notes, over REST with a manual clock."""

import pytest

from bot.domain.conversations import Kind, Owner, Speaker
from tests.flows.office import Office, refused

MINE = {"title": "预约上门", "text": "{称呼}，请问您什么时候方便上门？"}


async def _serves(office: Office, staff_id: str = "101") -> str:
    conversation_id = await office.waits()
    await office.do(staff_id, "take")
    return conversation_id


# --- canned replies ---


async def test_the_companys_replies_are_there_with_their_facts(office: Office) -> None:
    answer = await office.get("101", "canned-replies")
    greeting = answer["replies"][0]
    assert set(greeting) == {"id", "scope", "title", "text", "initials", "editable"}
    assert (greeting["scope"], greeting["initials"], greeting["editable"]) == ("company", "wh", False)
    assert answer["variables"]["工号"] == "101"
    assert answer["variables"]["公司"] == office.desk.company.company.name
    assert answer["variables"]["回复工作日"] == str(office.desk.company.working_days.callback)


async def test_everybody_keeps_his_own(office: Office) -> None:
    made = (await office.call("101", "POST", "canned-replies", **MINE)).json()["reply"]
    assert (made["scope"], made["initials"], made["editable"]) == ("personal", "yysm", True)
    assert (await office.get("101", "canned-replies"))["replies"][0] == made
    assert made["id"] not in [each["id"] for each in (await office.get("102", "canned-replies"))["replies"]]

    changed = await office.call("101", "PUT", f"canned-replies/{made['id']}", title="上门", text="请问何时方便？")
    assert changed.json()["reply"]["text"] == "请问何时方便？"
    refused(await office.call("102", "PUT", f"canned-replies/{made['id']}", **MINE), 404, "not_found")
    refused(await office.call("201", "DELETE", f"canned-replies/{made['id']}"), 404, "not_found")
    assert (await office.call("101", "DELETE", f"canned-replies/{made['id']}")).status_code == 204
    assert (await office.get("101", "canned-replies"))["replies"][0]["scope"] == "company"


async def test_the_team_has_what_its_lead_keeps(office: Office) -> None:
    refused(await office.call("101", "POST", "canned-replies", scope="team", **MINE), 409, "refused")
    made = (await office.call("201", "POST", "canned-replies", scope="team", **MINE)).json()["reply"]
    seen = (await office.get("101", "canned-replies"))["replies"][0]
    assert (seen["id"], seen["editable"]) == (made["id"], False)
    refused(await office.call("101", "PUT", f"canned-replies/{made['id']}", **MINE), 409, "refused")
    assert (await office.call("201", "PUT", f"canned-replies/{made['id']}", **MINE)).status_code == 200


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"title": "", "text": "您好"}, "invalid"),
        ({"title": "长" * 41, "text": "您好"}, "invalid"),
        ({"title": "问候", "text": " \u200b"}, "invalid"),
        ({"title": "问候", "text": "长" * 1_001}, "invalid"),
        ({"title": "推托", "text": "你问领导去"}, "forbidden_phrase"),
        ({"title": "问候", "text": "您好", "scope": "company"}, "invalid"),
    ],
)
async def test_what_cannot_be_kept_is_refused(office: Office, body: dict[str, str], code: str) -> None:
    assert refused(await office.call("101", "POST", "canned-replies", **body), 422, code)


async def test_the_companys_cannot_be_changed_here(office: Office) -> None:
    refused(await office.call("201", "PUT", "canned-replies/company-1", **MINE), 404, "not_found")
    assert (await office.clients["301"].get("/api/canned-replies")).status_code == 403


# --- 请您稍等 ---


async def test_asking_to_wait_and_coming_back(office: Office) -> None:
    """S0 在线客服 7."""
    await _serves(office)
    scripts = office.desk.company.scripts
    answer = await office.do("101", "hold")
    assert answer.json()["conversation"]["on_hold"] is True
    assert office.desk.heard(speaker=Speaker.AGENT)[-1] == scripts.please_wait
    await office.do("101", "hold")
    assert office.desk.heard().count(scripts.please_wait) == 1, "a second press"
    await office.do("101", "messages", id="r1", text="您的余额是30元。")
    assert office.desk.heard()[-2:] == [scripts.thanks_for_waiting, "您的余额是30元。"]
    await office.do("101", "messages", id="r2", text="请问还有什么可以帮助您吗？")
    assert office.desk.heard().count(scripts.thanks_for_waiting) == 1, "he was back already"


async def test_asking_to_wait_is_no_answer(office: Office) -> None:
    """The prompts go on, counted from 请您稍等; two minutes after it the conversation moves on (S0 回复要求 3)."""
    await office.online("101", "102")
    await office.waits()
    await office.desk.wait(40)
    await office.do("101", "hold")
    waiting_since = (await office.desk.conversation()).waiting_since
    await office.desk.wait(44)
    assert office.desk.heard(kind=Kind.WAITING_PROMPT) == []
    await office.desk.wait(1)
    assert len(office.desk.heard(kind=Kind.WAITING_PROMPT)) == 1
    await office.do("101", "hold")
    await office.desk.wait(74)
    assert await office.desk.owner() == (Owner.AGENT, "101")
    assert (await office.desk.conversation()).waiting_since == waiting_since
    await office.desk.wait(1)
    assert await office.desk.owner() == (Owner.AGENT, "102")
    (breach,) = (await office.get("201", "breaches"))["breaches"]
    assert (breach["staff_id"], breach["waited_seconds"]) == ("101", 160)
    await office.do("102", "messages", id="r1", text="您好，我来为您处理。")
    assert office.desk.company.scripts.thanks_for_waiting not in office.desk.heard(), "another asked to wait"


async def test_who_is_asked_to_wait_after_an_answer_is_waited_for_again(office: Office) -> None:
    await _serves(office)
    await office.do("101", "messages", id="r1", text="好的。")
    assert (await office.desk.conversation()).waiting_since is None
    await office.do("101", "hold")
    await office.desk.wait(45)
    assert len(office.desk.heard(kind=Kind.WAITING_PROMPT)) == 1


async def test_only_who_has_it_asks_to_wait(office: Office) -> None:
    await _serves(office)
    refused(await office.do("102", "hold"), 409, "refused")


# --- notes ---


async def test_a_note_is_for_staff_only_and_no_answer(office: Office) -> None:
    conversation_id = await _serves(office)
    before, heard = await office.desk.conversation(), office.desk.heard()
    note = (await office.do("101", "notes", id="n1", text="用户情绪激动，先安抚")).json()["note"]
    assert set(note) == {"id", "at", "staff_id", "text"}
    assert (await office.do("101", "notes", id="n1", text="又一次")).json()["note"] == note, "the same id is one note"
    assert office.desk.heard() == heard
    assert await office.desk.conversation() == before, "the clock goes on"
    found = await office.get("201", f"conversations/{conversation_id}")
    assert found["notes"] == [note]
    assert all(message["text"] != note["text"] for message in found["messages"])


async def test_who_may_write_a_note(office: Office) -> None:
    conversation_id = await _serves(office)
    refused(await office.do("102", "notes", id="n1", text="您好"), 409, "refused")
    assert (await office.do("201", "notes", id="n2", text="请注意措辞")).status_code == 200
    assert (await office.do("301", "notes", id="n3", text="您好")).status_code == 403
    refused(await office.do("101", "notes", id="n4", text=" "), 422, "invalid")
    refused(await office.call("101", "POST", "conversations/nowhere/notes", id="n5", text="您好"), 404, "not_found")
    await office.do("101", "close")
    assert (await office.do("101", "notes", id="n6", text="已电话回访")).status_code == 200
    assert len((await office.get("101", f"conversations/{conversation_id}"))["notes"]) == 2
