"""What WeChat may push that nobody thinks of, or push again long after: nothing is lost, doubled or mistaken."""

import json

import httpx2
import pytest
import xmltodict

from bot.channels.wechat.channel import WeChatChannel
from bot.domain.conversations import AttachmentKind, Delivery, Draft, Kind, Message, Speaker
from tests.flows.desk import Desk
from tests.wechat.fake_wechat import FakeWeChat
from tests.wechat.phone import ACCOUNT, NONCE, STAMP, Phone


async def customers(desk: Desk, phone: Phone) -> list[Message]:
    history = await desk.gasdesk.stores.transcripts.history(phone.contact_id, 0)
    return [message for message in history if message.speaker is Speaker.CUSTOMER]


async def say(desk: Desk, phone: Phone, text: str) -> Delivery:
    """An agent's words; what became of them."""
    conversation = await desk.gasdesk.stores.transcripts.of_contact(phone.contact_id)
    assert conversation
    async with desk.gasdesk.stores.conversations.open(conversation.id) as work:
        work.post(Draft(Speaker.AGENT, Kind.ANSWER, text, staff_id="101"))
    await desk.gasdesk.settle()
    return (await desk.gasdesk.stores.transcripts.history(phone.contact_id, 0))[-1].delivery


async def in_json(phone: Phone, fields: dict[str, object]) -> httpx2.Response:
    """The console may be set to JSON; the body is sealed all the same."""
    common = {"ToUserName": ACCOUNT, "FromUserName": phone.open_id, "CreateTime": 1348831860}
    sealed = phone.crypto.encrypt_message(json.dumps({**common, **fields}), NONCE, STAMP)
    inside = xmltodict.parse(sealed)["xml"]
    return await phone._http.post(
        "/channels/wechat",
        params={"timestamp": STAMP, "nonce": NONCE, "encrypt_type": "aes", "msg_signature": inside["MsgSignature"]},
        json={"ToUserName": ACCOUNT, "Encrypt": inside["Encrypt"]},
    )


async def test_json_is_answered_in_json(desk: Desk, ann: Phone) -> None:
    number = 23456789012345678901
    answer = await in_json(ann, {"MsgType": "text", "Content": "你好😀", "MsgId": number})
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/json")
    assert set(answer.json()) == {"Encrypt", "MsgSignature", "TimeStamp", "Nonce"}
    (message,) = await customers(desk, ann)
    assert (message.id, message.text) == (str(number), "你好😀"), "a number this large is no float"


@pytest.mark.parametrize("encrypted", ["\ud800", "气", "A" * 20, ""])
async def test_json_that_is_no_text_is_refused(ann: Phone, encrypted: str) -> None:
    answer = await ann._http.post(
        "/channels/wechat",
        params={"timestamp": STAMP, "nonce": NONCE, "msg_signature": "0" * 40},
        content=json.dumps({"Encrypt": encrypted}).encode(),
    )
    assert answer.status_code in (400, 403)


async def test_half_a_character_does_no_harm(desk: Desk, ann: Phone) -> None:
    answer = await in_json(ann, {"MsgType": "text", "Content": "漏\u0000气\ud83d了", "MsgId": 7})
    assert answer.status_code == 200
    assert [message.text for message in await customers(desk, ann)] == ["漏气了"]


async def test_emoji_and_signs_of_xml_go_both_ways(desk: Desk, ann: Phone) -> None:
    text = "😀👨‍👩‍👧 <b>&amp; ]]> 1＜2"
    desk.assistant.answers[text] = f"好的：{text}\u000b\u0001"
    assert await ann.says(text) == f"好的：{text}"
    assert [message.text for message in await customers(desk, ann)] == [text]


async def test_a_voice_note_that_wechat_has_understood_is_heard(desk: Desk, ann: Phone) -> None:
    """Since 2023 it is empty; should it ever come back it is what was said."""
    assert await ann.sends("voice", MediaId="v-1", Format="amr", Recognition="我家漏气了") is not None
    assert await ann.sends("voice", MediaId="v-2", Format="amr", Recognition="") is not None
    first, second = await customers(desk, ann)
    assert (first.text, first.attachment and first.attachment.kind) == ("我家漏气了", AttachmentKind.VOICE)
    assert second.wordless


async def test_the_same_number_of_two_customers_is_two_messages(desk: Desk, ann: Phone, wechat: FakeWeChat) -> None:
    bob = Phone(desk.gasdesk, wechat, "oBob")
    for phone in (ann, bob):
        assert await phone.says("你好", 77) == "您说的是：你好"
        await phone.does("CLICK", EventKey="查余额")
        assert [message.text for message in await customers(desk, phone)] == ["你好", "查余额"]
    await bob.aclose()


@pytest.mark.parametrize("where", [{"Location_X": "NaN"}, {"Location_X": "1e400"}, {"Location_X": "91"}])
async def test_a_place_that_is_none_is_kept_as_something(desk: Desk, ann: Phone, where: dict[str, str]) -> None:
    await ann.sends("location", **{"Location_Y": "121.4", "Label": "", **where})
    (message,) = await customers(desk, ann)
    assert message.attachment
    assert message.attachment.label == "［定位］"


# --- what comes again, or late ---------------------------------------------------------------------------------------


async def test_an_old_message_that_comes_again_opens_no_window(desk: Desk, ann: Phone, wechat: FakeWeChat) -> None:
    """Whoever has kept a push, or WeChat itself after an outage: the 48 hours are over all the same."""
    push = ann.push({"MsgType": "text", "Content": "你好", "MsgId": 7}, created=stamp(desk))
    wechat.writes(ann.open_id)
    assert (await ann.post(push)).status_code == 200
    await desk.gasdesk.settle()
    desk.clock.advance(49 * 3600)
    assert (await ann.post(push)).status_code == 200
    assert len(await customers(desk, ann)) == 1
    calls = wechat.calls.count("message/custom/send")
    assert await say(desk, ann, "您好") is Delivery.FAILED
    assert wechat.calls.count("message/custom/send") == calls, "what surely fails is not tried"


async def test_leaving_that_is_told_again_does_not_shut_out_who_came_back(
    desk: Desk, ann: Phone, wechat: FakeWeChat
) -> None:
    left = ann.push({"MsgType": "event", "Event": "unsubscribe"}, created=stamp(desk))
    assert (await ann.post(left)).status_code == 200
    desk.clock.advance(60)
    wechat.writes(ann.open_id)
    await ann.post(ann.push({"MsgType": "text", "Content": "我回来了", "MsgId": 8}, created=stamp(desk)))
    await desk.gasdesk.settle()
    assert (await ann.post(left)).status_code == 200
    assert await say(desk, ann, "您好") is Delivery.SENT


@pytest.mark.parametrize("ahead", [-3600, 3600])
async def test_a_clock_that_is_wrong_shuts_out_nobody(desk: Desk, ann: Phone, wechat: FakeWeChat, ahead: int) -> None:
    """WeChat's time and ours need not agree: its own order counts."""
    wechat.taps(ann.open_id)
    await ann.post(ann.push({"MsgType": "event", "Event": "CLICK", "EventKey": "转人工"}, created=stamp(desk) + ahead))
    await desk.gasdesk.settle()
    assert await say(desk, ann, "您好") is Delivery.SENT


async def test_a_follower_is_greeted_though_nothing_can_be_stored(
    desk: Desk, ann: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def lost(*_: object) -> None:
        raise ConnectionError("the database is gone")

    push = ann.push({"MsgType": "event", "Event": "subscribe"})
    with monkeypatch.context() as outage:
        outage.setattr("bot.adapters.sql.channel_state.SqlChannelState.get", lost)
        answer = await ann.post(push)
    assert answer.status_code == 200
    assert "欢迎" in (ann.read(answer.content) or "")


# --- 45047 in the middle ---------------------------------------------------------------------------------------------


async def test_a_long_answer_stopped_in_the_middle_goes_on_there_after_a_restart(
    desk: Desk, ann: Phone, wechat: FakeWeChat, monkeypatch: pytest.MonkeyPatch
) -> None:
    await ann.says("你好")
    long = "\n".join(f"第{n}条：请先关闭燃气总阀，再到室外等候，等抢修人员到达。" for n in range(120))
    wechat.fail("message/custom/send", "none", "none", 45047)
    assert await say(desk, ann, long) is Delivery.PENDING
    begun = len(ann.got)
    assert begun == 2
    # Another process takes over: it knows no more than the rows.
    room = desk.gasdesk.house.rooms["wechat"].joined
    assert room
    assert isinstance(room.channel, WeChatChannel)
    room.channel._parts._begun.clear()
    reply = await ann.says("还有吗")
    await desk.gasdesk.settle()
    shown = "\n".join([*ann.got, reply or ""])
    assert [f"第{n}条" for n in range(120) if shown.count(f"第{n}条：") != 1] == []


def stamp(desk: Desk) -> int:
    return int(desk.clock.now().timestamp())
