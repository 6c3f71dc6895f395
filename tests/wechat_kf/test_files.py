"""Pictures and files between customers of 微信客服 and the desk."""

import pytest

from bot.domain.conversations import Delivery, Message
from bot.files.platform_media import REMEMBERED
from tests import sample_files as samples
from tests.flows.desk import Desk
from tests.flows.office import PERSON, Office, refused, staffed
from tests.wechat.fake_platform import PNG
from tests.wechat_kf.customer import KfCustomer
from tests.wechat_kf.fake_kf import KF, FakeKf


@pytest.fixture
async def office(desk: Desk, ann: KfCustomer) -> Office:
    """Ann has sent a picture and waits; 101 has her."""
    office = await staffed(desk)
    await office.online("101")
    desk.assistant.answers["转人工"] = PERSON
    await ann.sends("image", {"media_id": "pic-1"})
    desk.clock.advance(1)
    await ann.says("转人工")
    desk.clock.advance(1)
    return office


async def conversation_of(office: Office, ann: KfCustomer) -> str:
    conversation = await office.desk.gasdesk.stores.transcripts.of_contact(ann.contact_id)
    assert conversation
    return conversation.id


async def last(office: Office, ann: KfCustomer) -> Message:
    messages = await office.desk.gasdesk.stores.transcripts.messages(await conversation_of(office, ann))
    return messages[-1]


async def test_an_agent_opens_what_the_customer_sent(office: Office, ann: KfCustomer, kf: FakeKf) -> None:
    (message, *_) = (await office.get("201", f"conversations/{await conversation_of(office, ann)}"))["messages"]
    opened = await office.clients["201"].get(message["attachment_url"])
    assert (opened.status_code, opened.content, opened.headers["content-type"]) == (200, PNG, "image/png")
    kf.media.clear()
    office.desk.clock.advance(REMEMBERED.total_seconds())
    assert (await office.clients["201"].get(message["attachment_url"])).status_code == 410


async def test_a_film_is_watched_in_pieces_and_fetched_once(office: Office, ann: KfCustomer, kf: FakeKf) -> None:
    (message, *_) = (await office.get("201", f"conversations/{await conversation_of(office, ann)}"))["messages"]
    address, pieces = message["attachment_url"], []
    for asked in ("bytes=0-3", "bytes=4-"):
        piece = await office.clients["201"].get(address, headers={"Range": asked})
        assert piece.status_code == 206
        pieces.append(piece.content)
    assert b"".join(pieces) == PNG
    assert kf.calls.count("media/get") == 1
    office.desk.clock.advance(REMEMBERED.total_seconds())
    await office.clients["201"].get(address)
    assert kf.calls.count("media/get") == 2


async def test_one_that_is_too_large_is_not_called_gone(
    office: Office, ann: KfCustomer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.adapters.wechat.calls.LARGEST_MEDIA", 4)
    (message, *_) = (await office.get("201", f"conversations/{await conversation_of(office, ann)}"))["messages"]
    assert "太大" in refused(await office.clients["201"].get(message["attachment_url"]), 413, "attachment_too_large")


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (samples.PNG, "表底.png", "image"),
        (samples.MP4, "怎样关阀.mp4", "video"),
        (samples.PDF, "合同.pdf", "file"),
        (samples.DOCX, "表格.docx", "file"),
    ],
)
async def test_what_an_agent_sends_goes_as_what_it_is(
    office: Office, ann: KfCustomer, kf: FakeKf, content: bytes, name: str, kind: str
) -> None:
    assert (await office.sends_file(await conversation_of(office, ann), content, name)).status_code == 200
    (_, _, message) = kf.sent[-1]
    assert message["msgtype"] == kind
    assert kf.media[message[kind]["media_id"]][0] == content
    assert (await last(office, ann)).delivery is Delivery.SENT


async def test_a_file_that_comes_back_is_marked_alone(office: Office, ann: KfCustomer, kf: FakeKf) -> None:
    """What was said at the same moment went under a number of its own."""
    conversation_id = await conversation_of(office, ann)
    await office.sends_file(conversation_id, samples.PNG, "表底.png")
    await office.do_in(conversation_id, "messages", id="r1", text="请看图")
    (_, msgid, _) = kf.sent[-2]
    kf.event(KF, "msg_send_fail", external_userid=ann.name, fail_msgid=msgid, fail_type=12)
    await ann.tell()
    messages = await office.desk.gasdesk.stores.transcripts.messages(conversation_id)
    assert [m.delivery for m in messages[-2:]] == [Delivery.FAILED, Delivery.SENT]


async def test_one_that_is_not_taken_is_told(office: Office, ann: KfCustomer, kf: FakeKf) -> None:
    kf.fail("media/upload", 40004)
    await office.sends_file(await conversation_of(office, ann), samples.PNG, "表底.png")
    assert (await last(office, ann)).delivery is Delivery.FAILED
