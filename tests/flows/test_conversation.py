"""A customer writes, the assistant answers, a person takes over."""

from bot.domain.conversations import Kind, Owner, SeenIntent, Speaker
from bot.domain.work_orders import OrderNote
from bot.ports import AssistantAnswer, Bubble
from tests.flows.desk import Desk


async def test_the_assistant_answers_each_message_once_and_in_order(desk: Desk) -> None:
    await desk.write("你好", message_id="m1")
    await desk.write("你好", message_id="m1")
    await desk.write("气费多少钱", message_id="m2")
    assert desk.heard() == ["您说的是：你好", "您说的是：气费多少钱"]


async def test_an_assistant_that_says_nothing_asks_for_other_words_and_offers_a_person(desk: Desk) -> None:
    desk.assistant.answers["嗯哼"] = AssistantAnswer()
    await desk.write("嗯哼")
    assert desk.heard() == [desk.company.queue_scripts.not_understood]
    assert not (await desk.conversation()).assistant_owes


async def test_the_assistant_does_not_say_the_same_over_again(desk: Desk) -> None:
    papers, halls = "到营业厅开纸质发票，请带户号、缴费凭证和单位名称", "中心营业厅：平安路1号，周一至周日08:30-17:30"
    desk.assistant.answers["发票怎么开"] = AssistantAnswer(bubbles=(Bubble(papers),))
    desk.assistant.answers["抬头要写公司"] = AssistantAnswer(bubbles=(Bubble(papers),))
    desk.assistant.answers["在哪开"] = AssistantAnswer(bubbles=(Bubble(papers), Bubble(halls)))
    for text in ("发票怎么开", "抬头要写公司", "在哪开", "在哪开"):
        await desk.write(text)
    assert desk.heard() == [papers, desk.company.queue_scripts.said_already, papers, halls, papers, halls]
    (button,) = (await desk.gasdesk.stores.transcripts.history("test:ann", 0))[3].buttons
    assert button.payload == "转人工客服"


async def test_each_addition_to_an_order_is_acknowledged(desk: Desk) -> None:
    noted = "好的，已经补充到工单20261122-0001里，工作人员能看到。"
    for text in ("门口有狗", "门牌换过"):
        note = OrderNote("20261122-0001", f"用户补充：{text}")
        desk.assistant.answers[text] = AssistantAnswer(bubbles=(Bubble(noted),), order_notes=(note,))
        await desk.write(text)
    assert desk.heard() == [noted, noted]


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
