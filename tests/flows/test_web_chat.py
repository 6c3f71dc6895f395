"""The customer's page over a real server: the fixed protocol, resuming, and everything a page should not send."""

import asyncio
import json
import re
from typing import Any

import pytest

from bot.channels.web_chat import contact_of
from bot.domain.conversations import Button, Delivery, Draft, Kind, Speaker
from bot.ports import AssistantAnswer, Bubble
from tests.flows.desk import Desk
from tests.flows.live import Page, eventually, quiet

METADATA = {"id", "seq", "at", "speaker", "kind"}


async def stored(desk: Desk, page: Page) -> list[tuple[int, str]]:
    """All that was said in the page's session."""
    assert page.session_id
    history = await desk.gasdesk.stores.transcripts.history(contact_of(page.session_id).id, 0)
    return [(message.seq, message.text) for message in history]


def answered(heard: list[str]) -> list[str]:
    """What the answers answer: what waits together is answered together."""
    return [text for answer in heard for text in answer.removeprefix("您说的是：").split("\n")]


async def say_in(desk: Desk, page: Page, text: str) -> None:
    """Post something while no page is open."""
    assert page.session_id
    conversation = await desk.gasdesk.stores.transcripts.of_contact(contact_of(page.session_id).id)
    assert conversation
    async with desk.gasdesk.stores.conversations.open(conversation.id) as work:
        work.post(Draft(Speaker.SYSTEM, Kind.NOTICE, text))


# --- the fixed protocol ----------------------------------------------------------------------------------------------


async def test_a_session_is_confirmed_with_the_bare_id(url: str) -> None:
    async with Page(url) as page:
        made = await page.open(None)
        assert re.fullmatch(r"[0-9a-f-]{36}", made)
        assert await page.open("my-own.id_1:2") == "my-own.id_1:2"
        assert page.got("status")[0] == {"assistant": "ready", "owner": "bot"}
        assert page.got("error_notice") == []


async def test_a_message_is_acknowledged_and_answered(page: Page) -> None:
    assert await page.write("你好", "m1") == {"ok": True, "id": "m1", "seq": 1}
    answer = await page.wait_for("bot_uttered")
    assert set(answer) == {"text", "metadata"}
    assert answer["text"] == "您说的是：你好"
    assert set(answer["metadata"]) == METADATA
    assert (answer["metadata"]["seq"], answer["metadata"]["speaker"], answer["metadata"]["kind"]) == (
        2,
        "bot",
        "answer",
    )
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", answer["metadata"]["at"])


async def test_buttons_are_quick_replies(desk: Desk, page: Page) -> None:
    desk.assistant.answers["点火"] = AssistantAnswer(
        bubbles=(Bubble("有热水器吗？", (Button("有", "/yes"),)),), asks=True
    )
    await page.write("点火")
    question = await page.wait_for("bot_uttered")
    assert set(question) == {"text", "quick_replies", "metadata"}
    assert question["quick_replies"] == [{"content_type": "text", "title": "有", "payload": "/yes"}]
    assert question["metadata"]["kind"] == "question"


async def test_an_agents_words_carry_his_number_and_no_name(desk: Desk, page: Page) -> None:
    desk.assistant.answers["转人工"] = AssistantAnswer(handoff="用户要求人工", bubbles=(Bubble("好的。"),))
    await desk.staff("101")
    await page.write("转人工")
    await eventually(lambda: any(f["metadata"]["kind"] == "greeting" for f in page.got("bot_uttered")))
    greeting = next(f for f in page.got("bot_uttered") if f["metadata"]["kind"] == "greeting")
    assert set(greeting["metadata"]) == METADATA | {"agent"}
    assert (greeting["metadata"]["agent"], greeting["metadata"]["speaker"]) == ("101", "agent")
    assert "员工101" not in json.dumps(page.frames, ensure_ascii=False)
    await eventually(lambda: page.got("status")[-1].get("agent") == "101")
    assert page.got("status")[-1] == {"assistant": "ready", "owner": "agent", "agent": "101"}


async def test_nobody_is_named_for_an_emergency_until_it_is_accepted(desk: Desk, page: Page) -> None:
    await desk.staff("101")
    await page.write("家里有很浓的煤气味")
    await eventually(lambda: page.got("status")[-1]["owner"] == "agent")
    assert page.got("status")[-1] == {"assistant": "ready", "owner": "agent"}
    conversation = (await desk.gasdesk.stores.inbox.open_conversations())[0]
    await desk.gasdesk.core.emergency_acts.accept(conversation.id, await desk.member("101"))
    await eventually(lambda: page.got("status")[-1].get("agent") == "101")


async def test_the_place_in_the_queue_is_told(desk: Desk, page: Page) -> None:
    desk.assistant.answers["转人工"] = AssistantAnswer(handoff="用户要求人工", bubbles=(Bubble("好的。"),))
    await desk.staff("101", capacity=1)
    await desk.write("转人工", "bob")
    await page.write("转人工")
    await eventually(lambda: page.got("status")[-1]["owner"] == "queue")
    assert page.got("status")[-1] == {"assistant": "ready", "owner": "queue", "position": 1}


async def test_a_legacy_page_without_metadata(desk: Desk, url: str) -> None:
    """rasa-webchat 1.0.1: no ids, customData, and nothing but text and quick_replies understood."""
    async with Page(url) as page:
        await page.open(None)
        ack = await page.ask("user_uttered", {"message": "你好", "customData": None, "session_id": page.session_id})
        assert (ack["ok"], ack["seq"]) == (True, 1)
        assert await page.heard_all(1) == ["您说的是：你好"]
        for frame in page.got("bot_uttered"):
            assert set(frame) <= {"text", "quick_replies", "metadata"}
    await say_in(desk, page, "刚才没有人在")
    async with Page(url) as again:
        await again.open(page.session_id)
        assert again.heard() == ["刚才没有人在"], "what was never sent, and only that"


async def test_metadata_may_be_json_text(page: Page) -> None:
    """As Rasa's own channel takes it."""
    ack = await page.ask(
        "user_uttered", {"message": "你好", "session_id": page.session_id, "metadata": json.dumps({"id": "m7"})}
    )
    assert ack == {"ok": True, "id": "m7", "seq": 1}


@pytest.mark.parametrize("metadata", ["{not json", "[1]", [1], 7, None, "", True])
async def test_metadata_that_makes_no_sense_is_as_good_as_none(page: Page, metadata: object) -> None:
    ack = await page.ask("user_uttered", {"message": "你好", "session_id": page.session_id, "metadata": metadata})
    assert ack["ok"]


# --- never lost, never doubled ---------------------------------------------------------------------------------------


async def test_the_same_id_again_is_the_same_message(desk: Desk, page: Page) -> None:
    first = await page.write("你好", "m1")
    assert await page.write("你好", "m1") == first
    await quiet(page.heard_all(1))
    assert page.heard() == ["您说的是：你好"]
    assert desk.assistant.asked == [(desk.assistant.asked[0][0], "你好")]


async def test_a_page_that_comes_back_gets_what_it_missed(url: str, page: Page) -> None:
    await page.write("一", "m1")
    await page.heard_all(1)
    session_id = page.session_id
    await page.client.disconnect()
    async with Page(url) as other:
        other.session_id = session_id
        await other.write("二", "m2")
        await other.heard_all(1)
    async with Page(url) as again:
        await again.open(session_id, after=2)
        seqs = [data["metadata"]["seq"] for event, data in again.frames if event in ("bot_uttered", "user_echo")]
        assert seqs == [3, 4]
        assert again.got("user_echo")[0] == {"text": "二", "metadata": again.got("user_echo")[0]["metadata"]}
        assert set(again.got("user_echo")[0]["metadata"]) == {"id", "seq", "at"}
        await again.open(session_id, after=0)
        seqs = [data["metadata"]["seq"] for event, data in again.frames if event in ("bot_uttered", "user_echo")]
        assert seqs == [3, 4, 1, 2, 3, 4], "0 is the whole conversation"
        await again.open(session_id, after=4)
        assert len(again.got("bot_uttered") + again.got("user_echo")) == 6, "nothing was missed"


@pytest.mark.parametrize("after", [-1, "2", True, 1.5, None, 10**30, [1]])
async def test_a_senseless_number_to_resume_from_breaks_nothing(page: Page, after: Any) -> None:
    await page.write("你好")
    await page.heard_all(1)
    await page.open(page.session_id, after=after)
    assert (await page.write("还在吗"))["ok"]


async def test_messages_sent_in_one_breath_keep_their_order(desk: Desk, page: Page) -> None:
    """A page that was offline sends all it has at once."""
    texts = [f"第{number}句" for number in range(12)]
    acks = await asyncio.gather(*[page.write(text, f"m{place}") for place, text in enumerate(texts)])
    assert [ack["seq"] for ack in acks] == sorted(ack["seq"] for ack in acks)
    await eventually(lambda: answered(page.heard()) == texts)
    numbers = [seq for seq, _ in await stored(desk, page)]
    assert numbers == list(range(1, len(numbers) + 1)), "no number is missing"


async def test_a_message_that_could_not_be_stored_says_so(
    desk: Desk, page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(*_: object) -> None:
        raise ConnectionError("the database is gone")

    with monkeypatch.context() as outage:
        outage.setattr(desk.gasdesk.stores.conversations, "open_for", gone)
        ack = await page.write("你好", "m1")
    assert (ack["ok"], ack["id"]) == (False, "m1")
    assert "稍后重试" in ack["error"]
    assert (await page.write("你好", "m1"))["seq"] == 1, "and sending it again is safe"


async def test_what_the_page_shows_is_delivered(desk: Desk, page: Page) -> None:
    await page.write("你好")
    seq = (await page.wait_for("bot_uttered"))["metadata"]["seq"]
    for nonsense in ("x", None, 10**30, -5, 1.5, {"seq": 1}):
        await page.send("seen", {"session_id": page.session_id, "seq": nonsense})
    await page.send("seen", "nonsense")
    await page.send("seen", {"session_id": page.session_id, "seq": seq})
    assert page.session_id
    contact = contact_of(page.session_id).id

    async def state() -> Delivery:
        return (await desk.gasdesk.stores.transcripts.history(contact, 0))[-1].delivery

    async with asyncio.timeout(10):
        while await state() is not Delivery.DELIVERED:
            desk.clock.advance(1)
            await quiet()


# --- two pages, two people -------------------------------------------------------------------------------------------


async def test_his_other_page_shows_what_he_wrote(url: str, page: Page) -> None:
    async with Page(url) as tab:
        await tab.open(page.session_id)
        await page.write("你好", "m1")
        echo = await tab.wait_for("user_echo")
        assert (echo["text"], echo["metadata"]["id"], echo["metadata"]["seq"]) == ("你好", "m1", 1)
        assert await tab.heard_all(1) == await page.heard_all(1) == ["您说的是：你好"]


async def test_nobody_hears_another_customer(url: str, page: Page) -> None:
    async with Page(url) as stranger:
        await stranger.open()
        await page.write("我的户号是80000001")
        await quiet(page.heard_all(1))
        assert stranger.heard() == []
        assert stranger.got("user_echo") == []


async def test_typing_goes_both_ways(desk: Desk, page: Page) -> None:
    desk.assistant.hold = asyncio.Event()
    await page.write("你好")
    await page.send("typing", {"session_id": page.session_id, "on": True})
    assert page.session_id
    await desk.gasdesk.desks._channels["web"].typing(contact_of(page.session_id).id, True, "agent")
    assert await page.wait_for("typing") == {"on": True, "speaker": "agent"}
    desk.assistant.hold.set()
    await page.heard_all(1)


async def test_typing_before_a_word_was_said_breaks_nothing(url: str) -> None:
    async with Page(url) as page:
        await page.send("typing", {"on": True})
        await page.open()
        await page.send("typing", {"on": True})
        await page.send("typing", "nonsense")
        await page.send("typing")
        assert (await page.write("你好"))["ok"]
