"""What a customer's page should not send: each is answered clearly, and loses nothing."""

import pytest

from bot.channels.web_chat import BURST, WebChat, contact_of
from tests.flows.desk import Desk
from tests.flows.live import Page, eventually, quiet


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """One database is enough: none of this is about storage."""
    return sqlite_url


async def nothing_stored(desk: Desk, page: Page) -> bool:
    assert page.session_id
    return await desk.gasdesk.stores.transcripts.history(contact_of(page.session_id).id, 0) == []


def remembered(desk: Desk) -> list[int]:
    """How much is remembered of each page's haste."""
    web = desk.gasdesk.desks._channels["web"]
    assert isinstance(web, WebChat)
    return [len(recent) for recent in web._recent.values()]


@pytest.mark.parametrize(
    ("message", "why"),
    [
        ("", "空"),
        ("  \n\t ", "空"),
        ("\u200b\u200d\ufeff", "空"),
        ("\x00\x07", "空"),
        ("长" * 4_001, "4001字"),
        ("长" * 21_845, "太长"),  # 64 KB
        (None, "格式"),
        (7, "格式"),
        ({"text": "你好"}, "格式"),
        (["你好"], "格式"),
    ],
)
async def test_what_cannot_be_a_message_is_refused_with_a_reason(
    desk: Desk, page: Page, message: object, why: str
) -> None:
    ack = await page.write(message, "m1")
    assert set(ack) == {"ok", "id", "error"}
    assert (ack["ok"], ack["id"]) == (False, "m1")
    assert why in ack["error"]
    assert (await page.wait_for("error_notice"))["error"] == ack["error"], (
        "a page without acknowledgements hears it too"
    )
    assert await nothing_stored(desk, page)


@pytest.mark.parametrize(
    "message", ["👍", "🆘🆘", "长" * 4_000, "a\x00b", "‮你好", "<b>你好</b>", "%s{0}", "'; DROP TABLE"]
)
async def test_odd_messages_are_taken_as_they_are(page: Page, message: str) -> None:
    assert (await page.write(message))["ok"]


async def test_a_leak_in_a_message_that_is_too_long_is_heard(desk: Desk, page: Page) -> None:
    assert (await page.write("长" * 21_000 + "，我家煤气漏了"))["ok"]
    assert (await page.heard_all(1))[0].startswith("请马上照做")


@pytest.mark.parametrize("session_id", [7, {"a": 1}, "x" * 10_240, "", "a b", "../etc", ["x"], True])
async def test_a_session_id_that_makes_no_sense_gets_a_new_one(url: str, session_id: object) -> None:
    async with Page(url) as page:
        confirmed = await page.open(session_id)
        assert confirmed != session_id
        assert "会话编号无效" in (await page.wait_for("error_notice"))["error"]
        assert (await page.write("你好"))["ok"]


@pytest.mark.parametrize("session_id", [7, {"a": 1}, "x" * 10_240, "a b"])
async def test_a_message_with_such_a_session_id_is_refused(page: Page, session_id: object) -> None:
    ack = await page.write("你好", "m1", session_id=session_id)
    assert (ack["ok"], ack["id"]) == (False, "m1")
    assert "会话编号无效" in ack["error"]


@pytest.mark.parametrize("message_id", ["a/b", "x" * 65, "一", " "])
async def test_a_message_id_that_makes_no_sense_is_refused(page: Page, message_id: str) -> None:
    ack = await page.write("你好", message_id)
    assert (ack["ok"], ack["id"]) == (False, None)


@pytest.mark.parametrize("frame", ["你好", None, 7, ["你好"], {}])
async def test_a_frame_that_is_no_frame_is_refused(page: Page, frame: object) -> None:
    ack = await page.ask("user_uttered", frame)
    assert ack["ok"] is False
    await page.send("session_request", frame)
    await page.wait_for("session_confirm", 2)


async def test_an_event_nobody_knows_is_answered(page: Page) -> None:
    await page.send("launch_rocket", {"now": True})
    assert "launch_rocket" in (await page.wait_for("error_notice"))["error"]
    await page.send("launch_rocket")
    await page.wait_for("error_notice", 2)
    assert (await page.write("你好"))["ok"]


async def test_a_flood_is_stemmed_but_never_a_leak(desk: Desk, page: Page) -> None:
    for number in range(BURST):
        assert (await page.write(f"第{number}句"))["ok"]
    refused = await page.write("再来一句", "m-late")
    assert (refused["ok"], refused["id"]) == (False, "m-late")
    assert "太快" in refused["error"]
    assert (await page.write("我家漏气了"))["ok"]
    await eventually(lambda: any(f["metadata"]["kind"] == "safety" for f in page.got("bot_uttered")))
    assert not (await page.write("再来一句"))["ok"]
    desk.clock.advance(10)
    assert (await page.write("再来一句"))["ok"]


async def test_who_keeps_flooding_costs_no_more_and_more(desk: Desk, page: Page) -> None:
    """What is remembered of a page is bounded."""
    await quiet(*[page.write("快") for _ in range(BURST * 4)])
    assert max(remembered(desk)) <= BURST
    await page.client.disconnect()
    await eventually(lambda: not remembered(desk))


async def test_a_frame_beyond_all_bounds_closes_only_its_own_line(url: str, page: Page) -> None:
    async with Page(url) as flooder:
        await flooder.open()
        await flooder.send("user_uttered", {"message": "长" * 300_000, "session_id": flooder.session_id})
        await eventually(lambda: not flooder.client.connected)
    assert (await page.write("你好"))["ok"]
