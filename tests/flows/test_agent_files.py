"""Agents send pictures and files: taken, posted as an answer, sent as the channel can."""

from collections.abc import Sequence

import httpx2
import pytest

from bot.channel import Capabilities, Outcome
from bot.domain.conversations import AttachmentKind, Delivery, Message
from bot.settings import Settings
from tests import sample_files as samples
from tests.flows.office import Office, refused

PICTURES = Capabilities(text_limit=4096, sends={"image/png": 1000})


@pytest.fixture
async def office(office: Office) -> Office:
    """Ann waits, and 101 has taken her."""
    await office.waits()
    await office.online("101")
    return office


async def send(
    office: Office, content: bytes, staff_id: str = "101", message_id: str = "f1", name: str = "表底.jpg"
) -> httpx2.Response:
    conversation = await office.desk.conversation()
    answer = await office.clients[staff_id].post(
        f"/api/conversations/{conversation.id}/files", params={"id": message_id, "name": name}, content=content
    )
    await office.desk.gasdesk.settle()
    return answer


def last(office: Office) -> Message:
    return office.desk.channel.sent["test:ann"][-1]


async def test_a_channel_that_takes_pictures_is_given_them(office: Office) -> None:
    office.desk.channel.capabilities = PICTURES
    answer = await send(office, samples.PNG)
    assert answer.status_code == 200, answer.text
    message = last(office)
    assert message.attachment is not None
    assert message.attachment.file is not None
    assert (message.attachment.kind, message.caption) == (AttachmentKind.IMAGE, "")
    assert (message.attachment.file.name, message.attachment.file.content_type) == ("表底.png", "image/png")
    assert await office.desk.gasdesk.files.shelf.read(message.attachment.file.id) == samples.PNG


async def test_it_is_an_answer_as_words_are(office: Office) -> None:
    office.desk.channel.capabilities = PICTURES
    await office.desk.write("在吗")
    await send(office, samples.PNG)
    conversation = await office.desk.conversation()
    assert conversation.waiting_since is None
    assert conversation.first_reply_at is not None


async def test_sent_twice_it_is_one_message(office: Office) -> None:
    office.desk.channel.capabilities = PICTURES
    first, second = await send(office, samples.PNG), await send(office, samples.PNG)
    assert first.json() == {"message": {**second.json()["message"], "delivery": "pending"}}
    assert [m.id for m in office.desk.channel.sent["test:ann"]].count("f1") == 1


async def test_it_goes_alone_and_in_its_place(office: Office) -> None:
    """A channel may take several messages as one, but no file among them."""
    office.desk.channel.capabilities = PICTURES
    office.desk.channel.down = True
    await office.desk.reply("101", "请看图")
    await send(office, samples.PNG)
    await office.desk.reply("101", "就是这里")
    offered: list[int] = []
    sending = office.desk.channel.send

    async def spy(contact_id: str, messages: Sequence[Message]) -> Sequence[Outcome]:
        offered.append(len(messages))
        return await sending(contact_id, messages)

    office.desk.channel.send = spy  # type: ignore[method-assign]
    office.desk.channel.down = False
    await office.desk.wait(10)
    assert office.desk.heard()[-3:] == ["请看图", "［图片］", "就是这里"]
    assert offered == [1, 1, 1]


async def test_without_a_way_to_the_customer_the_agent_is_told(office: Office) -> None:
    heard = len(office.desk.channel.sent["test:ann"])
    assert "改用文字" in refused(await send(office, samples.PDF), 409, "refused")
    assert len(office.desk.channel.sent["test:ann"]) == heard


class TestOutside:
    """Customers can open a link to gasdesk."""

    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        return settings.model_copy(update={"public_url": "https://gas.example/"})

    async def test_what_the_channel_cannot_carry_goes_as_a_link(self, office: Office) -> None:
        office.desk.channel.capabilities = PICTURES
        await send(office, samples.PDF, name="开户须知.pdf")
        message = last(office)
        assert message.attachment is None
        assert message.text.startswith("客服给您发送了［文件 开户须知.pdf］")
        path = message.text.partition("https://gas.example")[2]
        opened = await office.anybody.get(path)
        assert (opened.status_code, opened.content) == (200, samples.PDF)
        assert opened.headers["content-disposition"].startswith("attachment")
        assert opened.headers["x-content-type-options"] == "nosniff"
        assert "sandbox" in opened.headers["content-security-policy"]
        office.desk.clock.advance(office.desk.company.channel_scripts.file_link_days * 86400)
        assert (await office.anybody.get(path)).status_code == 404

    async def test_the_desk_still_shows_the_file(self, office: Office) -> None:
        await send(office, samples.PDF)
        conversation = await office.desk.conversation()
        message = (await office.get("101", f"conversations/{conversation.id}"))["messages"][-1]
        assert (message["attachment"], message["delivery"]) == ("file", Delivery.SENT.value)
        opened = await office.clients["201"].get(message["attachment_url"])
        assert opened.content == samples.PDF


@pytest.mark.parametrize(("content", "why"), [(samples.HTML, "不能发送"), (b"", "空的")])
async def test_what_is_no_file_for_customers_is_refused(office: Office, content: bytes, why: str) -> None:
    heard = len(office.desk.channel.sent["test:ann"])
    assert why in refused(await send(office, content), 422, "file_refused")
    assert len(office.desk.channel.sent["test:ann"]) == heard


async def test_only_who_has_the_conversation_sends(office: Office) -> None:
    office.desk.channel.capabilities = PICTURES
    refused(await send(office, samples.PNG, "102"), 409, "refused")
    refused(await send(office, samples.PNG, "301"), 403, "not_allowed")
    assert (await office.anybody.post("/api/conversations/x/files?id=1", content=samples.PNG)).status_code == 401
    unknown = await office.clients["101"].post("/api/conversations/x/files?id=1", content=samples.PNG)
    refused(unknown, 404, "not_found")


async def test_a_picture_is_seen_by_staff_who_may_read_and_by_nobody_else(office: Office) -> None:
    office.desk.channel.capabilities = PICTURES
    message = (await send(office, samples.PNG)).json()["message"]
    for staff_id, status in {"101": 200, "201": 200, "301": 200, "102": 404, "901": 403}.items():
        opened = await office.clients[staff_id].get(message["attachment_url"])
        assert opened.status_code == status, staff_id
    assert (await office.anybody.get(message["attachment_url"])).status_code == 401
