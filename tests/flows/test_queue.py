"""The queue is worked whatever happens: an idle agent never sits beside a waiting customer."""

import asyncio
from typing import Any

import pytest

from bot.desk.queue import POLL
from bot.domain.conversations import Owner, SeenIntent
from bot.domain.staff import Presence, Staff
from bot.ports import AssistantAnswer, Bubble
from tests.flows.desk import Desk

PERSON = AssistantAnswer(handoff="用户要求人工", bubbles=(Bubble("好的。"),))


@pytest.fixture
async def with_customer(desk: Desk) -> Desk:
    """Ann waits in the queue, because 101 is busy."""
    desk.assistant.answers["转人工"] = PERSON
    await desk.staff("101")
    await desk.presence("101", Presence.BUSY)
    await desk.write("转人工")
    assert await desk.owner() == (Owner.QUEUE, None)
    return desk


async def test_a_lost_wake_up_is_made_good(with_customer: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The database failed at the wrong moment, or the replica that should have woken the queue died."""
    desk, queue = with_customer, with_customer.gasdesk.core.queue
    failed = asyncio.Event()

    async def gone() -> bool:
        failed.set()
        raise ConnectionError("the database is gone")

    with monkeypatch.context() as outage:
        outage.setattr(queue._inbox, "queue_is_empty", gone)
        running = asyncio.create_task(queue.run())
        await failed.wait()
    await desk.gasdesk.stores.staff.set_presence("101", Presence.ONLINE, "", desk.clock.now())
    while (await desk.owner())[0] is Owner.QUEUE:
        desk.clock.advance(POLL.total_seconds())
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    assert await desk.owner() == (Owner.AGENT, "101")


async def test_who_leaves_while_he_is_being_given_somebody_gets_nobody(
    with_customer: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, staff = with_customer, with_customer.gasdesk.stores.staff
    await staff.set_presence("101", Presence.ONLINE, "", desk.clock.now())
    looked, go_on, everybody = asyncio.Event(), asyncio.Event(), staff.all

    async def slowly() -> list[Staff]:
        found = await everybody()
        looked.set()
        await go_on.wait()
        return found

    with monkeypatch.context() as slow:
        slow.setattr(staff, "all", slowly)
        working = asyncio.create_task(desk.gasdesk.core.queue.work())
        await looked.wait()
    leaving = asyncio.create_task(desk.gasdesk.core.seats.set_presence("101", Presence.OFFLINE, ""))
    while (await desk.member("101")).presence is not Presence.OFFLINE:
        await asyncio.to_thread(lambda: None)
    done, _ = await asyncio.wait([leaving], timeout=0.2)
    assert not done, "his customers are not handed back before it is known who they are"
    go_on.set()
    await asyncio.gather(working, leaving)
    assert await desk.owner() == (Owner.QUEUE, None)


async def test_all_whom_the_assistant_left_alone_are_handed_over_in_order(desk: Desk) -> None:
    """The places told are those of one moment, however many there are."""
    desk.assistant.ready = False
    await desk.staff("101")
    await desk.presence("101", Presence.BUSY)
    customers = ["ann", "bob", "cleo"]
    for who in customers:
        await desk.write("气费多少", who)
        desk.clock.advance(1)
    await desk.sleep_through(120)
    say = desk.company.queue_scripts
    ahead = [desk.company.fill(say.handed_over_next), *(desk.company.fill(say.handed_over, ahead=n) for n in (1, 2))]
    assert [desk.heard(who)[-1] for who in customers] == ahead
    assert [(await desk.owner(who))[0] for who in customers] == [Owner.QUEUE] * 3


@pytest.mark.parametrize("said", ["取消排队", "算了不用人工了"])
async def test_who_waits_may_go_back_to_the_assistant_in_his_own_words(with_customer: Desk, said: str) -> None:
    desk = with_customer
    await desk.write("人呢")
    assert await desk.owner() == (Owner.QUEUE, None)
    await desk.write(said)
    assert desk.heard()[-1] == desk.company.queue_scripts.left_queue
    desk.assistant.answers["滞纳金怎么算"] = AssistantAnswer(bubbles=(Bubble("每天千分之三。"),))
    await desk.write("滞纳金怎么算")
    assert desk.heard()[-1] == "每天千分之三。"


@pytest.mark.parametrize("said", ["继续问智能助手", "算了不用人工了"])
async def test_with_nobody_online_the_assistant_is_not_lost(desk: Desk, said: str) -> None:
    desk.assistant.answers["转人工"] = PERSON
    await desk.write("转人工")
    history = await desk.gasdesk.stores.transcripts.history("test:ann", 0)
    assert [button.payload for button in history[-1].buttons] == [desk.company.queue_scripts.ask_assistant]
    await desk.write(said)
    assert desk.heard()[-1] == desk.company.queue_scripts.left_desk
    assert await desk.owner() == (Owner.BOT, None)


async def test_who_no_longer_waits_and_asks_something_is_answered_at_once(desk: Desk) -> None:
    asks = "算了不等了 我就问下营业厅电话多少"
    desk.assistant.answers |= {"转人工": PERSON, asks: AssistantAnswer(bubbles=(Bubble("0000-8800201"),))}
    await desk.write("转人工")
    await desk.write("人呢")
    await desk.write(asks)
    assert desk.heard()[-1] == "0000-8800201"
    assert await desk.owner() == (Owner.BOT, None)


@pytest.fixture
async def with_message(desk: Desk) -> Desk:
    """Nobody is online, and a customer has left a message."""
    desk.assistant.answers["转人工"] = PERSON
    await desk.staff("101")
    await desk.presence("101", Presence.OFFLINE)
    await desk.write("转人工")
    await desk.write("表不走字了，让师傅看看")
    assert (await desk.conversation()).left_message
    return desk


def _answer(text: str, intent: str, **more: Any) -> AssistantAnswer:
    return AssistantAnswer(bubbles=(Bubble(text),), intent=SeenIntent(intent, 0.9, text), **more)


async def test_who_left_a_message_is_told_what_was_added_and_gets_answers(with_message: Desk) -> None:
    desk = with_message
    desk.assistant.answers["你们几点上班"] = _answer("每天八点半。", "ask_service_hours")
    await desk.write("你们几点上班")
    assert desk.heard()[-2:] == [desk.company.queue_scripts.message_added, "每天八点半。"]
    conversation = await desk.conversation()
    assert conversation.left_message
    assert conversation.waiting_since is not None, "a person is still owed"
    assert not conversation.assistant_owes
    await desk.presence("101", Presence.ONLINE)
    assert await desk.owner() == (Owner.AGENT, "101")


@pytest.mark.parametrize(
    "answer",
    [
        _answer("没听明白。", "nlu_fallback"),
        _answer("这不归我们管。", "out_of_scope"),
        _answer("正在转接。", "request_human", handoff="用户要求人工服务"),
    ],
)
async def test_what_the_assistant_cannot_settle_stays_with_the_message(
    with_message: Desk, answer: AssistantAnswer
) -> None:
    desk = with_message
    desk.assistant.answers["就是厨房那个"] = answer
    await desk.write("就是厨房那个")
    assert desk.heard()[-1] == desk.company.queue_scripts.message_added
    assert not (await desk.conversation()).assistant_owes


async def test_a_dialogue_goes_on_beside_the_message(with_message: Desk) -> None:
    """What answers its question is not confirmed as an addition, and courtesies are none."""
    desk = with_message
    desk.assistant.answers["滞纳金怎么算"] = _answer(
        "居民还是单位？", "ask_late_fee", asks=True, unfinished="滞纳金怎么算"
    )
    desk.assistant.answers["居民"] = _answer("每天千分之三。", "nlu_fallback", answers_question=True)
    await desk.write("滞纳金怎么算")
    await desk.write("居民")
    assert desk.heard()[-2:] == ["居民还是单位？", "每天千分之三。"]
    await desk.write("好的谢谢")
    assert desk.heard()[-1] == "每天千分之三。"


async def test_the_answer_is_dropped_when_a_person_has_come_meanwhile(with_message: Desk) -> None:
    desk = with_message
    desk.assistant.answers["你们几点上班"] = _answer("每天八点半。", "ask_service_hours")
    await desk.take_from_thinking_assistant("101", "你们几点上班")
    assert "每天八点半。" not in desk.heard()


async def test_an_assistant_that_is_down_costs_no_word_of_the_message(with_message: Desk) -> None:
    desk = with_message
    desk.assistant.ready = False
    await desk.write("就是厨房那个")
    assert desk.heard()[-1] == desk.company.queue_scripts.message_added
