"""Agents point at what the assistant got wrong, and administrators see it, who did and why."""

from typing import Any

import pytest

from bot.training.judged import Parsed
from tests.flows.office import Office, refused
from tests.flows.test_review import answer, inbox, write

SURE = (("pay_bill", 0.95), ("query_balance", 0.02))


@pytest.fixture
async def talk(office: Office) -> str:
    """The assistant was sure of itself, and wrong; the customer asked for a person and has one."""
    office.desk.parse.answers = {"我想把户主换成我爱人": Parsed((("pay_bill", 0.95),), True, 1.0)}
    await write(office.desk, answer("我想把户主换成我爱人", *SURE))
    assert await inbox(office) == []
    conversation = await office.waits()
    await office.online("101")
    return conversation


async def flag(office: Office, talk: str, seq: int, reason: str = "", who: str = "101") -> Any:
    return await office.call(who, "POST", f"conversations/{talk}/messages/{seq}/flag", reason=reason)


async def seq_of(office: Office, talk: str, text: str) -> int:
    return next(m.seq for m in await office.desk.gasdesk.stores.transcripts.messages(talk) if m.text == text)


async def test_a_flag_is_seen_with_who_and_why(office: Office, talk: str) -> None:
    seq = await seq_of(office, talk, "我想把户主换成我爱人")
    assert (await flag(office, talk, seq)).json()["state"] == "open"
    await flag(office, talk, seq, "是过户，我叫王小明 13812345678")
    (item,) = [one for one in await inbox(office) if one["text"] == "我想把户主换成我爱人"]
    assert "坐席标记" in [reason["words"] for reason in item["reasons"]]
    assert [(one["staff_id"], one["why"]) for one in item["flags"]] == [("101", "是过户，我叫某某 13800000000")]
    assert item["guesses"][0]["intent"] == "pay_bill"


async def test_only_what_the_customer_said_and_only_staff_who_serve(office: Office, talk: str) -> None:
    seq = await seq_of(office, talk, "我想把户主换成我爱人")
    assert "用户说的话" in refused(await flag(office, talk, 999), 409, "refused")
    assert "用户说的话" in refused(await flag(office, talk, seq + 1), 409, "refused")
    refused(await flag(office, "c-nobody", seq), 404, "not_found")
    refused(await flag(office, talk, seq, who="301"), 403, "not_allowed")


async def test_a_bare_number_is_not_flagged_and_the_agent_is_told(office: Office, talk: str) -> None:
    await office.desk.write("13812345678")
    seq = await seq_of(office, talk, "13812345678")
    assert "没有标记" in refused(await flag(office, talk, seq), 409, "refused")


async def test_a_long_story_can_be_flagged_and_divided(office: Office, talk: str) -> None:
    story = "我家刚搬来，" * 22 + "燃气没通，另外想问问怎么缴费"
    await office.desk.write(story)
    await flag(office, talk, await seq_of(office, talk, story), "两件事")
    (item,) = [one for one in await inbox(office) if one["text"] == story]
    path, seen = f"training/review/{item['id']}/accept", {item["id"]: item["version"]}
    answer = await office.call("901", "POST", path, seen=seen, intent="pay_bill")
    assert "拆成几句" in refused(answer, 422, "bad_example")
    parts = [
        {"text": "燃气没通", "intent": "ask_startup_requirements"},
        {"text": "怎么缴费", "intent": "pay_bill", "entities": [{"start": 0, "end": 2, "entity": "time"}]},
    ]
    done = (await office.call("901", "POST", path, seen=seen, intent="pay_bill", examples=parts)).json()["item"]
    assert [(one["text"], one["label"]) for one in done["examples"]] == [
        ("燃气没通", "点火开通"),
        ("怎么缴费", "缴费方式"),
    ]


async def test_a_note_that_corrects_brings_in_what_the_customer_had_asked(office: Office, talk: str) -> None:
    path = f"conversations/{talk}/notes"
    await office.call("101", "POST", path, id="n1", text="用户下午三点方便")
    assert [one for one in await inbox(office) if one["flags"]] == []
    await office.call("101", "POST", path, id="n2", text="机器人理解错了，其实是要过户")
    (item,) = [one for one in await inbox(office) if one["flags"]]
    assert item["text"] == "我想把户主换成我爱人"
    assert (item["flags"][0]["staff_id"], item["flags"][0]["why"], item["flags"][0]["by_note"]) == (
        "101",
        "机器人理解错了，其实是要过户",
        True,
    )


async def test_flagging_what_was_decided_says_so(office: Office, talk: str) -> None:
    seq = await seq_of(office, talk, "我想把户主换成我爱人")
    await flag(office, talk, seq)
    (item,) = [one for one in await inbox(office) if one["flags"]]
    seen = {item["id"]: item["version"]}
    await office.call("901", "POST", f"training/review/{item['id']}/accept", seen=seen, intent="transfer_ownership")
    assert "之前标注过" in (await flag(office, talk, seq)).json()["words"]
