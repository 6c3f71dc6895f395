"""What the assistant settles is filed with its answer: once, or not at all."""

import asyncio

import pytest

from bot.adapters.sql.work_store import WorkStore
from bot.domain.conversations import Owner, Priority
from bot.domain.staff import Presence, Role
from bot.domain.work_orders import Handling, OrderNote, OrderState, OrderType, Record, WorkOrder
from bot.ports import AssistantAnswer, Bubble, Contact
from tests.flows.desk import Desk
from tests.flows.office import PERSON

SUGGESTION = Record(
    type=OrderType.SUGGESTION, handling=Handling.BY_DESK, state=OrderState.OPEN, summary="用户建议：周末也开门"
)
PRICE = Record(
    type=OrderType.CONSULTATION,
    handling=Handling.BY_DESK,
    state=OrderState.DONE,
    summary="咨询：气价",
    subject="ask_gas_price",
)
NUMBERED = Bubble("已登记，工单号{order_number}。")


async def orders(desk: Desk, who: str = "ann") -> list[WorkOrder]:
    return await desk.gasdesk.stores.casework.orders_of((await desk.conversation(who)).id)


async def test_a_record_is_filed_with_the_answer_and_the_answer_names_its_number(desk: Desk) -> None:
    desk.assistant.answers["提个建议"] = AssistantAnswer(bubbles=(NUMBERED,), records=(PRICE, SUGGESTION))
    await desk.write("提个建议")
    price, suggestion = await orders(desk)
    assert (price.summary, price.state) == ("咨询：气价", OrderState.DONE)
    assert desk.heard() == [f"已登记，工单号{suggestion.number}。"]


async def test_one_subject_is_recorded_once_in_a_conversation(desk: Desk) -> None:
    desk.assistant.answers["多少钱"] = AssistantAnswer(bubbles=(NUMBERED,), records=(PRICE,))
    await desk.write("多少钱")
    await desk.write("多少钱", message_id="again")
    (order,) = await orders(desk)
    assert desk.heard() == [f"已登记，工单号{order.number}。"] * 2
    await desk.write("多少钱", who="bob")
    assert len(await orders(desk, "bob")) == 1


async def test_each_order_without_a_subject_is_its_own(desk: Desk) -> None:
    desk.assistant.answers["提个建议"] = AssistantAnswer(bubbles=(NUMBERED,), records=(SUGGESTION,))
    await desk.write("提个建议")
    await desk.write("提个建议", message_id="again")
    assert len(await orders(desk)) == 2


async def test_an_answer_that_could_not_be_stored_is_filed_once_when_it_is_repeated(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.assistant.answers["提个建议"] = AssistantAnswer(bubbles=(NUMBERED,), records=(SUGGESTION,))
    store = WorkStore.store
    lost: list[bool] = []

    async def gone(*given: object) -> None:
        await store(*given)  # type: ignore[arg-type]  # as it was called
        if desk.assistant.asked and not lost:
            lost.append(True)
            raise ConnectionError("the database went away before the commit")

    monkeypatch.setattr(WorkStore, "store", gone)
    await desk.write("提个建议")
    assert lost
    assert (desk.heard(), await orders(desk)) == ([], [])
    await desk.wait(60)
    (order,) = await orders(desk)
    assert desk.heard()[-1] == f"已登记，工单号{order.number}。"
    assert len(desk.assistant.asked_ids) == 2
    assert len(set(desk.assistant.asked_ids)) == 1, "the same message was asked about"


async def test_what_a_person_has_taken_over_meanwhile_is_not_filed(desk: Desk) -> None:
    """The answer is never given; the person decides what is recorded."""
    desk.assistant.answers["提个建议"] = AssistantAnswer(bubbles=(NUMBERED,), records=(SUGGESTION,))
    await desk.staff("101")
    desk.assistant.hold = asyncio.Event()
    await desk.gasdesk.core.receive(Contact("test:ann", "test"), "m1", "提个建议")
    await desk.assistant.thinking.wait()
    await desk.gasdesk.core.acts.take((await desk.conversation()).id, await desk.member("101"))
    desk.assistant.hold.set()
    await desk.gasdesk.settle()
    assert await orders(desk) == []


async def test_a_hurry_is_noted_on_the_order_with_the_answer(desk: Desk) -> None:
    desk.assistant.answers["提个建议"] = AssistantAnswer(bubbles=(NUMBERED,), records=(SUGGESTION,))
    await desk.write("提个建议")
    (order,) = await orders(desk)
    note = OrderNote(order.number, "用户催办")
    desk.assistant.answers["催一下"] = AssistantAnswer(bubbles=(Bubble("已催办。"),), order_notes=(note,))
    await desk.write("催一下", who="bob")
    (noted,) = await orders(desk)
    assert noted.notes == "1月5日 10:00 用户催办"
    timeline = await desk.gasdesk.stores.transcripts.facts((await desk.conversation("bob")).id)
    assert any(order.number in fact.text for fact in timeline)


async def test_what_is_for_the_lead_goes_to_the_lead_and_ahead_of_others(desk: Desk) -> None:
    desk.assistant.answers["转人工"] = PERSON
    desk.assistant.answers["打了人"] = AssistantAnswer(
        bubbles=PERSON.bubbles, handoff="投诉（严重）", handoff_priority=Priority.HIGH, for_lead=True
    )
    await desk.staff("101")
    await desk.staff("201", Role.LEAD)
    await desk.write("打了人")
    assert await desk.owner() == (Owner.AGENT, "201")
    assert (await desk.conversation()).priority is Priority.HIGH


async def test_back_with_the_assistant_nobody_is_the_leads_any_more(desk: Desk) -> None:
    desk.assistant.answers["打了人"] = AssistantAnswer(
        bubbles=PERSON.bubbles, handoff="投诉（严重）", handoff_priority=Priority.HIGH, for_lead=True
    )
    await desk.staff("101")
    await desk.presence("101", Presence.BUSY)
    await desk.write("打了人")
    await desk.write(desk.company.queue_scripts.leave_queue)
    found = await desk.conversation()
    assert (found.owner, found.for_lead, found.priority) == (Owner.BOT, False, Priority.NORMAL)


async def test_a_record_goes_along_with_a_hand_over_and_knows_the_account(desk: Desk) -> None:
    desk.assistant.answers["转人工"] = AssistantAnswer(
        bubbles=PERSON.bubbles,
        handoff="无气报修",
        account_number="10020002",
        account_state="matched",
        records=(SUGGESTION,),
    )
    await desk.staff("101")
    await desk.write("转人工")
    (order,) = await orders(desk)
    assert order.account_number == "10020002"


async def test_each_suggestion_is_acknowledged_in_the_same_words(desk: Desk) -> None:
    thanks = "感谢您提出的宝贵建议，我们将及时反馈给公司相关人员"
    for text in ("周末也开门吧", "再开一个窗口吧"):
        desk.assistant.answers[text] = AssistantAnswer(bubbles=(Bubble(thanks),), records=(SUGGESTION,))
        await desk.write(text)
    assert desk.heard() == [thanks, thanks]
