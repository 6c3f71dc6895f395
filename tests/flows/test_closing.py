"""The end of a conversation: its closing script, the survey, and answers that come when they come."""

from typing import Any

import pytest

from bot.domain.conversations import Kind, Owner, Speaker
from tests.flows.office import ADDRESS, Office, refused


async def _closed(office: Office, category: str = "咨询", who: str = "ann") -> str:
    conversation_id = await office.waits(who)
    await office.do("101", "take", who)
    assert (await office.do("101", "close", who, type=category)).status_code == 200
    return conversation_id


async def _survey(office: Office) -> Any:
    return (await office.get("201", "surveys"))["surveys"][0]


@pytest.mark.parametrize(
    ("category", "script"),
    [("咨询", "consultation_closing"), ("投诉", "complaint_closing"), ("派单", "service_closing")],
)
async def test_the_case_ends_with_the_script_of_its_type(office: Office, category: str, script: str) -> None:
    await _closed(office, category)
    company = office.desk.company
    goodbye = company.fill(getattr(company.scripts, script))
    assert office.desk.heard()[-2:] == [goodbye, company.satisfaction.question]
    assert (await office.desk.conversation()).category == category
    assert (await office.get("101", "closing-scripts"))["scripts"][category] == goodbye


async def test_the_customer_is_asked_with_five_buttons(office: Office) -> None:
    await _closed(office)
    asked = office.desk.channel.sent["test:ann"][-1]
    assert (asked.kind, asked.speaker) == (Kind.SURVEY, Speaker.SYSTEM)
    assert [button.title for button in asked.buttons] == list(office.desk.company.satisfaction.grades)


async def test_an_answer_is_stored_and_starts_nothing(office: Office) -> None:
    conversation_id = await _closed(office)
    await office.desk.write("评价：5 非常满意")
    assert office.desk.heard()[-1] == office.desk.company.satisfaction.thanks
    assert (await office.desk.conversation()).id == conversation_id, "no new conversation"
    assert await office.desk.owner() == (Owner.CLOSED, "101")
    survey = await _survey(office)
    assert (survey["conversation_id"], survey["staff_id"], survey["score"]) == (conversation_id, "101", 5)
    assert (await office.get("301", "surveys"))["average"] == 5
    heard = office.desk.heard()
    await office.desk.wait(300)
    assert office.desk.heard() == heard, "nobody owes anything"


async def test_who_is_not_satisfied_is_asked_why(office: Office) -> None:
    await _closed(office)
    await office.desk.write("评价：2 不满意")
    why = office.desk.channel.sent["test:ann"][-1]
    assert why.text == office.desk.company.satisfaction.why
    await office.desk.write(why.buttons[1].payload)
    assert office.desk.heard()[-1] == office.desk.company.satisfaction.thanks_for_reason
    survey = await _survey(office)
    assert (survey["score"], survey["reason"]) == (2, "等待太久")


async def test_a_late_answer_is_fine_and_disturbs_nobody(office: Office) -> None:
    """Also in the middle of the next conversation: its clock goes on as if nothing had been said."""
    first = await _closed(office)
    await office.desk.wait(3_600)
    await office.waits()
    await office.do("102", "take")
    assert (await office.do("102", "messages", id="r1", text="您好，请说。")).status_code == 200
    second = await office.desk.conversation()
    assert second.id != first
    await office.desk.write("评价：4 满意")
    after = await office.desk.conversation()
    assert (after.id, after.waiting_since, after.agent_since) == (second.id, None, None)
    assert (await _survey(office))["conversation_id"] == first
    assert (await _survey(office))["score"] == 4


async def test_an_answer_while_a_wait_goes_on_does_not_end_it(office: Office) -> None:
    await _closed(office)
    await office.waits()
    before = await office.desk.conversation()
    await office.desk.write("评价：5 非常满意")
    after = await office.desk.conversation()
    assert (after.owner, after.waiting_since, after.customer_seq) == (
        before.owner, before.waiting_since, before.customer_seq,
    )  # fmt: skip


async def test_the_assistant_is_not_asked_about_an_answer(office: Office) -> None:
    await _closed(office)
    await office.desk.write("你好")
    asked = len(office.desk.assistant.asked)
    await office.desk.write("评价：5 非常满意")
    assert len(office.desk.assistant.asked) == asked


async def test_a_bare_number_counts_right_after_the_question_only(office: Office) -> None:
    await _closed(office)
    await office.desk.write("5分")
    assert (await _survey(office))["score"] == 5
    await office.desk.write("3")
    assert (await _survey(office))["score"] == 5
    assert (await office.desk.owner())[0] is not Owner.CLOSED, "an ordinary message"


async def test_without_a_survey_it_is_an_ordinary_message(office: Office) -> None:
    await office.desk.write("评价：5 非常满意", "bob")
    assert (await office.desk.owner("bob"))[0] is Owner.BOT
    assert (await office.get("201", "surveys"))["surveys"] == []


async def test_the_same_answer_again_is_one_message(office: Office) -> None:
    await _closed(office)
    first = await office.desk.write("评价：5 非常满意", message_id="m1")
    assert await office.desk.write("评价：5 非常满意", message_id="m1") == first
    assert office.desk.heard().count(office.desk.company.satisfaction.thanks) == 1


async def test_a_leak_in_an_answer_is_a_leak(office: Office) -> None:
    await _closed(office)
    await office.desk.write("评价原因：我家漏气了没人管")
    assert (await office.desk.conversation()).emergency is not None


async def test_after_an_emergency_nobody_asks_how_it_was(office: Office) -> None:
    await office.desk.write("我家漏气了")
    await office.do("101", "emergency/accept")
    await office.do("101", "emergency/dispatch", address=ADDRESS)
    await office.do("101", "close", type="室内泄漏")
    assert office.desk.heard(kind=Kind.SURVEY) == []


async def test_agents_do_not_read_all_answers(office: Office) -> None:
    refused(await office.clients["101"].get("/api/surveys"), 403, "not_allowed")
