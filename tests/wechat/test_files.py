"""What agents send to followers: pictures as pictures; the rest goes as a link (tests/flows/test_agent_files.py)."""

import pytest

from bot.domain.conversations import Delivery
from tests import sample_files as samples
from tests.flows.desk import Desk
from tests.flows.office import PERSON, Office, staffed
from tests.wechat.fake_wechat import FakeWeChat
from tests.wechat.phone import Phone


@pytest.fixture
async def office(desk: Desk, ann: Phone) -> Office:
    """Ann waits, and 101 has her."""
    office = await staffed(desk)
    await office.online("101")
    desk.assistant.answers["转人工"] = PERSON
    await ann.says("转人工")
    await desk.gasdesk.settle()
    return office


async def sent(office: Office, ann: Phone, content: bytes = samples.PNG, name: str = "表底.png") -> tuple[int, str]:
    """The status it was answered with, and the state of the last message."""
    conversation = await office.desk.gasdesk.stores.transcripts.of_contact(ann.contact_id)
    assert conversation
    answer = await office.sends_file(conversation.id, content, name)
    (*_, last) = await office.desk.gasdesk.stores.transcripts.messages(conversation.id)
    return answer.status_code, last.delivery.value


async def facts(office: Office, ann: Phone) -> list[str]:
    conversation = await office.desk.gasdesk.stores.transcripts.of_contact(ann.contact_id)
    assert conversation
    return [fact.text for fact in await office.desk.gasdesk.stores.transcripts.facts(conversation.id)]


async def test_a_picture_is_sent_as_one(office: Office, ann: Phone, wechat: FakeWeChat) -> None:
    assert await sent(office, ann) == (200, Delivery.SENT.value)
    (_, message) = wechat.sent[-1]
    assert message["msgtype"] == "image"
    assert wechat.media[message["image"]["media_id"]] == (samples.PNG, "image/png")


async def test_it_is_uploaded_once_however_often_it_is_tried(office: Office, ann: Phone, wechat: FakeWeChat) -> None:
    wechat.fail("media/upload", -1)
    wechat.fail("message/custom/send", -1)
    assert await sent(office, ann) == (200, Delivery.PENDING.value)
    while wechat.sent[-1][1]["msgtype"] != "image":
        await office.desk.wait(10)
    assert wechat.calls.count("media/upload") == 2, "refused, and taken"


async def test_one_that_wechat_does_not_take_is_told(office: Office, ann: Phone, wechat: FakeWeChat) -> None:
    wechat.fail("media/upload", 40009)
    assert await sent(office, ann) == (200, Delivery.FAILED.value)
    assert any("微信不接受这个文件（40009）" in text for text in await facts(office, ann))


async def test_without_a_public_address_a_document_is_refused_at_once(office: Office, ann: Phone) -> None:
    assert (await sent(office, ann, samples.PDF, "合同.pdf"))[0] in (403, 409, 422)
