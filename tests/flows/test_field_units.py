"""Orders on their way to a field unit's system over HTTP, and results on their way back."""

from collections.abc import AsyncIterator
from typing import Any

import httpx2
import pytest

from bot.casework.outbox import LEASE, PAUSES
from bot.settings import Settings, WebhookTarget, WebhookTargets
from tests.flows.field_unit import SECRET, FieldUnitSystem, field_unit_system
from tests.flows.office import ADDRESS, Office, client, refused
from tests.flows.orders import do, filed, stored, whats

DAY = 24 * 3600


@pytest.fixture
async def system() -> AsyncIterator[FieldUnitSystem]:
    async with field_unit_system() as running:
        yield running


@pytest.fixture
def settings(database_url: str, tmp_path: Any, system: FieldUnitSystem) -> Settings:
    """The repair station and operations have a system, the branch has none."""
    target = WebhookTarget.model_validate({"url": system.url, "secret": SECRET})
    targets = WebhookTargets(repair=target, operations=target)
    return Settings(data=tmp_path, database_url=database_url, webhooks=targets, public_url="https://gas.example/")


async def sent(office: Office, **fields: Any) -> str:
    """An order that was dispatched just now."""
    await office.waits()
    number: str = (await filed(office, **fields))["number"]
    await do(office, number, "dispatch")
    return number


def worker(office: Office, key: str) -> httpx2.AsyncClient:
    return client(office.desk, Authorization=f"Bearer {key}")


async def test_an_order_goes_to_the_units_system_signed_and_once(office: Office, system: FieldUnitSystem) -> None:
    number = await sent(office)
    await office.desk.wait(DAY)
    ((headers, body),) = system.got
    assert (body["type"], body["timestamp"]) == ("order.dispatched", "2026-01-05T02:00:00.000Z")
    told = {
        "number": number,
        "type": "炉具使用问题",
        "address": "幸福小区3号楼2单元501",
        "contact_phone": "13000000001",
    }
    assert told.items() <= body["data"].items()
    assert body["data"]["report"]["url"] == f"https://gas.example/report#{body['data']['report']['key']}"
    assert headers["content-type"] == "application/json"
    (webhook,) = await office.desk.gasdesk.core.casework.webhooks.of_order(number)
    assert (webhook.state.value, webhook.attempts, webhook.body) == ("delivered", 1, "")
    assert await whats(office, number) == ["filed", "dispatched", "delivered"]


async def test_one_filed_to_go_at_once_goes_once(office: Office, system: FieldUnitSystem) -> None:
    await office.waits()
    for _ in range(2):
        order = await filed(office, dispatch_now=True)
        assert (order["stage"], order["owner"]) == ("已派单", "101")
    assert system.numbers == [order["number"]]
    assert sum("已转给安居燃气维修站" in text for text in office.desk.heard()) == 1


async def test_a_system_that_fails_is_tried_again_with_the_same_id(office: Office, system: FieldUnitSystem) -> None:
    system.answers = [500, 302, 429]
    number = await sent(office)
    await office.desk.wait(DAY)
    assert system.times == [0, 5, 20, 80]
    assert len(set(system.ids)) == 1
    assert system.numbers == [number] * 4
    assert len({str(body) for _, body in system.got}) == 1


async def test_what_nobody_takes_is_given_up_shown_and_sent_again_by_hand(
    office: Office, system: FieldUnitSystem
) -> None:
    system.answers = [503] * (len(PAUSES) + 1)
    number = await sent(office)
    await office.desk.wait(sum(pause.total_seconds() for pause in PAUSES) - 1)
    assert len(system.got) == len(PAUSES)
    casework = office.desk.gasdesk.core.casework
    assert await casework.webhooks.dead() == []
    await office.desk.wait(DAY)
    assert len(system.got) == len(PAUSES) + 1
    (dead,) = await casework.webhooks.dead()
    assert (dead.number, dead.last_error) == (number, "对方回应 HTTP 503")
    assert "undeliverable" in await whats(office, number)

    await casework.outbox.retry(dead.id)
    await office.desk.wait(1)
    assert system.ids == [dead.id] * (len(PAUSES) + 2)
    assert await casework.webhooks.dead() == []


async def test_the_desk_sees_dead_letters_and_sends_them_again(office: Office, system: FieldUnitSystem) -> None:
    system.answers = [410]  # the receiver wants no more: not tried again by itself
    number = await sent(office)
    (letter,) = (await office.get("101", "orders/undelivered"))["webhooks"]
    assert (letter["number"], letter["state"], letter["attempts"]) == (number, "dead", 1)
    assert "body" not in letter
    assert (await office.call("101", "POST", f"orders/undelivered/{letter['id']}/retry")).status_code == 204
    assert (await office.get("101", "orders/undelivered"))["webhooks"] == []
    assert system.ids == [letter["id"]] * 2


async def test_a_system_that_is_not_there_is_tried_again(office: Office, system: FieldUnitSystem) -> None:
    targets = office.desk.gasdesk.core.casework.units._targets
    for unit in list(targets):
        nowhere = WebhookTarget.model_validate({"url": "http://127.0.0.1:9/", "secret": SECRET})
        targets[unit] = nowhere  # type: ignore[index]
    number = await sent(office)
    (webhook,) = await office.desk.gasdesk.core.casework.webhooks.of_order(number)
    assert webhook.state.value == "waiting"
    assert webhook.last_error.startswith("连接不上")
    assert system.got == []


async def test_an_attempt_of_a_process_that_died_is_made_again(office: Office, system: FieldUnitSystem) -> None:
    """Claimed and never settled: after the lease it is somebody else's, and the receiver knows the id."""
    await office.waits()
    number = (await filed(office))["number"]
    gasdesk = office.desk.gasdesk
    answer = await office.clients["101"].post(f"/api/orders/{number}/dispatch", json={})
    assert answer.status_code == 200
    (webhook,) = await gasdesk.core.casework.webhooks.of_order(number)
    now = office.desk.clock.now()
    assert await gasdesk.core.casework.webhooks.claim(webhook.id, now, now + LEASE)
    assert await gasdesk.core.casework.webhooks.claim(webhook.id, now, now + LEASE) is None
    await office.desk.wait(LEASE.total_seconds() - 1)
    assert system.got == []
    await office.desk.wait(1)
    assert system.ids == [webhook.id]


async def test_a_unit_without_a_system_gets_a_sheet(office: Office, system: FieldUnitSystem) -> None:
    number = await sent(office, handling="转分公司")
    await office.desk.wait(60)
    assert system.got == []
    assert (await stored(office, number)).stage.value == "已派单"


async def test_a_leak_goes_out_with_the_confirmation_of_its_address(office: Office, system: FieldUnitSystem) -> None:
    await office.desk.write("我家厨房有燃气味")
    await office.desk.write(ADDRESS)
    assert system.got == []
    await office.desk.write("对")
    (body,) = [body for _, body in system.got]
    assert (body["data"]["type"], body["data"]["address"]) == ("室内泄漏", ADDRESS)
    assert body["timestamp"] == "2026-01-05T02:00:00.000Z"


async def test_a_leak_that_does_not_arrive_is_a_case_for_the_telephone(office: Office, system: FieldUnitSystem) -> None:
    system.answers = [500]
    await office.desk.write("我家厨房有燃气味")
    await office.desk.write(ADDRESS)
    await office.desk.write("对")
    (order,) = await office.desk.gasdesk.stores.casework.orders_of((await office.desk.conversation()).id)
    assert "undelivered" in await whats(office, order.number)
    await office.desk.wait(5)
    assert len(system.got) == 2
    assert (await whats(office, order.number))[-1] == "delivered"


async def test_the_result_comes_back_by_the_key_that_went_out(office: Office, system: FieldUnitSystem) -> None:
    number = await sent(office)
    key = system.got[0][1]["data"]["report"]["key"]
    there = worker(office, key)
    shown = (await there.get("/api/field/order")).json()["order"]
    assert (shown["number"], shown["address"], shown["stage"]) == (number, "幸福小区3号楼2单元501", "已派单")
    for _ in range(2):
        assert (await there.post("/api/field/on-site")).json()["order"]["stage"] == "处理中"
    said = {"result": "换了电池", "solved": True}
    for _ in range(2):
        answer = await there.post("/api/field/result", json=said)
        assert (answer.status_code, answer.json()["order"]["stage"]) == (200, "已反馈")
    other = await there.post("/api/field/result", json={**said, "result": "别的"})
    assert "已经反馈过" in refused(other, 409, "refused")
    await office.desk.gasdesk.settle()
    order = await stored(office, number)
    assert (order.state.value, order.result, order.on_site_at) == ("已完成", "换了电池", office.desk.clock.now())
    assert (await whats(office, number))[-2:] == ["on_site", "reported"]
    assert [text for text in office.desk.heard() if "已到现场" in text or "已处理完成" in text][-1].startswith(
        "您的工单"
    )


async def test_a_result_that_solves_nothing_comes_back_to_the_desk(office: Office, system: FieldUnitSystem) -> None:
    number = await sent(office)
    there = worker(office, system.got[0][1]["data"]["report"]["key"])
    await there.post("/api/field/result", json={"result": "家里没人", "solved": False})
    await office.desk.gasdesk.settle()
    assert (await stored(office, number)).state.value == "未完成"
    assert "还没有处理完" in office.desk.heard()[-1]
    again = await do(office, number, "dispatch")
    assert again["stage"] == "已派单"
    assert len(set(system.ids)) == 2


async def test_a_link_for_who_has_no_system_and_one_that_has_expired(office: Office) -> None:
    number = await sent(office, handling="转分公司")
    answer = await office.call("101", "POST", f"orders/{number}/report-link")
    address, _, key = answer.json()["url"].partition("#")
    assert address == "https://gas.example/report"
    there = worker(office, key)
    assert (await there.get("/api/field/order")).status_code == 200
    await office.desk.wait(7 * DAY - 1)
    assert (await there.get("/api/field/order")).status_code == 200
    await office.desk.wait(1)
    assert "已失效" in refused(await there.get("/api/field/order"), 410, "link_expired")
    refused(await there.post("/api/field/result", json={"result": "换了电池", "solved": True}), 410, "link_expired")
    assert (await stored(office, number)).stage.value == "已派单"


@pytest.mark.parametrize("key", ["", "wrong", "x" * 500])
async def test_a_key_that_is_none(office: Office, key: str) -> None:
    refused(await worker(office, key).get("/api/field/order"), 410, "link_expired")
    refused(await office.anybody.get("/api/field/order"), 410, "link_expired")


async def test_a_key_is_good_for_its_order_and_nothing_else(office: Office, system: FieldUnitSystem) -> None:
    await sent(office)
    there = worker(office, system.got[0][1]["data"]["report"]["key"])
    assert (await there.get("/api/orders")).status_code == 401
    refused(await there.post("/api/field/result", json={"result": "", "solved": True}), 422, "invalid")
