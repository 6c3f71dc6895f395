"""One customer on two channels: linked by a code, seen as one by agents, and apart again when he wants."""

import re
from typing import Any

import pytest

from bot.adapters.sql.customers import SqlCustomers
from bot.domain.conversations import Kind, Message, Speaker
from bot.ports import Contact
from tests.flows.desk import Desk
from tests.flows.office import Office, refused

WEB = Contact("web:0001", "web")


async def on_web(desk: Desk, text: str, message_id: str | None = None, contact: Contact = WEB) -> Message:
    message = await desk.gasdesk.core.receive(contact, message_id, text)
    await desk.gasdesk.settle()
    return message


async def heard_on_web(desk: Desk, contact: Contact = WEB) -> list[str]:
    history = await desk.gasdesk.stores.transcripts.history(contact.id, 0)
    return [message.text for message in history if message.speaker is Speaker.SYSTEM]


def code_in(text: str) -> str:
    found = re.search(r"验证码：(\d{6})", text)
    assert found, text
    return found[1]


async def asked(desk: Desk) -> str:
    """Ann asks for a code on the test channel."""
    await desk.write("绑定")
    return code_in(desk.heard()[-1])


async def contacts(desk: Desk) -> int:
    return len(await SqlCustomers(desk.gasdesk.stores.database).contacts(WEB.id))


async def test_a_code_of_one_channel_links_the_other(desk: Desk) -> None:
    code = await asked(desk)
    assert "10分钟内有效" in desk.heard()[-1]
    await on_web(desk, f"绑定 {code}")
    assert "关联成功" in (await heard_on_web(desk))[-1]
    assert "您在网页的咨询已与这里关联" in desk.heard()[-1]
    assert await contacts(desk) == 2


async def test_the_assistant_never_hears_of_it(desk: Desk) -> None:
    code = await asked(desk)
    for text in (f"我的验证码是{code}", f"绑定 {code}", "取消关联", "绑定", "你好"):
        await on_web(desk, text)
    assert [text for _, text in desk.assistant.asked] == ["你好"]


async def test_the_customer_s_message_is_kept_without_the_code(desk: Desk) -> None:
    code = await asked(desk)
    message = await on_web(desk, f"绑定 {code}")
    assert (message.text, message.kind) == ("绑定 ******", Kind.LINKING)
    said = await desk.gasdesk.stores.transcripts.history(WEB.id, 0)
    assert all(code not in each.text for each in said)


async def test_nothing_of_it_is_in_the_logs(desk: Desk, caplog: pytest.LogCaptureFixture, capsys: Any) -> None:
    code = await asked(desk)
    await on_web(desk, f"绑定 {code}")
    out = capsys.readouterr()
    assert code not in caplog.text + out.out + out.err


async def test_linking_starts_no_wait_and_owes_no_answer(desk: Desk) -> None:
    await asked(desk)
    c = await desk.conversation()
    assert (c.waiting_since, c.assistant_owes, desk.assistant.asked) == (None, False, [])
    await desk.wait(46)
    assert desk.heard(kind=Kind.WAITING_PROMPT) == []


async def test_a_code_is_used_once_and_for_ten_minutes(desk: Desk) -> None:
    code = await asked(desk)
    await on_web(desk, f"绑定 {code}")
    await on_web(desk, f"绑定 {code}", contact=Contact("web:0002", "web"))
    assert "验证码不对" in (await heard_on_web(desk, Contact("web:0002", "web")))[-1]
    again = await asked(desk)
    desk.clock.advance(600)
    await on_web(desk, f"绑定 {again}", contact=Contact("web:0002", "web"))
    assert "验证码不对" in (await heard_on_web(desk, Contact("web:0002", "web")))[-1]


async def test_the_same_message_twice_is_one_try(desk: Desk) -> None:
    code = await asked(desk)
    wrong = f"{(int(code) + 1) % 1_000_000:06}"
    for _ in range(10):
        await on_web(desk, f"绑定 {wrong}", "w1")
    assert len(await heard_on_web(desk)) == 1
    await on_web(desk, f"绑定 {code}", "w2")
    await on_web(desk, f"绑定 {code}", "w2")
    assert "关联成功" in (await heard_on_web(desk))[-1]
    assert len(await heard_on_web(desk)) == 2


async def test_who_tries_codes_out_is_stopped(desk: Desk) -> None:
    code = await asked(desk)
    for number in range(5):
        await on_web(desk, f"绑定 {(int(code) + 1 + number) % 1_000_000:06}")
    await on_web(desk, f"绑定 {code}")
    assert "操作太频繁" in (await heard_on_web(desk))[-1]
    assert await contacts(desk) == 1


async def test_a_bare_code_links_only_who_asked_for_one(desk: Desk) -> None:
    code = await asked(desk)
    await on_web(desk, code)
    assert "已经作废" in (await heard_on_web(desk))[-1]
    assert await contacts(desk) == 1
    again = await asked(desk)
    await on_web(desk, "绑定")
    await on_web(desk, again)
    assert "关联成功" in (await heard_on_web(desk))[-1]


async def test_a_reading_of_six_figures_is_a_reading(desk: Desk) -> None:
    await on_web(desk, "123456")
    assert [text for _, text in desk.assistant.asked] == ["123456"]


async def test_codes_are_rationed(desk: Desk) -> None:
    for _ in range(5):
        await asked(desk)
    await desk.write("绑定")
    assert "操作太频繁" in desk.heard()[-1]


async def test_the_customer_undoes_it(desk: Desk) -> None:
    await on_web(desk, f"绑定 {await asked(desk)}")
    await on_web(desk, "取消关联")
    assert "已取消关联" in (await heard_on_web(desk))[-1]
    assert await contacts(desk) == 1
    await on_web(desk, "取消关联")
    assert "还没有关联" in (await heard_on_web(desk))[-1]


async def test_a_leak_comes_before_a_code(desk: Desk) -> None:
    await desk.write("绑定，我家漏气了快来人")
    c = await desk.conversation()
    assert c.emergency is not None


# --- the desk ---


async def served(office: Office, who: str = "ann") -> str:
    await office.online("101")
    return await office.waits(who)


async def test_the_agent_has_a_code_shown_and_does_not_see_it(office: Office) -> None:
    c = await served(office)
    await office.call("101", "POST", f"conversations/{c}/customer/link-code")
    code = code_in(office.desk.heard()[-1])
    seen = str(await office.get("101", f"conversations/{c}"))
    assert code not in seen
    assert "******" in seen
    await on_web(office.desk, f"绑定 {code}")
    assert await contacts(office.desk) == 2
    refused(await office.call("201", "POST", f"conversations/{c}/customer/link-code"), 403, "not_yours")


async def test_afterwards_the_agent_sees_one_history_and_the_other_conversation(office: Office) -> None:
    desk = office.desk
    await on_web(desk, "网页上问过发票")
    desk.clock.advance(1)
    c = await served(office)
    code = await asked(desk)
    await on_web(desk, f"绑定 {code}")
    page = await office.get("101", f"conversations/{c}/history")
    assert "网页上问过发票" in str(page["conversations"])
    card = (await office.get("101", f"conversations/{c}/customer"))["customer"]
    assert [each["channel"] for each in card["contacts"]] == ["test", "web"]
    assert {(each["channel"], each["owner"]) for each in card["conversations"]} == {("test", "agent"), ("web", "bot")}
    await office.call("101", "DELETE", f"conversations/{c}/customer/link")
    assert (await office.get("101", f"conversations/{c}/history"))["conversations"] == []
    refused(await office.call("101", "DELETE", f"conversations/{c}/customer/link"), 403, "not_yours")


async def test_tags_of_one_channel_are_those_of_the_other(office: Office) -> None:
    c = await served(office)
    await office.call("101", "POST", f"conversations/{c}/customer/tags", text="老年用户")
    await on_web(office.desk, f"绑定 {await asked(office.desk)}")
    web = await office.desk.gasdesk.stores.transcripts.of_contact(WEB.id)
    assert web is not None
    card = (await office.get("201", f"conversations/{web.id}/customer"))["customer"]
    assert [tag["text"] for tag in card["tags"]] == ["老年用户"]
    assert web.served_by == "101", "who serves him on one channel is who he gets on the other"
