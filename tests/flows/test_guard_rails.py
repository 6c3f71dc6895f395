"""What an agent must not say does not go out, and nothing he wrote is lost (S0 服务忌语, 信息安全)."""

from typing import Any

import httpx2

from bot.domain.conversations import Kind, Speaker
from bot.ports import AssistantAnswer, Bubble
from tests.flows.office import Office, refused

RUDE = "这个我不知道，您打热线吧。"


async def _serves(office: Office, staff_id: str = "101") -> str:
    conversation_id = await office.waits()
    await office.do(staff_id, "take")
    return conversation_id


async def _reply(office: Office, text: str, staff_id: str = "101", **more: Any) -> httpx2.Response:
    return await office.do(staff_id, "messages", id="r1", text=text, **more)


def _said(office: Office) -> list[str]:
    return office.desk.heard(kind=Kind.ANSWER, speaker=Speaker.AGENT)


async def test_a_forbidden_expression_is_stopped_with_a_better_one(office: Office) -> None:
    await _serves(office)
    answer = await _reply(office, RUDE)
    message = refused(answer, 422, "forbidden_phrase")
    assert "不知道" in message
    assert "我需要核实一下" in message
    (found,) = answer.json()["error"]["findings"]
    assert set(found) == {"concern", "found", "start", "end", "why", "better"}
    assert RUDE[found["start"] : found["end"]] == found["found"] == "不知道"
    assert _said(office) == []
    assert (await office.desk.conversation()).waiting_since is not None, "the customer still waits"


async def test_the_mended_reply_goes_under_the_same_id(office: Office) -> None:
    await _serves(office)
    await office.do("101", "messages", id="r1", text="不行。")
    assert (await office.do("101", "messages", id="r1", text="我帮您查一下。")).status_code == 200
    assert _said(office) == ["我帮您查一下。"]


async def test_an_agent_cannot_insist(office: Office) -> None:
    await _serves(office)
    refused(await _reply(office, RUDE, override=True), 422, "forbidden_phrase")
    assert _said(office) == []


async def test_a_lead_may_insist_and_it_is_noted(office: Office) -> None:
    conversation_id = await _serves(office, "201")
    refused(await _reply(office, RUDE, "201"), 422, "forbidden_phrase")
    assert (await _reply(office, RUDE, "201", override=True)).status_code == 200
    assert _said(office) == [RUDE]
    timeline = (await office.get("201", f"conversations/{conversation_id}"))["timeline"]
    (noted,) = [fact for fact in timeline if fact["what"] == "override"]
    assert (noted["staff_id"], "“不知道”" in noted["text"]) == ("201", True)


async def test_personal_data_asks_for_a_confirmation(office: Office) -> None:
    conversation_id = await _serves(office)
    text = "请拨打13912345678。"
    message = refused(await _reply(office, text), 422, "personal_data")
    assert message.endswith("确认要发送吗？")
    assert _said(office) == []
    assert (await _reply(office, text, confirmed=True)).status_code == 200
    assert _said(office) == [text]
    timeline = (await office.get("201", f"conversations/{conversation_id}"))["timeline"]
    (noted,) = [fact for fact in timeline if fact["what"] == "confirmed"]
    assert "13912345678" not in noted["text"]


async def test_what_the_customer_said_may_be_repeated(office: Office) -> None:
    await _serves(office)
    await office.desk.write("我的电话是13912345678")
    assert (await _reply(office, "请问是13912345678吗？")).status_code == 200


async def test_a_confirmation_does_not_let_a_forbidden_expression_pass(office: Office) -> None:
    await _serves(office)
    refused(await _reply(office, "不知道，您打13912345678。", confirmed=True), 422, "forbidden_phrase")


async def test_a_blank_of_a_canned_reply_is_stopped(office: Office) -> None:
    await _serves(office)
    refused(await _reply(office, "很抱歉，本平台不提供{服务}服务。"), 422, "blank")


async def test_a_draft_is_looked_through_before_it_is_sent(office: Office) -> None:
    await _serves(office)
    answer = await office.do("101", "draft", text="不知道，您打13912345678。")
    assert [each["concern"] for each in answer.json()["findings"]] == ["forbidden_phrase", "personal_data"]
    assert (await office.do("101", "draft", text="好的，请您稍等。")).json() == {"findings": []}
    assert (await office.do("101", "draft", text="")).json() == {"findings": []}
    assert _said(office) == []


async def test_nobody_learns_from_the_draft_of_a_conversation_that_is_not_his(office: Office) -> None:
    """What is flagged as the holder's name would tell who he is."""
    await _serves(office)
    refused(await office.do("102", "draft", text="王先生"), 409, "refused")
    refused(await office.call("101", "POST", "conversations/nowhere/draft", text="您好"), 404, "not_found")
    assert (await office.do("301", "draft", text="您好")).status_code == 403


async def test_the_assistant_is_not_held_to_the_rules_of_people(office: Office) -> None:
    """Its wording is checked when it is written, not when it is said."""
    office.desk.assistant.answers["在吗"] = AssistantAnswer(bubbles=(Bubble("不可以。"),))
    await office.desk.write("在吗", "bob")
    assert office.desk.heard("bob") == ["不可以。"]
