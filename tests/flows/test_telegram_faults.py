"""Telegram fails in every way the real one does: nothing is lost, and nothing doubled but what is marked uncertain."""

from collections.abc import Callable

import pytest

from bot.domain.conversations import Draft, Kind, Message, Speaker
from bot.settings import Settings
from tests.flows.channel_contract import notice, said
from tests.flows.desk import Desk
from tests.flows.live import eventually
from tests.flows.talk import post
from tests.flows.telegram_peer import TelegramPeer
from tests.flows.telegram_server import Fault, TelegramServer, written

BOB = 4_200_002

#: What is tried here does not depend on the database.
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def settings(settings: Settings, telegram: TelegramServer) -> Settings:
    return telegram.settings(settings, timeout_seconds=0.3)


@pytest.fixture
async def ann(desk: Desk, url: str, telegram: TelegramServer) -> TelegramPeer:
    """A customer who was answered."""
    return await newcomer(desk, url, telegram, 4_200_001)


async def newcomer(desk: Desk, url: str, telegram: TelegramServer, chat: int) -> TelegramPeer:
    desk.assistant.answers["你好"] = "好"
    peer = TelegramPeer(desk, url, telegram, chat)
    assert await peer.write("你好", chat)
    await eventually(lambda: peer.heard() == ["好"])
    return peer


def once(fault: Fault, *, chat: int | None = None) -> Callable[[str, int], Fault | None]:
    """The next message (of this chat) meets the fault, later ones do not."""
    left = [fault]

    def decide(method: str, called: int) -> Fault | None:
        return left.pop() if left and method == "sendmessage" and chat in (None, called) else None

    return decide


async def states(desk: Desk, peer: TelegramPeer) -> list[tuple[str, str]]:
    await desk.gasdesk.core.outbox.marks.flush()
    history = await desk.gasdesk.stores.transcripts.history(peer.contact_id, 0)
    return [(m.text, m.delivery.value) for m in history if m.speaker is not Speaker.CUSTOMER]


@pytest.mark.parametrize("fault", [Fault.BAD_GATEWAY, Fault.SLOW_DOWN])
async def test_what_surely_did_not_arrive_is_sent_again(desk: Desk, ann: TelegramPeer, fault: Fault) -> None:
    ann.server.fault = once(fault)
    await post(desk, ann, notice("一"), notice("二"))
    assert ann.heard() == ["好"]
    await ann.recovery()
    assert ann.heard() == ["好", "一", "二"]
    assert await states(desk, ann) == [("好", "sent"), ("一", "sent"), ("二", "sent")]


async def test_a_telegram_that_says_when_to_come_back_is_not_asked_sooner(desk: Desk, ann: TelegramPeer) -> None:
    ann.server.fault = once(Fault.SLOW_DOWN)
    await post(desk, ann, notice("一"))
    calls = len(ann.server.calls)
    desk.clock.advance(29)
    await desk.gasdesk.settle()
    assert len(ann.server.calls) == calls
    desk.clock.advance(1)
    await eventually(lambda: ann.heard() == ["好", "一"])


@pytest.mark.parametrize(
    ("fault", "arrived"), [(Fault.HANGS, False), (Fault.HANGS_AFTER, True), (Fault.CUT_AFTER, True)]
)
async def test_what_may_have_arrived_is_marked_and_not_repeated(
    desk: Desk, ann: TelegramPeer, fault: Fault, arrived: bool
) -> None:
    ann.server.fault = once(fault)
    await post(desk, ann, notice("一"), notice("二"))
    assert ann.heard() == ["好", *(["一"] if arrived else []), "二"]
    assert await states(desk, ann) == [("好", "sent"), ("一", "uncertain"), ("二", "sent")]


async def test_a_safety_instruction_is_rather_sent_twice_than_never(desk: Desk, ann: TelegramPeer) -> None:
    ann.server.fault = once(Fault.HANGS_AFTER)
    await ann.write("我家漏气了", 9)
    await eventually(lambda: len(ann.heard()) >= 4)
    assert ann.heard()[1] == ann.heard()[2]
    messages = await desk.gasdesk.stores.transcripts.history(ann.contact_id, 0)
    assert [m.kind for m in messages].count(Kind.SAFETY) == 1


async def test_a_chat_that_hangs_holds_up_no_other(desk: Desk, url: str, ann: TelegramPeer) -> None:
    bob = await newcomer(desk, url, ann.server, BOB)
    ann.server.fault = lambda method, chat: Fault.HANGS if chat == ann.chat else None
    async with desk.gasdesk.stores.conversations.open((await conversation_of(desk, ann)).conversation_id) as work:
        work.post(notice("一"))
    await bob.write("你好", 77)
    await eventually(lambda: bob.heard() == ["好", "好"])
    assert ("一", "pending") in await states(desk, ann), "still under way"
    await eventually(lambda: desk.gasdesk.core.outbox.idle)


async def conversation_of(desk: Desk, peer: TelegramPeer) -> Message:
    return (await said(desk, peer))[-1]


async def test_who_blocked_the_bot_is_known_to_the_agent(desk: Desk, ann: TelegramPeer) -> None:
    ann.server.fault = lambda method, chat: Fault.BLOCKED
    await post(desk, ann, notice("一"))
    assert await states(desk, ann) == [("好", "sent"), ("一", "failed")]
    facts = await desk.gasdesk.stores.transcripts.facts((await conversation_of(desk, ann)).conversation_id)
    assert facts[-1].text == "第 3 条消息无法送达：用户已停用机器人或注销了账号"


async def test_a_message_that_telegram_never_takes_does_not_hold_up_the_next(desk: Desk, ann: TelegramPeer) -> None:
    ann.server.fault = once(Fault.UNACCEPTABLE)
    await post(desk, ann, notice("一"), notice("二"))
    assert ann.heard() == ["好", "二"]
    assert await states(desk, ann) == [("好", "sent"), ("一", "failed"), ("二", "sent")]


async def test_the_rest_of_a_long_message_is_sent_after_a_fault_and_the_beginning_not_again(
    desk: Desk, ann: TelegramPeer
) -> None:
    faults = iter([None, Fault.BAD_GATEWAY])
    ann.server.fault = lambda method, chat: next(faults, None)
    long = "甲" * 4096 + "乙" * 4096 + "丙" * 10
    await post(desk, ann, Draft(Speaker.SYSTEM, Kind.NOTICE, long))
    await ann.recovery()
    assert "".join(ann.server.chats[ann.chat]) == "好" + long


async def test_a_storm(desk: Desk, url: str, ann: TelegramPeer) -> None:
    """Ten chats; every third call is refused for a while and every fifth fails: all is heard, in order, once."""
    customers = [ann, *[await newcomer(desk, url, ann.server, BOB + n) for n in range(9)]]
    count = 0

    def rough(method: str, chat: int) -> Fault | None:
        nonlocal count
        count += 1
        return Fault.SLOW_DOWN if count % 3 == 0 else Fault.BAD_GATEWAY if count % 5 == 0 else None

    ann.server.fault = rough
    for n in range(1, 6):
        for customer in customers:
            await post(desk, customer, notice(f"第{n}句"))
    await ann.recovery()
    for customer in customers:
        assert customer.heard() == ["好", *(f"第{n}句" for n in range(1, 6))]


async def test_updates_brought_again_and_out_of_turn_are_each_taken_once(desk: Desk, ann: TelegramPeer) -> None:
    updates = [written(ann.chat, number, text=f"第{number}问") for number in range(10, 15)]
    for update in [*updates, *updates[::-1], updates[2]]:
        assert await ann.server.bring(ann.url, update) == 200
    assert [message.text for message in await said(desk, ann)][1:] == [f"第{number}问" for number in range(10, 15)]
