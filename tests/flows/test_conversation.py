"""A customer writes, the assistant answers, a person takes over."""

from bot.domain.conversations import Kind, Owner, SeenIntent, Speaker
from bot.ports import AssistantAnswer, Bubble
from tests.flows.desk import Desk


async def test_the_assistant_answers_each_message_once_and_in_order(desk: Desk) -> None:
    await desk.write("你好", message_id="m1")
    await desk.write("你好", message_id="m1")
    await desk.write("气费多少钱", message_id="m2")
    assert desk.heard() == ["您说的是：你好", "您说的是：气费多少钱"]


async def test_a_request_for_a_person_gets_the_idle_agent_and_his_greeting(desk: Desk) -> None:
    desk.assistant.answers["转人工"] = AssistantAnswer(handoff="用户要求人工", bubbles=(Bubble("好的。"),))
    await desk.staff("101")
    await desk.write("转人工")
    assert await desk.owner() == (Owner.AGENT, "101")
    assert desk.heard(kind=Kind.GREETING, speaker=Speaker.AGENT) == ["您好，我是安居燃气客服101号，很高兴为您服务！"]
    await desk.reply("101", "请问有什么可以帮您？")
    assert desk.heard()[-1] == "请问有什么可以帮您？"
    await desk.write("卡丢了")
    assert [text for _, text in desk.assistant.asked] == ["转人工"], "the assistant is silent once a person has it"


async def test_what_an_answer_looked_like_is_not_among_the_intents_of_the_summary(desk: Desk) -> None:
    asked, misread = SeenIntent("request_repair", 0.9, "报修"), SeenIntent("report_meter_reading", 0.8, "7号楼1单元101")
    desk.assistant.answers["报修"] = AssistantAnswer(bubbles=(Bubble("地址？"),), asks=True, intent=asked)
    desk.assistant.answers["7号楼1单元101"] = AssistantAnswer(
        bubbles=(Bubble("电话？"),), asks=True, intent=misread, answers_question=True
    )
    await desk.write("报修")
    await desk.write("7号楼1单元101")
    assert (await desk.conversation()).intents == (asked,)
