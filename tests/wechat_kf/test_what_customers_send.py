"""Every kind of item that 微信客服 reports."""

import pytest

from bot.domain.conversations import AttachmentKind, Button
from bot.ports import AssistantAnswer, Bubble
from tests.flows.desk import Desk
from tests.flows.talk import history, timeline
from tests.wechat_kf.customer import KfCustomer
from tests.wechat_kf.fake_kf import KF, FakeKf
from tests.wechat_kf.talk import said


@pytest.mark.parametrize(
    ("kind", "body", "attachment", "words"),
    [
        ("image", {"media_id": "pic-1"}, AttachmentKind.IMAGE, "图片"),
        ("voice", {"media_id": "voice-1"}, AttachmentKind.VOICE, "语音"),
        ("video", {"media_id": "v-1"}, AttachmentKind.VIDEO, "文件"),
        ("file", {"media_id": "f-1"}, AttachmentKind.FILE, "文件"),
        ("business_card", {"userid": "zhangsan"}, AttachmentKind.OTHER, "看不懂"),
        ("merged_msg", {"title": "聊天记录"}, AttachmentKind.OTHER, "看不懂"),
    ],
)
async def test_what_is_no_text_is_kept_and_answered(
    ann: KfCustomer, desk: Desk, kind: str, body: dict[str, str], attachment: AttachmentKind, words: str
) -> None:
    await ann.sends(kind, body)
    (message, *_) = await history(desk, ann)
    assert message.attachment
    assert message.attachment.kind is attachment
    assert message.attachment.reference == body.get("media_id", "")
    assert words in ann.got[0]
    assert not desk.assistant.asked


async def test_a_place_is_an_address_and_a_link_is_text(ann: KfCustomer, desk: Desk) -> None:
    place = {"latitude": 31.2304, "longitude": 121.4737, "name": "幸福小区", "address": "解放路1号"}
    await ann.sends("location", place)
    await ann.sends("link", {"title": "气价", "desc": "公告", "url": "https://example.cn/1", "pic_url": "x"})
    assert await said(desk, ann) == ["解放路1号 幸福小区", "气价\n公告\nhttps://example.cn/1"]
    (message, *_) = await history(desk, ann)
    assert message.attachment
    assert message.attachment.label == "［定位 北纬31.23040 东经121.47370］"


async def test_a_tapped_item_means_its_button(ann: KfCustomer, desk: Desk) -> None:
    buttons = tuple(Button(f"选项{n}", f"/inform{n}") for n in range(12))
    desk.assistant.answers["办业务"] = AssistantAnswer(bubbles=(Bubble("请选择", buttons),))
    await ann.says("办业务")
    assert ann.got[0].startswith("请选择\n· 选项10\n· 选项11\n[2-0:选项0]")
    await ann.says("选项3", menu_id="2-3")
    await ann.says("选项3", menu_id="not-ours")
    assert (await said(desk, ann))[1:] == ["/inform3", "选项3"]


async def test_who_comes_in_is_welcomed_once_and_within_twenty_seconds(ann: KfCustomer, kf: FakeKf, desk: Desk) -> None:
    kf.enters(ann.name)
    await ann.tell()
    assert len(ann.got) == 1
    assert "欢迎" in ann.got[0]
    assert not await history(desk, ann), "nothing was asked"
    kf.enters(ann.name)
    desk.clock.advance(121)
    await ann.tell()
    assert len(ann.got) == 1
    assert kf.calls.count("kf/send_msg_on_event") == 1, "an old code is not tried"


async def test_what_somebody_writes_in_wecom_is_not_the_customers(ann: KfCustomer, kf: FakeKf, desk: Desk) -> None:
    await ann.says("你好")
    kf.answered_in_wecom(ann.name, "我来回答")
    await ann.tell()
    assert await said(desk, ann) == ["你好"]


async def test_a_recalled_message_and_a_taken_session_are_told(ann: KfCustomer, kf: FakeKf, desk: Desk) -> None:
    await ann.says("说错了", "msg-1")
    kf.event(KF, "user_recall_msg", external_userid=ann.name, recall_msgid="msg-1")
    kf.event(KF, "session_status_change", external_userid=ann.name, change_type=1, new_servicer_userid="zhangsan")
    kf.event(KF, "servicer_status_change", servicer_userid="zhangsan", status=1)
    await ann.tell()
    notes = await timeline(desk, ann)
    assert any("撤回了第 1 条" in note for note in notes)
    assert any("接待人员" in note for note in notes)
    assert await ann.dealt_with()


@pytest.mark.parametrize("strange", [{"msgtype": "text"}, {"msgid": "x", "msgtype": "event"}, {"event": "text"}])
async def test_an_item_that_makes_no_sense_is_passed_over(
    ann: KfCustomer, kf: FakeKf, desk: Desk, strange: dict[str, str]
) -> None:
    kf.streams[KF].items.append({"send_time": int(desk.clock.now().timestamp()), **strange})
    await ann.says("你好")
    assert await said(desk, ann) == ["你好"]
    assert await ann.dealt_with()
