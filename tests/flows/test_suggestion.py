"""The assistant's draft for the agent: asked beside the conversation, and never anything but a draft."""

import pytest

from bot.domain.conversations import SeenIntent
from bot.domain.emergencies import EmergencyKind
from bot.domain.work_orders import Handling, OrderState, OrderType, Record
from bot.ports import AssistantAnswer, Bubble
from tests.flows.office import Office, refused

QUESTION, ANSWER = "气费怎么交", "可以在公众号缴费。"
SEEN = SeenIntent("pay_bill", 0.9312, QUESTION)


def _record(state: OrderState) -> Record:
    return Record(type=OrderType.CONSULTATION, handling=Handling.BY_DESK, state=state, summary="问缴费")


#: A question answered: what is written down of it is no promise.
TOLD = AssistantAnswer(intent=SEEN, bubbles=(Bubble("您好。"), Bubble(ANSWER)), records=(_record(OrderState.DONE),))


async def asked(office: Office, answer: AssistantAnswer) -> tuple[str, int]:
    """The customer asks agent 101 something; the conversation's id, and the number of the question."""
    await office.online("101")
    conversation_id = await office.waits()
    await office.desk.write(QUESTION)
    office.desk.assistant.answers[QUESTION] = answer
    found = await office.get("101", f"conversations/{conversation_id}")
    (seq,) = [each["seq"] for each in found["messages"] if each["text"] == QUESTION]
    return conversation_id, seq


async def test_the_agent_gets_what_the_assistant_would_say(office: Office) -> None:
    conversation_id, seq = await asked(office, TOLD)
    before = await office.get("101", f"conversations/{conversation_id}")
    found = await office.get("101", f"conversations/{conversation_id}/messages/{seq}/suggestion")
    assert found == {
        "seq": seq,
        "intent": {"name": "pay_bill", "label": "缴费方式", "confidence": 0.931},
        "text": f"您好。\n{ANSWER}",
    }
    (sender, text) = office.desk.assistant.asked[-1]
    assert text == QUESTION
    assert sender != conversation_id, "the assistant's memory of the conversation stays as it was"
    assert await office.get("101", f"conversations/{conversation_id}") == before, "nothing was said or noted"


@pytest.mark.parametrize(
    "answer",
    [
        AssistantAnswer(bubbles=(Bubble("没有听懂。"),)),
        AssistantAnswer(intent=SEEN, bubbles=(Bubble("好的。"),), handoff="用户要求人工"),
        AssistantAnswer(intent=SEEN, bubbles=(Bubble("请开窗。"),), emergency=EmergencyKind.INDOOR_LEAK),
        AssistantAnswer(
            intent=SEEN,
            bubbles=(Bubble("已登记，单号{order_number}。"),),
            records=(_record(OrderState.OPEN),),
        ),
    ],
)
async def test_words_that_go_with_a_deed_are_not_suggested(office: Office, answer: AssistantAnswer) -> None:
    conversation_id, seq = await asked(office, answer)
    found = await office.get("101", f"conversations/{conversation_id}/messages/{seq}/suggestion")
    assert found["text"] == ""
    assert (await office.get("101", f"conversations/{conversation_id}"))["orders"] == []


async def test_what_is_refused(office: Office) -> None:
    conversation_id, seq = await asked(office, AssistantAnswer(intent=SEEN, bubbles=(Bubble(ANSWER),)))
    path = f"/api/conversations/{conversation_id}/messages"
    refused(await office.clients["102"].get(f"{path}/{seq}/suggestion"), 404, "not_found")
    refused(await office.clients["301"].get(f"{path}/{seq}/suggestion"), 403, "not_allowed")
    refused(await office.clients["101"].get(f"{path}/{seq + 50}/suggestion"), 404, "not_found")
    refused(await office.clients["101"].get(f"{path}/{seq - 1}/suggestion"), 404, "not_found")
    office.desk.assistant.ready = False
    refused(await office.clients["101"].get(f"{path}/{seq}/suggestion"), 503, "assistant_down")
