"""The customer's card: masked for everybody, revealed for who serves him, by a logged click; never guessed."""

from datetime import timedelta
from typing import Any

import pytest

from bot.adapters.demo import seed_demo
from bot.domain.desk_log import Did, LogEntry
from bot.domain.gas import Reading
from bot.domain.staff import Presence
from bot.ports import AssistantAnswer, Bubble
from tests.flows.office import Office, refused

NUMBER = "10010001"
MATCHED = AssistantAnswer(handoff="要人工", bubbles=(Bubble("好的。"),), account_number=NUMBER, account_state="matched")


@pytest.fixture
async def held(office: Office) -> Office:
    """Ann is with 101; the assistant has matched her account."""
    stores = office.desk.gasdesk.stores
    await seed_demo(stores.database, office.desk.clock.now(), office.desk.company.company.zone)
    office.desk.assistant.answers["我是户主"] = MATCHED
    await office.online("101")
    await office.desk.write("我是户主", "ann")
    await office.online("102")
    return office


async def path(office: Office, who: str = "ann") -> str:
    return f"conversations/{(await office.desk.conversation(who)).id}/customer"


async def card(office: Office, staff_id: str = "101", who: str = "ann") -> Any:
    return (await office.get(staff_id, await path(office, who)))["customer"]


async def logged(office: Office) -> list[LogEntry]:
    return await office.desk.gasdesk.stores.desk_log.since(office.desk.gasdesk.started_at, [Did.REVEAL])


async def account(office: Office) -> Any:
    return await office.desk.gasdesk.stores.back_office.account(NUMBER)


async def test_the_card_shows_the_account_masked(held: Office) -> None:
    known = await account(held)
    seen = await card(held)
    assert seen["match"] == {"state": "matched", "by": "assistant", "before": None}
    assert seen["account"]["masked"]["account_number"] == "****0001"
    assert seen["account"]["masked"]["phone"] == f"{known.phone[:3]}****{known.phone[-4:]}"
    assert seen["account"]["masked"]["holder"] == known.holder[0] + "*" * (len(known.holder) - 1)
    assert seen["account"]["masked"]["address"].startswith(seen["account"]["community"])
    assert seen["account"]["last_reading"]["on"] == known.last_reading_on.isoformat()
    text = str(seen)
    assert all(secret not in text for secret in (NUMBER, known.phone, known.holder, known.address))


@pytest.mark.parametrize("field", ["account_number", "holder", "phone", "address"])
async def test_a_field_is_revealed_to_who_serves_and_logged(held: Office, field: str) -> None:
    known = await account(held)
    answer = await held.call("101", "POST", f"{await path(held)}/reveal", field=field)
    address = f"幸福小区{known.address}"
    values = {"account_number": NUMBER, "holder": known.holder, "phone": known.phone, "address": address}
    body = answer.json()
    assert (body["field"], body["value"]) == (field, values[field])
    now = held.desk.clock.now()
    until = now + timedelta(seconds=held.desk.company.desk.reveal_seconds)
    assert body["until"] == f"{until:%Y-%m-%dT%H:%M:%S}.000Z"
    conversation = await held.desk.conversation("ann")
    (entry,) = await logged(held)
    assert (entry.at, entry.staff_id, entry.about, entry.conversation_id) == (now, "101", field, conversation.id)
    assert all(secret not in entry.text for secret in (NUMBER, known.phone, known.holder, known.address))


async def test_who_had_the_conversation_and_the_lead_may_too(held: Office) -> None:
    where = await path(held)
    await held.do("101", "transfer", "ann", to="102")
    assert (await held.call("101", "POST", f"{where}/reveal", field="phone")).status_code == 404, "another's now"
    for staff_id in ("102", "201"):
        assert (await held.call(staff_id, "POST", f"{where}/reveal", field="phone")).status_code == 200
    for staff_id in ("101", "102"):
        await held.desk.presence(staff_id, Presence.BUSY)
    await held.do("102", "transfer", "ann", to="queue")
    assert (await held.call("101", "POST", f"{where}/reveal", field="phone")).status_code == 200


async def test_inspectors_and_administrators_may_not(held: Office) -> None:
    where = await path(held)
    refused(await held.call("301", "POST", f"{where}/reveal", field="phone"), 403, "not_yours")
    refused(await held.call("901", "POST", f"{where}/reveal", field="phone"), 403, "not_allowed")
    assert await logged(held) == []
    assert (await card(held, "301"))["may_serve"] is False


async def test_an_agent_reads_what_waits_masked_only(office: Office) -> None:
    await office.waits("ann")
    where = await path(office)
    assert (await card(office, "101"))["may_serve"] is False
    refused(await office.call("101", "POST", f"{where}/reveal", field="phone"), 403, "not_yours")
    refused(await office.call("101", "POST", f"{where}/tags", text="老年用户"), 403, "not_yours")


async def test_an_account_of_an_earlier_conversation_is_told_and_not_taken(held: Office) -> None:
    await held.do("101", "close", "ann")
    await held.waits("ann")
    seen = await card(held)
    assert (seen["match"]["state"], seen["match"]["before"]["number"], seen["account"]) == ("unknown", "****0001", None)
    refused(await held.call("101", "POST", f"{await path(held)}/reveal", field="phone"), 409, "not_matched")
    assert await logged(held) == []
    assert [each["owner"] for each in seen["conversations"]] == ["agent", "closed"]


@pytest.mark.parametrize(
    ("wrong", "matched"),
    [({}, True), ({"phone": "13900000000"}, False), ({"number": "10010002"}, False), ({"holder": "别人"}, False)],
)
async def test_the_agent_verifies_by_two_things_that_agree(held: Office, wrong: dict[str, str], matched: bool) -> None:
    known = await account(held)
    await held.waits("bob")
    stated = {"number": NUMBER, "phone": known.phone, "holder": "", **wrong}
    answer = await held.call(
        (await held.desk.conversation("bob")).staff_id or "", "POST", f"{await path(held, 'bob')}/account", **stated
    )
    state = "matched" if matched else "not_matched"
    assert (answer.json()["matched"], answer.json()["conversation"]["account_state"]) == (matched, state)
    bob = await held.desk.conversation("bob")
    assert (bob.account_state, bob.account_number, bob.account_by) == (state, NUMBER if matched else None, bob.staff_id)
    facts = await held.desk.gasdesk.stores.transcripts.facts(bob.id)
    told = next(fact.text for fact in facts if fact.what == "account")
    assert known.phone not in told
    assert NUMBER not in told


async def test_an_address_alone_or_somebody_else_verifies_nothing(held: Office) -> None:
    where = f"{await path(held)}/account"
    refused(await held.call("101", "POST", where, number=NUMBER), 422, "invalid")
    refused(await held.call("102", "POST", where, number=NUMBER, holder="x"), 403, "not_yours")
    await held.call("101", "POST", where, number=NUMBER, phone="1")
    assert (await held.desk.conversation("ann")).account_state == "matched", "a slip does not undo the match"


async def test_tags_stay_with_the_customer(held: Office) -> None:
    where = f"{await path(held)}/tags"
    for text in ("老年用户", " 爱问 价格 ", "老年用户"):
        answer = await held.call("101", "POST", where, text=text)
        held.desk.clock.advance(1)
    assert [tag["text"] for tag in answer.json()["tags"]] == ["老年用户", "爱问 价格"]
    refused(await held.call("101", "POST", where, text="13800001234"), 422, "invalid")
    refused(await held.call("101", "POST", where, text="一二三四五六七八九十一二三"), 422, "invalid")
    await held.do("101", "close", "ann")
    await held.waits("ann")
    seen = await card(held)
    assert [tag["text"] for tag in seen["tags"]] == ["老年用户", "爱问 价格"]
    assert "老年用户" in seen["company_tags"]
    answer = await held.call("101", "DELETE", f"{await path(held)}/tags/老年用户")
    assert [tag["text"] for tag in answer.json()["tags"]] == ["爱问 价格"]


async def test_readings_orders_and_notes_of_the_customer_are_on_the_card(held: Office) -> None:
    c = await held.desk.conversation("ann")
    stores = held.desk.gasdesk.stores
    known = await account(held)
    await stores.back_office.save_reading(
        Reading(
            account_number=NUMBER,
            value_m3=known.last_reading_m3 + 10,
            reported_at=held.desk.clock.now(),
            conversation_id=c.id,
        )
    )
    await held.call("101", "POST", f"conversations/{c.id}/notes", id="n1", text="耳背，请慢慢说")
    await held.do("101", "close", "ann")
    await held.waits("ann")
    held.desk.assistant.answers["户主来了"] = MATCHED
    assert [note["text"] for note in (await card(held))["notes"]] == ["耳背，请慢慢说"]
    assert (await card(held))["account"] is None
    await held.call("101", "POST", f"{await path(held)}/account", number=NUMBER, phone=known.phone)
    seen = await card(held)
    assert seen["match"]["by"] == "101"
    assert seen["account"]["readings"][0]["value_m3"] == f"{(known.last_reading_m3 + 10).normalize():f}"
