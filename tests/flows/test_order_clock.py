"""The clock of work orders: cut-offs, the two hours, the day before the limit; each reminder once, whatever happens."""

from dataclasses import replace

from bot.domain.order_reminders import DUE_SOON, LATE, LEAVES_SOON, LEFT_BEHIND
from bot.domain.work_orders import Handling, OrderState, OrderType, Record
from bot.ports import AssistantAnswer, Bubble
from tests.flows.live import Listener
from tests.flows.office import Office
from tests.flows.orders import do, filed, whats

MINUTE, HOUR, DAY = 60, 3600, 24 * 3600


async def reminded(office: Office, number: str) -> list[str]:
    kinds = (LEAVES_SOON, LEFT_BEHIND, DUE_SOON, LATE)
    return [what for what in await whats(office, number) if what in kinds]


async def test_what_has_not_left_is_shown_red_before_the_cutoff(office: Office) -> None:
    await office.waits()
    number = (await filed(office))["number"]  # at ten; the cut-off is at 11:10
    await office.desk.wait(50 * MINUTE - 1)
    assert await reminded(office, number) == []
    await office.desk.wait(1)
    assert await reminded(office, number) == [LEAVES_SOON]
    await office.desk.wait(20 * MINUTE - 1)
    assert await reminded(office, number) == [LEAVES_SOON]
    await office.desk.wait(1)
    assert await reminded(office, number) == [LEAVES_SOON, LEFT_BEHIND]


async def test_what_leaves_in_time_is_not_reminded_of(office: Office) -> None:
    await office.waits()
    number = (await filed(office))["number"]
    await office.desk.wait(40 * MINUTE)
    await do(office, number, "dispatch")
    await office.desk.wait(5 * HOUR)
    assert await reminded(office, number) == []


async def test_an_accepted_case_is_handed_on_within_two_hours(office: Office) -> None:
    await office.desk.wait(90 * MINUTE)  # half past eleven; the next cut-off is at 15:30
    await office.waits()
    number = (await filed(office))["number"]
    await office.desk.wait(2 * HOUR - 1)
    assert await reminded(office, number) == [LEAVES_SOON]
    await office.desk.wait(1)
    assert await reminded(office, number) == [LEAVES_SOON, LEFT_BEHIND]


async def test_the_day_before_the_limit_and_the_limit(office: Office) -> None:
    await office.waits()
    number = (await filed(office))["number"]
    await do(office, number, "dispatch")
    await office.desk.wait(2 * DAY - 1)
    assert await reminded(office, number) == []
    await office.desk.wait(1)
    assert await reminded(office, number) == [DUE_SOON]
    await office.desk.wait(DAY)
    assert await reminded(office, number) == [DUE_SOON, LATE]
    await office.desk.wait(9 * DAY)
    assert await reminded(office, number) == [DUE_SOON, LATE]


async def test_what_fell_due_while_gasdesk_was_down_is_reminded_of_once(office: Office) -> None:
    await office.waits()
    number = (await filed(office))["number"]
    await office.desk.sleep_through(3 * HOUR)
    assert await reminded(office, number) == [LEAVES_SOON, LEFT_BEHIND]
    await office.desk.wait(HOUR)
    assert await reminded(office, number) == [LEAVES_SOON, LEFT_BEHIND]


async def test_two_replicas_remind_once_and_lose_no_later_reminder(office: Office) -> None:
    await office.waits()
    number = (await filed(office))["number"]
    office.desk.clock.advance(50 * MINUTE)
    casework = office.desk.gasdesk.core.casework
    (timer,) = [t for t in await office.desk.gasdesk.stores.timers.due(office.desk.clock.now(), 9) if t.kind == "order"]
    for _ in range(2):
        await casework.timers["order"](timer)
    assert await reminded(office, number) == [LEAVES_SOON]
    await office.desk.wait(20 * MINUTE)
    assert await reminded(office, number) == [LEAVES_SOON, LEFT_BEHIND]


async def test_the_desks_see_orders_and_reminders_live(office: Office, url: str) -> None:
    await office.waits()
    async with Listener(url, "/desk", auth={"token": office.tokens["101"]}) as agent:
        await agent.wait_for("snapshot")
        number = (await filed(office))["number"]
        frame = await agent.wait_for("order")
        assert (frame["order"]["number"], frame["order"]["stage"]) == (number, "受理")
        await office.desk.wait(50 * MINUTE)
        reminder = await agent.wait_for("order_reminder")
        assert (reminder["number"], reminder["what"], reminder["for"]) == (number, LEAVES_SOON, ["101"])
        assert "11:10 派单截止" in reminder["text"]


async def test_what_the_assistant_settles_is_not_shown_on_the_desks(office: Office, url: str) -> None:
    settled = Record(type=OrderType.CONSULTATION, handling=Handling.BY_DESK, state=OrderState.DONE, summary="气价")
    still_open = replace(settled, type=OrderType.COMPLAINT, state=OrderState.OPEN)
    for text, filed_record in (("气价多少", settled), ("我要投诉", still_open)):
        office.desk.assistant.answers[text] = AssistantAnswer(bubbles=(Bubble("好的"),), records=(filed_record,))
    async with Listener(url, "/desk", auth={"token": office.tokens["101"]}) as agent:
        await agent.wait_for("snapshot")
        for text in ("气价多少", "我要投诉"):
            await office.desk.write(text)
        frame = await agent.wait_for("order")
        assert frame["order"]["type"] == "投诉"
        assert len(agent.got("order")) == 1
        consultation, complaint = await office.desk.gasdesk.stores.casework.orders_of(
            (await office.desk.conversation()).id
        )
        assert await whats(office, consultation.number) == []
        assert await whats(office, complaint.number) == ["filed"]


async def test_what_comes_in_after_the_last_cutoff_leaves_within_two_hours(office: Office) -> None:
    await office.desk.wait(7.5 * HOUR)  # half past five in the afternoon
    await office.waits()
    assert (await filed(office))["leave_by"] == "2026-01-05T11:30:00.000Z"
