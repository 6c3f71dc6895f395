"""Pictures and files between customers on Telegram and the desk."""

from typing import Any

import pytest

from bot.domain.conversations import Delivery, Message
from bot.settings import Settings
from tests import sample_files as samples
from tests.flows.desk import Desk
from tests.flows.live import eventually
from tests.flows.office import PERSON, Office
from tests.flows.telegram_peer import CHAT, TelegramPeer
from tests.flows.telegram_server import Fault, TelegramServer, written

#: What is tried here does not depend on the database.
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
SENT = {
    "photo": [{"file_id": "p-1", "file_unique_id": "u", "width": 9, "height": 9}],
    "voice": {"file_id": "v-1", "file_unique_id": "u", "duration": 12},
    "document": {"file_id": "d-1", "file_unique_id": "u", "file_name": "合同.pdf", "mime_type": "application/pdf"},
}
KEPT = {
    "p-1": ("photos/file_0.jpg", samples.JPEG),
    "v-1": ("voice/file_1.oga", b"OggS"),
    "d-1": ("documents/file_2.pdf", samples.PDF),
}


@pytest.fixture
def settings(settings: Settings, telegram: TelegramServer) -> Settings:
    return telegram.settings(settings)


@pytest.fixture
def peer(desk: Desk, url: str, telegram: TelegramServer) -> TelegramPeer:
    telegram.kept = dict(KEPT)
    return TelegramPeer(desk, url, telegram)


@pytest.fixture
async def conversation_id(office: Office, peer: TelegramPeer) -> str:
    """101 has the customer."""
    await office.online("101")
    office.desk.assistant.answers["转人工"] = PERSON
    await peer.write("转人工", 1)
    await office.desk.gasdesk.settle()
    conversation = await office.desk.gasdesk.stores.transcripts.of_contact(peer.contact_id)
    assert conversation
    assert conversation.staff_id == "101"
    return conversation.id


async def last(office: Office, conversation_id: str) -> Message:
    return (await office.desk.gasdesk.stores.transcripts.messages(conversation_id))[-1]


async def opened(office: Office, conversation_id: str, staff_id: str = "101") -> Any:
    (*_, message) = (await office.get("101", f"conversations/{conversation_id}"))["messages"]
    return await office.clients[staff_id].get(message["attachment_url"])


@pytest.mark.parametrize(
    ("kind", "file_id", "content_type"),
    [("photo", "p-1", "image/jpeg"), ("voice", "v-1", "audio/ogg"), ("document", "d-1", "application/octet-stream")],
)
async def test_an_agent_opens_what_the_customer_sent(
    office: Office, peer: TelegramPeer, conversation_id: str, kind: str, file_id: str, content_type: str
) -> None:
    await peer.server.bring(peer.url, written(CHAT, 2, **{kind: SENT[kind]}))
    answer = await opened(office, conversation_id)
    assert (answer.status_code, answer.content) == (200, KEPT[file_id][1])
    assert answer.headers["content-type"] == content_type
    assert (await opened(office, conversation_id, "901")).status_code == 403


async def test_what_telegram_has_no_more_is_gone_and_what_is_out_of_reach_may_come_back(
    office: Office, peer: TelegramPeer, conversation_id: str
) -> None:
    await peer.server.bring(peer.url, written(CHAT, 2, photo=SENT["photo"]))
    peer.server.fault = lambda method, chat: Fault.BAD_GATEWAY
    unreachable = await opened(office, conversation_id)
    assert unreachable.status_code == 503
    assert "test-bot-key" not in unreachable.text
    peer.server.fault = lambda method, chat: None
    peer.server.kept.clear()
    assert (await opened(office, conversation_id)).status_code == 410


async def test_what_a_bot_is_not_given_is_called_too_large(
    office: Office, peer: TelegramPeer, conversation_id: str
) -> None:
    await peer.server.bring(peer.url, written(CHAT, 2, photo=SENT["photo"]))
    peer.server.fault = lambda method, chat: Fault.TOO_BIG if method == "getfile" else None
    assert (await opened(office, conversation_id)).status_code == 413


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (samples.JPEG, "表底.jpg", "photo"),
        (samples.MP4, "怎样关阀.mp4", "video"),
        (samples.PDF, "合同.pdf", "document"),
        (samples.DOCX, "表格.docx", "document"),
    ],
)
async def test_what_an_agent_sends_goes_as_what_it_is(
    office: Office, peer: TelegramPeer, conversation_id: str, content: bytes, name: str, kind: str
) -> None:
    assert (await office.sends_file(conversation_id, content, name)).status_code == 200
    assert peer.server.files == [(CHAT, kind, "", name, content)]
    assert (await last(office, conversation_id)).delivery is Delivery.SENT


async def test_a_picture_telegram_cannot_show_goes_as_a_file(
    office: Office, peer: TelegramPeer, conversation_id: str
) -> None:
    peer.server.fault = lambda method, chat: Fault.UNACCEPTABLE if method == "sendphoto" else None
    await office.sends_file(conversation_id, samples.PNG, "长图.png")
    assert [kind for _, kind, *_ in peer.server.files] == ["document"]


async def test_a_file_is_ridden_over_an_outage_and_arrives_once(
    office: Office, peer: TelegramPeer, conversation_id: str
) -> None:
    await peer.outage()
    await office.sends_file(conversation_id, samples.PNG, "表底.png")
    assert not peer.server.files
    await peer.recovery()
    await eventually(lambda: bool(peer.server.files))
    assert len(peer.server.files) == 1


async def test_a_file_that_may_have_arrived_is_uncertain(
    office: Office, peer: TelegramPeer, conversation_id: str
) -> None:
    peer.server.fault = lambda method, chat: Fault.CUT_AFTER if method == "sendphoto" else None
    await office.sends_file(conversation_id, samples.PNG, "表底.png")
    assert (await last(office, conversation_id)).delivery is Delivery.UNCERTAIN
    assert len(peer.server.files) == 1
