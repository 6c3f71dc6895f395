"""Customers send pictures and files on their page: once, within limits, for them and the staff alone."""

from collections.abc import AsyncIterator

import httpx2
import pytest

from bot.domain.conversations import Conversation, Owner, Speaker
from bot.settings import Settings
from bot.settings_files import FileSettings
from tests import sample_files as samples
from tests.flows.live import Page
from tests.flows.office import PERSON, Office, refused

SESSION = "ann-0001"


async def send(
    office: Office, content: bytes, message_id: str = "m1", name: str = "表底.jpg", session: str = SESSION
) -> httpx2.Response:
    answer = await office.anybody.post(
        "/api/chat/files",
        params={"id": message_id, "name": name},
        content=content,
        headers={"X-Chat-Session": session},
    )
    await office.desk.gasdesk.settle()
    return answer


async def opened(office: Office, seq: int, session: str = SESSION) -> httpx2.Response:
    return await office.anybody.get(f"/api/chat/files/{seq}", headers={"X-Chat-Session": session})


async def given_to_an_agent(office: Office, *pages: Page) -> tuple[Conversation, int]:
    """The conversation, and how many messages each of the pages has got by then."""
    await office.desk.gasdesk.settle()
    (conversation,) = await office.desk.gasdesk.stores.inbox.open_conversations()
    assert conversation.owner is Owner.AGENT
    said = await office.desk.gasdesk.stores.transcripts.messages(conversation.id)
    heard = len([message for message in said if message.speaker is not Speaker.CUSTOMER])
    for page in pages:
        await page.heard_all(heard)
    return conversation, heard


async def test_a_photo_is_stored_answered_politely_and_seen_again(office: Office) -> None:
    answer = await send(office, samples.PNG)
    assert answer.json() == {"ok": True, "id": "m1", "seq": 1}
    (conversation,) = await office.desk.gasdesk.stores.inbox.open_conversations()
    own, reply = await office.desk.gasdesk.stores.transcripts.messages(conversation.id)
    assert (own.text, reply.text) == (
        "［图片］",
        office.desk.company.fill(office.desk.company.channel_scripts.picture_kept),
    )
    picture = await opened(office, 1)
    assert (picture.content, picture.headers["content-type"]) == (samples.PNG, "image/png")
    assert picture.headers["x-content-type-options"] == "nosniff"
    assert picture.headers["content-disposition"].startswith("inline")
    assert "sandbox" in picture.headers["content-security-policy"]


async def test_sent_again_after_a_lost_answer_it_is_one_message(office: Office) -> None:
    answers = [(await send(office, samples.PNG)).json() for _ in range(3)]
    assert answers == [answers[0]] * 3
    (conversation,) = await office.desk.gasdesk.stores.inbox.open_conversations()
    assert conversation.customer_seq == 1


async def test_nobody_else_opens_it(office: Office) -> None:
    await send(office, samples.PNG)
    await send(office, samples.PDF, session="bob-0001")
    assert (await opened(office, 1, "bob-0001")).content == samples.PDF
    refused(await opened(office, 2), 404, "not_found")  # the answer, which carries nothing
    refused(await opened(office, 1, "eve"), 404, "not_found")
    refused(await opened(office, 1, ""), 401, "no_session")
    refused(await opened(office, 1, "no session id"), 401, "no_session")


async def test_staff_who_may_read_the_conversation_open_it(office: Office) -> None:
    await send(office, samples.PDF, name="合同.pdf")
    (conversation,) = await office.desk.gasdesk.stores.inbox.open_conversations()
    (message, _) = (await office.get("201", f"conversations/{conversation.id}"))["messages"]
    assert message["file"] == {"kind": "file", "name": "合同.pdf", "type": "application/pdf", "size": len(samples.PDF)}
    file = await office.clients["201"].get(message["attachment_url"])
    assert file.content == samples.PDF
    assert file.headers["content-disposition"] == "attachment; filename*=UTF-8''%E5%90%88%E5%90%8C.pdf"
    assert (await office.anybody.get(message["attachment_url"])).status_code == 401


async def test_a_file_is_saved_by_an_address_that_soon_ends(office: Office) -> None:
    await send(office, samples.PDF)
    asked = await office.anybody.post("/api/chat/files/1/link", headers={"X-Chat-Session": SESSION})
    saved = await office.anybody.get(asked.json()["url"])
    assert (saved.content, saved.headers["content-type"]) == (samples.PDF, "application/octet-stream")
    refused(await office.anybody.post("/api/chat/files/1/link", headers={"X-Chat-Session": "eve"}), 404, "not_found")
    office.desk.clock.advance(300)
    refused(await office.anybody.get(asked.json()["url"]), 404, "link_over")


@pytest.mark.parametrize("content", [samples.HTML, samples.SVG, samples.EXE, b""])
async def test_what_is_refused_is_told_and_says_nothing(office: Office, content: bytes) -> None:
    refused(await send(office, content, name="a.png"), 422, "file_refused")
    assert await office.desk.gasdesk.stores.inbox.open_conversations() == []


async def test_a_page_of_another_site_sends_nothing(office: Office) -> None:
    answer = await office.anybody.post(
        "/api/chat/files?id=m1",
        content=samples.PNG,
        headers={"X-Chat-Session": SESSION, "Origin": "https://evil.example"},
    )
    refused(answer, 403, "cross_site")


async def test_a_photo_in_an_emergency_leaves_its_order_as_it_was(office: Office, url: str) -> None:
    async with Page(url) as page:
        session = await page.open()
        await page.write("厨房漏气了", "m1")
        heard = await page.heard_all(2)
        await send(office, samples.PNG, "m2", session=session)
        say = office.desk.company.channel_scripts
        assert await page.heard_all(3) == [*heard, office.desk.company.fill(say.picture_kept)]
        await page.write("幸福小区3号楼2单元501", "m3")
        await page.write("对", "m4")
        await page.heard_all(5)
    (conversation,) = await office.desk.gasdesk.stores.inbox.open_conversations()
    assert conversation.emergency is not None
    assert conversation.emergency.order_number


async def test_other_tabs_and_a_reload_see_it(office: Office, url: str) -> None:
    shown = {"kind": "image", "name": "表底.png", "type": "image/png", "size": len(samples.PNG)}
    async with Page(url) as page, Page(url) as late:
        session = await page.open()
        await send(office, samples.PNG, session=session)
        assert (await page.wait_for("user_echo"))["metadata"]["file"] == shown
        await late.open(session, after=0)
        assert (await late.wait_for("user_echo"))["metadata"]["file"] == shown


async def test_an_agents_file_reaches_the_page(office: Office, url: str) -> None:
    office.desk.assistant.answers["转人工"] = PERSON
    await office.online("101")
    async with Page(url) as page:
        session = await page.open(None, after=0)
        await page.write("转人工", "m1")
        conversation, heard = await given_to_an_agent(office, page)
        path = f"/api/conversations/{conversation.id}/files"
        answer = await office.clients["101"].post(path, params={"id": "f1", "name": "须知.pdf"}, content=samples.PDF)
        assert answer.status_code == 200
        frame = await page.wait_for("bot_uttered", heard + 1)
        assert frame["metadata"]["file"]["name"] == "须知.pdf"
        assert (await opened(office, frame["metadata"]["seq"], session)).content == samples.PDF


async def test_a_client_that_shows_no_files_gets_a_link(office: Office, url: str) -> None:
    """npm rasa-webchat: it asks for its session without a number; open, or away while the agent sends."""
    office.desk.assistant.answers["转人工"] = PERSON
    await office.online("101")
    async with Page(url) as simple, Page(url) as ours:
        session = await simple.open()
        await ours.open(session, after=0)
        await simple.write("转人工", "m1")
        conversation, heard = await given_to_an_agent(office, simple, ours)
        path = f"/api/conversations/{conversation.id}/files"
        await office.clients["101"].post(path, params={"id": "f1", "name": "须知.pdf"}, content=samples.PDF)
        text = (await simple.heard_all(heard + 1))[-1]
        assert text.startswith("客服给您发送了［文件 须知.pdf］")
        frame = await ours.wait_for("bot_uttered", heard + 1)
        assert (frame["text"], frame["metadata"]["file"]["name"]) == ("［文件 须知.pdf］", "须知.pdf")
        assert len(simple.heard()) == heard + 1, "once, not twice"
    await office.clients["101"].post(path, params={"id": "f2", "name": "二.pdf"}, content=samples.PDF)
    await office.desk.gasdesk.settle()
    async with Page(url) as back:
        await back.open(session)
        assert "二.pdf］，请点击查看" in (await back.heard_all(1))[0]
    opened = await office.anybody.get("/files/" + text.rpartition("/files/")[2])
    assert opened.content == samples.PDF


class TestLimits:
    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        return settings.model_copy(update={"files": FileSettings(max_mb=1, daily_files=2)})

    async def test_one_too_large_is_stopped_on_the_way(self, office: Office) -> None:
        came = 0

        async def endless() -> AsyncIterator[bytes]:
            nonlocal came
            for _ in range(64):
                came += 1
                yield samples.PNG + b"\0" * 256 * 1024

        answer = await office.anybody.post(
            "/api/chat/files?id=m1", content=endless(), headers={"X-Chat-Session": SESSION}
        )
        assert "1 MB" in refused(answer, 422, "file_refused")
        assert came < 64

    async def test_too_many_in_a_day(self, office: Office) -> None:
        for number in range(2):
            assert (await send(office, samples.PNG, f"m{number}")).status_code == 200
        assert "已经很多" in refused(await send(office, samples.PNG, "m3"), 422, "file_refused")
        assert (await send(office, samples.PNG, "m3", session="bob-0001")).status_code == 200
