"""The lead's board against what really happened."""

from datetime import timedelta
from typing import Any

import pytest

from bot.channels.live_board import REFRESH
from bot.domain.staff import Presence
from tests.flows.live import Listener, eventually
from tests.flows.office import ADDRESS, Office, refused


async def board(office: Office) -> Any:
    return (await office.get("201", "board"))["board"]


async def test_the_board_follows_a_morning(office: Office) -> None:
    assert (await board(office))["rates"]["asked"] == 0
    await office.online("101")
    for who, seconds in (("ann", 10), ("bob", 40), ("cleo", 0)):
        await office.waits(who)
        await office.desk.wait(seconds)
        await office.desk.reply("101", f"您好{who}", who)
    await office.waits("dora")
    shown = await board(office)
    assert shown["rates"] == {"asked": 4, "answered": 3, "quick": pytest.approx(2 / 3), "in_limit": 1, "at_all": 1}
    assert (shown["queue"]["length"], shown["breaches"]) == (0, 0)
    await office.desk.wait(16)
    assert (await board(office))["rates"]["quick"] == 0.5, "dora still waits"
    await office.desk.wait(105)
    shown = await board(office)
    assert (shown["rates"]["in_limit"], shown["rates"]["at_all"], shown["breaches"]) == (0.75, 0.75, 1)


async def test_a_later_answer_is_no_first_one(office: Office) -> None:
    await office.online("101")
    await office.waits()
    await office.desk.reply("101", "您好")
    await office.desk.write("再问一下")
    await office.desk.wait(60)
    await office.desk.reply("101", "请讲")
    assert (await board(office))["rates"] == {"asked": 1, "answered": 1, "quick": 1, "in_limit": 1, "at_all": 1}


async def test_who_leaves_the_queue_was_never_kept_waiting(office: Office) -> None:
    await office.online("201")
    await office.desk.presence("201", Presence.BUSY)
    await office.waits()
    assert (await board(office))["queue"]["length"] == 1
    await office.desk.write(office.desk.company.queue_scripts.leave_queue)
    shown = await board(office)
    assert (shown["queue"]["length"], shown["rates"]["asked"]) == (0, 0)


async def test_a_left_message_counts_from_when_it_is_taken(office: Office) -> None:
    await office.waits()
    shown = await board(office)
    assert (shown["queue"]["left"], shown["queue"]["length"], shown["rates"]["asked"]) == (1, 0, 0)
    await office.desk.wait(3600)
    await office.online("101")
    await office.desk.wait(5)
    await office.desk.reply("101", "让您久等了")
    shown = await board(office)
    assert (shown["queue"]["left"], shown["rates"]["quick"], shown["rates"]["answered"]) == (0, 1, 1)


async def test_the_longest_wait_and_emergencies_and_absences(office: Office) -> None:
    await office.online("101")
    await office.desk.presence("101", Presence.BUSY)
    await office.waits("ann")
    first = (await board(office))["queue"]["waiting_since"]
    await office.desk.wait(30)
    await office.waits("bob")
    await office.desk.write("我家漏气了", "cleo")
    shown = await board(office)
    assert shown["queue"] == {"length": 3, "waiting_since": first, "left": 0}
    assert shown["emergencies"] == 1
    await office.do("101", "emergency/accept", "cleo")
    await office.do("101", "emergency/dispatch", "cleo", address=ADDRESS)
    assert (await board(office))["emergencies"] == 0
    await office.desk.wait(300)
    assert (await board(office))["absences"] == 1


async def test_yesterday_is_not_on_it(office: Office) -> None:
    await office.online("101")
    await office.waits()
    await office.desk.reply("101", "您好")
    await office.desk.wait(14 * 3600)  # it was ten in the morning
    shown = (await office.desk.gasdesk.board.answer())["board"]
    assert (shown["rates"]["asked"], shown["breaches"]) == (0, 0)


@pytest.mark.parametrize(("staff_id", "status"), [("101", 403), ("901", 403), ("301", 200)])
async def test_who_sees_it(office: Office, staff_id: str, status: int) -> None:
    answer = await office.call(staff_id, "GET", "board")
    assert answer.status_code == status
    if status != 200:
        refused(answer, 403, "not_allowed")


async def test_it_comes_by_itself_to_the_leads_and_to_nobody_else(office: Office, url: str) -> None:
    def at(staff_id: str) -> Listener:
        return Listener(url, "/desk", auth={"token": office.tokens[staff_id]})

    async with at("101") as agent, at("201") as lead:
        await lead.wait_for("snapshot")
        await agent.wait_for("snapshot")
        await office.waits()

        def shown() -> bool:
            office.desk.clock.advance(1)
            return any(frame["board"]["queue"]["left"] == 1 for frame in lead.got("board"))

        await eventually(shown)
        assert agent.got("board") == []


async def test_a_share_that_only_waiting_changes_is_told_at_its_moment(office: Office, url: str) -> None:
    show, clock = office.desk.gasdesk.board.show, office.desk.clock
    await office.online("101")
    asked_at = clock.now()
    await office.waits()
    async with Listener(url, "/desk", auth={"token": office.tokens["201"]}) as lead:
        await lead.wait_for("snapshot")
        assert await show() == clock.now() + REFRESH, "the fifteen seconds are further away"
        clock.advance(13)
        told_at = await show()
        assert told_at == asked_at + timedelta(seconds=15.001)
        clock.advance((told_at - clock.now()).total_seconds())
        assert (await board(office))["rates"]["quick"] == 0
        assert await show() == told_at + REFRESH
