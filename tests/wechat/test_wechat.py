"""A follower of the Official Account and gasdesk: what he sees, when, and what it costs."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from bot.conversation.emergency_screen import screen
from bot.domain.conversations import Button, Message, Owner, Speaker
from bot.ports import AssistantAnswer, Bubble
from tests.flows.desk import Desk
from tests.flows.live import eventually
from tests.flows.talk import history, post
from tests.wechat.fake_wechat import FakeWeChat
from tests.wechat.phone import Phone, links
from tests.wechat.talk import agent_says, states


@pytest.fixture
async def held(desk: Desk) -> AsyncIterator[asyncio.Event]:
    """The assistant thinks until told to go on."""
    desk.assistant.hold = asyncio.Event()
    yield desk.assistant.hold
    desk.assistant.hold.set()


# --- five seconds ----------------------------------------------------------------------------------------------------


async def test_bubbles_are_one_reply(desk: Desk, ann: Phone) -> None:
    desk.assistant.answers["查余额"] = AssistantAnswer(bubbles=(Bubble("余额12元。"), Bubble("还有别的事吗？")))
    assert await ann.says("查余额") == "余额12元。\n\n还有别的事吗？"
    assert (ann.got, await states(desk, ann)) == ([], ["sent", "sent"])


async def test_an_answer_that_takes_longer_comes_by_message(
    desk: Desk, ann: Phone, held: asyncio.Event, wechat: FakeWeChat
) -> None:
    asking = asyncio.create_task(ann.says("查余额"))
    await desk.assistant.thinking.wait()
    desk.clock.advance(4.4)
    await asyncio.to_thread(lambda: None)
    assert not asking.done()
    desk.clock.advance(0.1)
    assert await asking is None
    await eventually(lambda: wechat.typing == [(ann.open_id, "Typing")])
    held.set()
    await desk.gasdesk.settle()
    assert ann.got == ["您说的是：查余额"]


async def test_a_repeated_delivery_waits_for_the_same_answer(desk: Desk, ann: Phone, held: asyncio.Event) -> None:
    first = asyncio.create_task(ann.says("查余额", 7))
    await desk.assistant.thinking.wait()
    again = asyncio.create_task(ann.says("查余额", 7))
    held.set()
    assert {await first, await again} == {"您说的是：查余额"}
    assert await ann.says("查余额", 7) == "您说的是：查余额", "the first reply may have been lost on its way"
    assert (ann.got, len(desk.assistant.asked)) == ([], 1)


async def test_after_a_restart_a_repeated_delivery_asks_nobody_again(desk: Desk, ann: Phone) -> None:
    await ann.says("查余额", 7)
    await desk.gasdesk.settle()
    desk.clock.advance(31)  # forgotten here; the database remembers
    assert await ann.says("查余额", 7) is None, "at once: there is nothing to wait for"
    assert len(desk.assistant.asked) == 1
    assert [m.text for m in await history(desk, ann)] == ["查余额", "您说的是：查余额"]


async def test_nobody_waits_when_a_person_has_to_answer(desk: Desk, ann: Phone) -> None:
    """Five seconds of nothing would only keep a connection open."""
    desk.assistant.answers["转人工"] = AssistantAnswer(handoff="用户要求人工")
    await desk.staff("101")
    await ann.says("转人工")
    await desk.gasdesk.settle()
    assert await ann.says("在吗") is None
    conversation = await desk.gasdesk.stores.transcripts.of_contact(ann.contact_id)
    assert conversation
    assert conversation.owner is Owner.AGENT
    await post(desk, ann, agent_says("在的"))
    assert ann.got[-1] == "在的"


async def test_what_cannot_be_stored_is_not_acknowledged_and_the_next_delivery_counts(
    desk: Desk, ann: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(*_: object) -> None:
        raise ConnectionError("the database is gone")

    push = ann.push({"MsgType": "text", "Content": "你好", "MsgId": 7})
    with monkeypatch.context() as outage:
        outage.setattr(desk.gasdesk.stores.conversations, "open_for", gone)
        assert (await ann.post(push)).status_code == 503
    answer = await ann.post(push)
    assert ann.read(answer.content) == "您说的是：你好"


async def test_a_database_that_hangs_is_no_reason_to_be_silent(
    desk: Desk, ann: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    stuck, go_on = asyncio.Event(), asyncio.Event()
    take_in = desk.gasdesk.core.receive.__class__.__call__

    async def slow(*args: object, **named: object) -> Message:
        stuck.set()
        await go_on.wait()
        return await take_in(*args, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(desk.gasdesk.core.receive.__class__, "__call__", slow)
    push = ann.push({"MsgType": "text", "Content": "你好", "MsgId": 7})
    first = asyncio.create_task(ann.post(push))
    await stuck.wait()
    desk.clock.advance(4.5)
    assert (await first).status_code == 503, "in time, and not acknowledged: WeChat delivers it again"
    again = asyncio.create_task(ann.post(push))
    await asyncio.to_thread(lambda: None)
    go_on.set()
    assert (await again).status_code == 200
    await desk.gasdesk.settle()
    assert [m.text for m in await history(desk, ann) if m.speaker is Speaker.CUSTOMER] == ["你好"]


# --- emergencies -----------------------------------------------------------------------------------------------------


async def test_a_leak_is_answered_at_once_in_the_reply(desk: Desk, ann: Phone, held: asyncio.Event) -> None:
    kind = screen("我家漏气了")
    assert kind
    assert await ann.says("我家漏气了") == desk.company.safety_instruction(kind)
    await desk.gasdesk.settle()
    assert ann.got == [desk.company.fill(desk.company.emergency_scripts.ask_address)]
    assert desk.assistant.asked == []


async def test_a_leak_is_answered_when_it_cannot_be_stored_and_stored_when_it_can(
    desk: Desk, ann: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    kind = screen("我家漏气了")
    assert kind

    def gone(*_: object) -> None:
        raise ConnectionError("the database is gone")

    with monkeypatch.context() as outage:
        outage.setattr(desk.gasdesk.stores.conversations, "open_for", gone)
        assert await ann.says("我家漏气了") == desk.company.safety_instruction(kind)
    desk.clock.advance(1)
    await eventually(lambda: len(ann.got) >= 1)
    await desk.gasdesk.settle()
    conversation = await desk.gasdesk.stores.transcripts.of_contact(ann.contact_id)
    assert conversation
    assert conversation.emergency


async def test_a_place_on_the_map_is_where_the_leak_is(desk: Desk, ann: Phone) -> None:
    await ann.says("我家漏气了")
    await desk.gasdesk.settle()
    place = {"Location_X": "31.23", "Location_Y": "121.47", "Scale": 16, "Label": "幸福小区3号楼2单元501室"}
    reply = await ann.sends("location", **place)
    assert reply
    assert "幸福小区" in reply
    conversation = await desk.gasdesk.stores.transcripts.of_contact(ann.contact_id)
    assert conversation
    assert conversation.emergency
    assert "501" in conversation.emergency.address


# --- other kinds of messages and events ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "fields", "label"),
    [
        ("image", {"PicUrl": "http://mmbiz/1", "MediaId": "pic-1"}, "［图片］"),
        ("voice", {"MediaId": "voice-1", "Format": "amr", "Recognition": ""}, "［语音］"),
        ("video", {"MediaId": "v", "ThumbMediaId": "t"}, "［视频］"),
        ("hologram", {}, "［无法显示的消息］"),
    ],
)
async def test_what_has_no_words_is_kept_and_answered_politely(
    desk: Desk, ann: Phone, kind: str, fields: dict[str, str], label: str
) -> None:
    reply = await ann.sends(kind, **fields)
    assert reply
    assert "请" in reply
    kept = (await history(desk, ann))[0]
    assert kept.text == label
    assert kept.attachment
    assert kept.attachment.reference == fields.get("MediaId", "")
    assert desk.assistant.asked == []


@pytest.mark.parametrize("event", ["subscribe", "SCAN"])
async def test_who_follows_or_scans_is_greeted_and_waits_for_nothing(desk: Desk, ann: Phone, event: str) -> None:
    reply = await ann.does(event, EventKey="qrscene_7")
    assert reply == desk.company.fill(desk.company.channel_scripts.welcome)
    assert await desk.gasdesk.stores.transcripts.of_contact(ann.contact_id) is None, "nobody has asked anything"


@pytest.mark.parametrize("event", ["VIEW", "LOCATION", "TEMPLATESENDJOBFINISH", "unsubscribe", "brand_new"])
async def test_other_events_are_acknowledged(desk: Desk, ann: Phone, event: str) -> None:
    assert await ann.does(event, EventKey="https://a") is None
    assert await desk.gasdesk.stores.transcripts.of_contact(ann.contact_id) is None


async def test_a_menu_item_says_its_key(desk: Desk, ann: Phone) -> None:
    desk.assistant.answers["查询余额"] = "请发户号。"
    assert await ann.does("CLICK", EventKey="查询余额") == "请发户号。"
    assert await ann.does("CLICK", EventKey="查询余额") == "请发户号。"
    assert len(desk.assistant.asked) == 1, "the same event delivered again"
    assert await ann.does("CLICK", 1348831861, EventKey="查询余额") == "请发户号。"
    assert len(desk.assistant.asked) == 2


# --- buttons ---------------------------------------------------------------------------------------------------------

CHOICE = AssistantAnswer(bubbles=(Bubble("您要办什么？", (Button("报表数", "我要报数"), Button("其他", "别的"))),))


async def test_buttons_in_a_reply_are_links_and_mean_what_they_stand_for(desk: Desk, ann: Phone) -> None:
    desk.assistant.answers["你好"] = CHOICE
    reply = await ann.says("你好")
    assert reply
    (title, number), _ = links(reply)
    assert title == "报表数"
    assert await ann.taps(title, number) == "您说的是：我要报数"


async def test_buttons_in_a_message_are_a_menu(desk: Desk, ann: Phone) -> None:
    await ann.says("你好")
    await post(desk, ann, agent_says("是这里吗？", Button("是的", "对"), Button("不是", "不对")))
    (menu,) = ann.got
    assert menu.startswith("是这里吗？\n[")
    number = menu.partition("[")[2].partition(":")[0]
    assert await ann.taps("是的", number) == "您说的是：对"


@pytest.mark.parametrize("number", ["999-0", "2-9", "nonsense", "1-0"])
async def test_a_tap_on_what_is_none_of_ours_says_what_it_shows(desk: Desk, ann: Phone, number: str) -> None:
    await ann.says("你好")
    assert await ann.taps("活动", number) == "您说的是：活动"


# --- a thousand ------------------------------------------------------------------------------------------------------


@pytest.mark.timeout(300)  # some 20 seconds of work, on a machine that may be busy
async def test_a_thousand_messages_delivered_three_times_each_are_answered_once_each(
    desk: Desk, wechat: FakeWeChat
) -> None:
    """A hundred customers with ten messages each; nobody waits five seconds by the clock, and nothing is sent twice."""
    phones = [Phone(desk.gasdesk, wechat, f"o{n:04}") for n in range(100)]
    desk.assistant.answers |= {f"问{n}": f"答{n}" for n in range(10)}

    async def ask(phone: Phone, n: int) -> None:
        number = int(phone.open_id[1:]) * 10 + n + 1
        replies = await asyncio.gather(*[phone.says(f"问{n}", number) for _ in range(3)])
        assert set(replies) == {f"答{n}"}, "each delivery has the one answer; WeChat shows the one whose request lives"

    began = desk.clock.now()
    for n in range(10):
        await asyncio.gather(*[ask(phone, n) for phone in phones])
    assert desk.clock.now() == began
    assert wechat.sent == [], "and none was sent besides"
    assert len(desk.assistant.asked) == 1000
    for phone in phones:
        assert phone.statuses == [200] * 30
        await phone.aclose()
