"""Staff open what customers sent, as WeChat keeps it."""

import pytest

from tests.flows.desk import Desk
from tests.flows.office import PERSON, Office, staffed
from tests.wechat.fake_wechat import PNG, FakeWeChat
from tests.wechat.phone import Phone


@pytest.fixture
async def office(desk: Desk) -> Office:
    return await staffed(desk)


async def opened_by(office: Office, staff_id: str, address: str) -> tuple[int, bytes, dict[str, str]]:
    answer = await office.clients[staff_id].get(address)
    return answer.status_code, answer.content, dict(answer.headers)


async def address_of(office: Office, ann: Phone, kind: str, media_id: str) -> str:
    """Ann sends it and asks for a person; where the desk finds it."""
    office.desk.assistant.answers["转人工"] = PERSON
    await ann.sends(kind, PicUrl="http://mmbiz/1", MediaId=media_id)
    await ann.says("转人工")
    await office.desk.gasdesk.settle()
    conversation = await office.desk.gasdesk.stores.transcripts.of_contact(ann.contact_id)
    assert conversation
    (message, *_) = (await office.get("201", f"conversations/{conversation.id}"))["messages"]
    assert message["attachment"] == kind
    return str(message["attachment_url"])


async def test_an_agent_sees_the_picture_and_a_stranger_does_not(office: Office, ann: Phone) -> None:
    address = await address_of(office, ann, "image", "pic-1")
    status, content, headers = await opened_by(office, "201", address)
    assert (status, content, headers["content-type"]) == (200, PNG, "image/png")
    assert headers["content-disposition"].startswith("inline")
    assert (await opened_by(office, "901", address))[0] == 403
    assert (await office.anybody.get(address)).status_code == 401


async def test_a_voice_message_is_saved_and_never_run(office: Office, ann: Phone) -> None:
    status, content, headers = await opened_by(office, "201", await address_of(office, ann, "voice", "voice-1"))
    assert (status, content) == (200, b"#!AMR\nvoice")
    assert headers["content-type"] == "application/octet-stream"
    assert headers["content-disposition"].startswith("attachment")
    assert headers["x-content-type-options"] == "nosniff"


async def test_what_wechat_forgot_is_gone_and_what_is_out_of_reach_may_come_back(
    office: Office, ann: Phone, wechat: FakeWeChat
) -> None:
    address = await address_of(office, ann, "image", "pic-1")
    wechat.fail("media/get", -1, "502")
    del wechat.media["pic-1"]
    for wanted in (503, 503, 410):
        assert (await opened_by(office, "201", address))[0] == wanted


async def test_where_there_is_none_nothing_is_found(office: Office, ann: Phone) -> None:
    address = await address_of(office, ann, "image", "pic-1")
    for other in (address.replace("/1/", "/2/"), address.replace("/1/", "/99/")):
        assert (await opened_by(office, "201", other))[0] == 404
    assert (await opened_by(office, "201", address.replace("/1/", "/0/")))[0] == 422
