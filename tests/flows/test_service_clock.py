"""The promises of the service clock (domain 3; design 4: rules that others got wrong)."""

from datetime import timedelta

from bot.domain.conversations import Conversation, Kind, Owner
from bot.domain.staff import Presence, Role
from bot.ports import AssistantAnswer, Bubble
from bot.testing import START
from tests.flows.desk import Desk

PERSON = AssistantAnswer(handoff="用户要求人工", bubbles=(Bubble("好的。"),))


async def with_agent(desk: Desk, *staff: str) -> Conversation:
    """Ann talks to the first of these agents, who has answered her once."""
    desk.assistant.answers["转人工"] = PERSON
    for staff_id in staff:
        await desk.staff(staff_id)
    await desk.write("转人工")
    await desk.reply(staff[0], "您好，请讲")
    assert await desk.owner() == (Owner.AGENT, staff[0])
    return await desk.conversation()


def prompts(desk: Desk) -> int:
    return len(desk.heard(kind=Kind.WAITING_PROMPT))


async def test_a_waiting_customer_is_prompted_every_45_seconds(desk: Desk) -> None:
    await with_agent(desk, "101")
    await desk.write("卡丢了怎么办")
    await desk.wait(44.9)
    assert prompts(desk) == 0
    await desk.wait(0.1)
    assert desk.heard(kind=Kind.WAITING_PROMPT) == [desk.company.scripts.waiting_prompt]
    await desk.wait(44.9)
    assert prompts(desk) == 1
    await desk.wait(0.1)
    assert prompts(desk) == 2


async def test_more_messages_do_not_push_the_clock_back(desk: Desk) -> None:
    await with_agent(desk, "101")
    await desk.write("卡丢了怎么办")
    await desk.wait(40)
    await desk.write("在吗")
    await desk.wait(5)
    assert prompts(desk) == 1
    waiting = (await desk.conversation()).waiting_since
    assert waiting == START


async def test_a_reply_ends_the_wait(desk: Desk) -> None:
    await with_agent(desk, "101")
    await desk.write("卡丢了怎么办")
    await desk.wait(30)
    await desk.reply("101", "请带身份证到营业厅补办")
    await desk.wait(300)
    assert prompts(desk) == 0
    assert await desk.owner() == (Owner.AGENT, "101")


async def test_prompts_and_greetings_are_no_reply(desk: Desk) -> None:
    """Neither the greeting nor the prompts stop the two minutes."""
    desk.assistant.answers["转人工"] = PERSON
    await desk.staff("101")
    await desk.write("转人工")
    assert len(desk.heard(kind=Kind.GREETING)) == 1
    await desk.wait(120)
    conversation = await desk.conversation()
    assert conversation.breaches == 1


async def test_warned_at_90_and_moved_at_120_seconds(desk: Desk) -> None:
    await with_agent(desk, "101", "102")
    await desk.write("卡丢了怎么办")
    await desk.wait(89.9)
    assert not (await desk.conversation()).warned
    await desk.wait(0.1)
    assert (await desk.conversation()).warned
    await desk.wait(29.9)
    assert await desk.owner() == (Owner.AGENT, "101")
    await desk.wait(0.1)
    assert await desk.owner() == (Owner.AGENT, "102")
    breach = (await desk.gasdesk.stores.inbox.breaches(START))[0]
    assert (breach.staff_id, breach.moved_to, breach.waited_seconds) == ("101", "102", 120)
    assert desk.company.scripts.late_reply_apology in desk.heard(kind=Kind.NOTICE)
    assert "102号" in desk.heard(kind=Kind.GREETING)[-1]


async def test_a_reassignment_starts_the_agents_clock_anew_but_not_the_customers(desk: Desk) -> None:
    await with_agent(desk, "101", "102", "103")
    await desk.write("卡丢了怎么办")
    await desk.wait(120)
    conversation = await desk.conversation()
    assert conversation.waiting_since == START
    assert conversation.agent_since == START + timedelta(seconds=120)
    await desk.wait(15)
    assert prompts(desk) == 3, "the customer's own 45 seconds go on: 45, 90, 135"
    await desk.wait(104.9)
    assert await desk.owner() == (Owner.AGENT, "102")
    await desk.wait(0.1)
    assert await desk.owner() == (Owner.AGENT, "103")


async def test_those_who_lapsed_are_skipped_and_the_lead_gets_it_in_the_end(desk: Desk) -> None:
    await with_agent(desk, "101", "102")
    await desk.staff("201", Role.LEAD)
    await desk.write("卡丢了怎么办")
    await desk.wait(120)
    await desk.wait(120)
    assert await desk.owner() == (Owner.AGENT, "201")
    await desk.reply("201", "您好，班长为您处理")
    await desk.wait(500)
    assert await desk.owner() == (Owner.AGENT, "201")
    assert (await desk.conversation()).lapsed == (), "silence is covered anew the next time"


async def test_silence_is_covered_every_time(desk: Desk) -> None:
    await with_agent(desk, "101", "102")
    for _ in range(2):
        await desk.write("请问")
        await desk.wait(60)
        await desk.reply("101", f"第{_}次回复")
    await desk.write("再问")
    await desk.wait(120)
    assert await desk.owner() == (Owner.AGENT, "102")


async def test_several_missed_prompts_become_one_apology(desk: Desk) -> None:
    await with_agent(desk, "101")
    await desk.write("卡丢了怎么办")
    await desk.sleep_through(115)
    assert desk.heard(kind=Kind.WAITING_PROMPT) == [desk.company.queue_scripts.late_prompt]
    await desk.wait(20)
    assert prompts(desk) == 2, "the next one comes at its usual time, 135 seconds"


async def test_closing_stops_everything_and_a_late_thank_you_starts_nothing(desk: Desk) -> None:
    conversation = await with_agent(desk, "101")
    await desk.write("好的")
    await desk.gasdesk.core.acts.close(conversation.id, await desk.member("101"), "", "")
    await desk.gasdesk.settle()
    await desk.write("谢谢")
    await desk.wait(600)
    closed = await desk.gasdesk.stores.transcripts.get(conversation.id)
    assert closed is not None
    assert (closed.owner, closed.waiting_since, prompts(desk)) == (Owner.CLOSED, None, 0)
    assert (await desk.conversation()).id != conversation.id
    assert await desk.gasdesk.stores.inbox.breaches(START) == []


async def test_an_idle_agent_never_sits_beside_a_waiting_customer(desk: Desk) -> None:
    desk.assistant.answers["转人工"] = PERSON
    await desk.staff("101", capacity=1)
    await desk.write("转人工", "ann")
    await desk.write("转人工", "bob")
    assert await desk.owner("bob") == (Owner.QUEUE, None)
    # On a close …
    conversation = await desk.conversation("ann")
    await desk.gasdesk.core.acts.close(conversation.id, await desk.member("101"), "", "")
    await desk.gasdesk.settle()
    assert await desk.owner("bob") == (Owner.AGENT, "101")
    # … on somebody coming online …
    await desk.write("转人工", "cleo")
    assert await desk.owner("cleo") == (Owner.QUEUE, None)
    await desk.staff("102", capacity=1)
    assert await desk.owner("cleo") == (Owner.AGENT, "102")
    # … and on somebody leaving whose customers another can take.
    await desk.staff("103", capacity=5)
    await desk.presence("102", Presence.OFFLINE)
    assert await desk.owner("cleo") == (Owner.AGENT, "103")


async def test_the_least_busy_agent_gets_the_next_customer(desk: Desk) -> None:
    desk.assistant.answers["转人工"] = PERSON
    for staff_id in ("101", "102"):
        await desk.staff(staff_id)
    for who in ("a", "b", "c", "d"):
        await desk.write("转人工", who)
    assert [(await desk.member(staff_id)).load for staff_id in ("101", "102")] == [2, 2]


async def test_in_the_queue_the_prompt_tells_the_place(desk: Desk) -> None:
    desk.assistant.answers["转人工"] = PERSON
    await desk.staff("101", capacity=1)
    for who in ("ann", "bob", "cleo"):
        await desk.write("转人工", who)
        await desk.wait(1)  # who came first is told by the clock
    await desk.wait(44)
    assert desk.heard("bob", Kind.WAITING_PROMPT) == [desk.company.scripts.queue_next]
    assert "还有1位" in desk.heard("cleo", Kind.WAITING_PROMPT)[0]


async def test_two_minutes_in_the_queue_are_a_breach_too(desk: Desk) -> None:
    desk.assistant.answers["转人工"] = PERSON
    await desk.staff("101", capacity=1)
    for who in ("ann", "bob"):
        await desk.write("转人工", who)
    await desk.reply("101", "您好", "ann")
    await desk.wait(120)
    breaches = await desk.gasdesk.stores.inbox.breaches(START)
    assert [(b.promise, b.staff_id) for b in breaches] == [("queue", None)]
    await desk.wait(120)
    assert len(await desk.gasdesk.stores.inbox.breaches(START)) == 1, "recorded once"


async def test_nobody_online_means_leave_a_message_that_is_answered_first(desk: Desk) -> None:
    desk.assistant.answers["转人工"] = PERSON
    await desk.write("转人工")
    conversation = await desk.conversation()
    assert (conversation.owner, conversation.offline) == (Owner.QUEUE, True)
    assert "现在没有客服人员在线" in desk.heard()[-1]
    await desk.write("我家燃气表不走字")
    assert desk.heard()[-1] == desk.company.queue_scripts.message_noted
    await desk.write("就是厨房那个")
    assert desk.heard()[-1] == desk.company.queue_scripts.message_added
    await desk.write("电话13800000000")
    assert desk.heard()[-1] == desk.company.queue_scripts.phone_noted
    await desk.wait(8 * 3600)
    assert prompts(desk) == 0, "nobody is prompted through the night"
    assert [c.id for c in await desk.gasdesk.stores.inbox.search("offline", "", "", 10)] == [conversation.id]
    await desk.staff("101")
    assert await desk.owner() == (Owner.AGENT, "101")
    await desk.wait(1)
    assert prompts(desk) == 0, "the night is not prompted for afterwards"


async def test_the_assistant_never_speaks_once_a_person_has_the_conversation(desk: Desk) -> None:
    """It is thinking when the agent takes over: its answer is dropped at the moment of sending."""
    await desk.staff("101")
    await desk.take_from_thinking_assistant("101", "气费多少")
    assert [text for text in desk.heard() if text.startswith("您说的是")] == []


async def test_an_assistant_that_is_down_says_so_and_answers_when_it_is_back(desk: Desk) -> None:
    desk.assistant.ready = False
    await desk.write("气费多少")
    assert desk.heard() == [desk.company.fill(desk.company.scripts.assistant_starting)]
    await desk.wait(5)
    assert len(desk.heard()) == 1, "said once"
    desk.assistant.ready = True
    await desk.gasdesk.assistant_is_ready()
    await desk.gasdesk.settle()
    assert desk.heard()[-1] == "您说的是：气费多少"


async def test_an_assistant_that_stays_down_hands_over_after_two_minutes(desk: Desk) -> None:
    desk.assistant.ready = False
    await desk.staff("101")
    await desk.write("气费多少")
    await desk.wait(119)
    assert (await desk.owner())[0] is Owner.BOT
    await desk.wait(1)
    assert await desk.owner() == (Owner.AGENT, "101")


async def test_a_lost_seat_is_kept_for_a_while_and_then_given_up(desk: Desk) -> None:
    await with_agent(desk, "101", "102")
    await desk.write("在吗")
    await desk.gasdesk.core.seats.lost("101")
    await desk.wait(44)
    assert await desk.owner() == (Owner.AGENT, "101")
    await desk.wait(1)
    assert await desk.owner() == (Owner.AGENT, "102")
    assert (await desk.member("101")).presence is Presence.OFFLINE
    assert (await desk.conversation()).waiting_since == START


async def test_a_silent_conversation_with_the_assistant_is_closed_politely(desk: Desk) -> None:
    await desk.write("你好")
    await desk.wait(30 * 60)
    assert (await desk.owner())[0] is Owner.CLOSED
    assert desk.heard()[-1] == desk.company.queue_scripts.idle_close


async def test_who_falls_silent_in_the_middle_is_told_how_to_go_on(desk: Desk) -> None:
    question = AssistantAnswer(bubbles=(Bubble("请问读数是多少？"),), asks=True, unfinished="继续报数")
    desk.assistant.answers["我要报数"] = question
    await desk.write("我要报数")
    await desk.wait(30 * 60 - 1)
    assert (await desk.owner())[0] is Owner.BOT
    await desk.wait(1)
    assert (await desk.owner())[0] is Owner.CLOSED
    notice = desk.channel.sent["test:ann"][-1]
    assert "继续报数" in notice.text
    assert [button.payload for button in notice.buttons] == ["继续报数"]


async def test_the_next_conversation_begins_with_what_was_open_and_only_its_first_message(desk: Desk) -> None:
    question = AssistantAnswer(bubbles=(Bubble("请问读数是多少？"),), asks=True, unfinished="继续报数")
    desk.assistant.answers["我要报数"] = question
    await desk.write("我要报数")
    await desk.wait(30 * 60)
    await desk.write("1235")
    await desk.write("谢谢")
    assert desk.assistant.unfinished == ["", "继续报数", ""]


async def test_what_was_finished_is_not_mentioned_at_the_end(desk: Desk) -> None:
    desk.assistant.answers["我要报数"] = AssistantAnswer(bubbles=(Bubble("读数？"),), asks=True, unfinished="继续报数")
    await desk.write("我要报数")
    await desk.write("1235")
    await desk.wait(30 * 60)
    assert desk.heard()[-1] == desk.company.queue_scripts.idle_close


async def test_a_new_word_begins_the_silence_anew(desk: Desk) -> None:
    await desk.write("你好")
    await desk.wait(29 * 60)
    await desk.write("在吗")
    await desk.wait(29 * 60)
    assert (await desk.owner())[0] is Owner.BOT
