"""A leak comes before everything (domain 5): the instruction first, then where."""

import asyncio
from datetime import timedelta

import pytest

from bot.domain.company.safety import Concern
from bot.domain.conversations import EmergencyStep, Kind, Owner, Priority, Speaker
from bot.domain.emergencies import EmergencyKind
from bot.domain.events import EmergencyAccepted, EmergencyRaised, Event
from bot.domain.work_orders import Handling, OrderState, OrderType
from bot.ports import AssistantAnswer, Bubble, Contact
from bot.testing import START
from tests.flows.desk import Desk
from tests.flows.leaks import ADDRESS, after, emergency, is_read_back, orders, safety

PERSON = AssistantAnswer(handoff="用户要求人工", bubbles=(Bubble("好的。"),))


# --- the safety instruction is the first thing, whatever else is going on --------------------------------------------


async def test_the_instruction_comes_first_then_the_question(desk: Desk) -> None:
    first, second = await after(desk, "我家漏气了，味道很大")
    assert (first.kind, first.speaker, first.text) == (Kind.SAFETY, Speaker.SYSTEM, safety(desk))
    assert (second.kind, second.text) == (Kind.QUESTION, desk.company.emergency_scripts.ask_address)
    assert [m.text for m in desk.channel.sent["test:ann"]] == [first.text, second.text], "and arrives in this order"
    assert desk.assistant.asked == [], "the assistant is not asked"


KINDS = {
    EmergencyKind.INDOOR_LEAK: ("厨房煤气泄漏", OrderType.INDOOR_LEAK, Handling.TO_REPAIR, "repair"),
    EmergencyKind.CORRIDOR_LEAK: ("楼道里有煤气味", OrderType.INDOOR_LEAK, Handling.TO_REPAIR, "repair"),
    EmergencyKind.OUTDOOR_LEAK: ("马路上燃气管被挖断了", OrderType.OUTDOOR_EMERGENCY, Handling.BY_DESK, "operations"),
    EmergencyKind.CARBON_MONOXIDE: ("我妈煤气中毒晕倒了", OrderType.INDOOR_LEAK, Handling.TO_REPAIR, "repair"),
    EmergencyKind.FIRE: ("煤气罐着火了", OrderType.INDOOR_LEAK, Handling.TO_OPERATIONS, "operations"),
}


@pytest.mark.parametrize("kind", KINDS)
async def test_each_kind_has_its_instruction_and_its_order(desk: Desk, kind: EmergencyKind) -> None:
    report, order_type, handling, unit = KINDS[kind]
    assert (await after(desk, report))[0].text == safety(desk, kind)
    assert (await emergency(desk)).kind is kind
    await desk.write(ADDRESS)
    told = (await after(desk, "对"))[0]
    filed = (await orders(desk))[0]
    assert (filed.type, filed.handling, filed.state) == (order_type, handling, OrderState.OPEN)
    assert (filed.address, filed.dispatched_at) == (ADDRESS, START)
    assert filed.due_at == START + timedelta(minutes=20)
    assert filed.number in told.text
    assert getattr(desk.company.units, unit).name in told.text


async def test_with_the_assistant_down(desk: Desk) -> None:
    desk.assistant.ready = False
    assert (await after(desk, "煤气漏了"))[0].text == safety(desk)


async def test_while_the_assistant_is_thinking(desk: Desk) -> None:
    """Its late answer is dropped: it would stand between the instruction and the address."""
    desk.assistant.hold = asyncio.Event()
    await desk.gasdesk.core.receive(Contact("test:ann", "test"), "m1", "气费多少钱一方")
    await desk.gasdesk.reactions.settle()
    await desk.gasdesk.core.receive(Contact("test:ann", "test"), "m2", "哎呀煤气漏了")
    desk.assistant.hold.set()
    await desk.gasdesk.settle()
    assert desk.heard() == [safety(desk), desk.company.emergency_scripts.ask_address]


async def test_in_the_middle_of_a_dialogue_with_the_assistant(desk: Desk) -> None:
    desk.assistant.answers["报数"] = AssistantAnswer(bubbles=(Bubble("请告诉我户号。"),), asks=True)
    await desk.write("报数")
    assert (await after(desk, "等等，我闻到煤气味了"))[0].text == safety(desk)
    assert (await desk.owner())[0] is Owner.QUEUE
    await desk.write("80000001")
    assert [text for _, text in desk.assistant.asked] == ["报数"], "the dialogue is not gone on with"


async def test_while_an_agent_has_the_conversation(desk: Desk, alarms: list[Event]) -> None:
    desk.assistant.answers["转人工"] = PERSON
    await desk.staff("101")
    await desk.write("转人工")
    await desk.reply("101", "您好，请讲")
    first, second = await after(desk, "我家漏气了")
    assert (first.text, second.kind) == (safety(desk), Kind.QUESTION)
    assert await desk.owner() == (Owner.AGENT, "101"), "his conversation stays his"
    assert [type(event) for event in alarms] == [EmergencyRaised], "and everybody is alarmed"
    assert desk.assistant.asked[1:] == []


async def test_the_bot_is_silent_once_the_agent_has_answered(desk: Desk, alarms: list[Event]) -> None:
    desk.assistant.answers["转人工"] = PERSON
    await desk.staff("101")
    await desk.write("转人工")
    await desk.write("我家漏气了")
    await desk.reply("101", "请先到室外，您家地址是？")
    assert (await emergency(desk)).accepted_by == "101", "to reply is to accept"
    assert isinstance(alarms[-1], EmergencyAccepted)
    assert await after(desk, ADDRESS) == [], "the agent talks"
    assert (await emergency(desk)).address == ADDRESS, "what was said is kept for the order"


async def test_what_the_assistant_recognises_starts_the_same_flow(desk: Desk) -> None:
    said = "不知道为什么这几天一进门就犯恶心"
    desk.assistant.answers[said] = AssistantAnswer(
        bubbles=(Bubble("听起来像一氧化碳。"),), emergency=EmergencyKind.CARBON_MONOXIDE
    )
    first, second = await after(desk, said)
    assert (first.kind, first.text) == (Kind.SAFETY, safety(desk, EmergencyKind.CARBON_MONOXIDE))
    assert second.kind is Kind.QUESTION
    conversation = await desk.conversation()
    assert (conversation.owner, conversation.priority) == (Owner.QUEUE, Priority.EMERGENCY)
    assert "听起来像一氧化碳。" not in desk.heard()


async def test_a_report_in_a_message_that_is_too_long_is_heard(desk: Desk) -> None:
    """Cut, not refused; wherever in it the leak is told."""
    message = await desk.write("说来话长" * 1_200 + "我家煤气漏了")
    assert len(message.text) == 4_000
    assert desk.heard()[0] == safety(desk)


async def test_the_same_report_sent_again_raises_it_once(desk: Desk, alarms: list[Event]) -> None:
    await desk.write("我家漏气了", message_id="m1")
    await desk.write("我家漏气了", message_id="m1")
    assert desk.heard(kind=Kind.SAFETY) == [safety(desk)]
    assert len(alarms) == 1


# --- where -----------------------------------------------------------------------------------------------------------


async def test_from_a_vague_address_to_the_order(desk: Desk) -> None:
    say = desk.company.emergency_scripts
    await desk.write("我家漏气了")
    (question,) = await after(desk, "幸福小区")
    assert question.text == say.ask_house
    (read_back,) = await after(desk, "3号楼2单元501")
    assert is_read_back(read_back, ADDRESS)
    assert [button.title for button in read_back.buttons] == ["对", "不对"]
    assert await orders(desk) == []
    (told,) = await after(desk, "对")
    (filed,) = await orders(desk)
    assert (filed.type, filed.handling, filed.state) == (OrderType.INDOOR_LEAK, Handling.TO_REPAIR, OrderState.OPEN)
    assert (filed.address, filed.summary, filed.dispatched_at) == (ADDRESS, "险情：室内泄漏", START)
    assert (filed.number in told.text, ADDRESS in told.text) == (True, True)
    found = await emergency(desk)
    assert (found.step, found.confirmed, found.order_number) == (EmergencyStep.DISPATCHED, True, filed.number)


async def test_a_correction_is_read_back_before_anybody_is_sent(desk: Desk) -> None:
    await desk.write("我家漏气了")
    await desk.write(ADDRESS)
    (read_back,) = await after(desk, "不对，是502")
    assert is_read_back(read_back, "幸福小区3号楼2单元502")
    assert await orders(desk) == []
    await desk.write("对")
    assert [order.address for order in await orders(desk)] == ["幸福小区3号楼2单元502"]


@pytest.mark.parametrize("said", ["对不起，是502", "是502", "应该是502"])
async def test_a_correction_that_begins_like_a_yes_is_none(desk: Desk, said: str) -> None:
    await desk.write("我家漏气了")
    await desk.write(ADDRESS)
    await desk.write(said)
    assert await orders(desk) == []
    assert (await emergency(desk)).address == "幸福小区3号楼2单元502"


async def test_a_part_that_was_missing_is_added_not_put_in_its_place(desk: Desk) -> None:
    await desk.write("我家漏气了，幸福小区3号楼501")
    (read_back,) = await after(desk, "2单元")
    assert is_read_back(read_back, ADDRESS)


async def test_a_bare_no_asks_for_the_right_address(desk: Desk) -> None:
    await desk.write("我家漏气了")
    await desk.write(ADDRESS)
    (question,) = await after(desk, "不对")
    assert question.text == desk.company.emergency_scripts.ask_right_address
    (read_back,) = await after(desk, "阳光花园5号楼1单元302")
    assert is_read_back(read_back, "阳光花园5号楼1单元302")


async def test_talk_instead_of_a_yes_is_answered_with_the_address_again(desk: Desk) -> None:
    await desk.write("我家漏气了")
    await desk.write(ADDRESS)
    (again,) = await after(desk, "好大的味道，你们快点来")
    assert again.text == desk.company.fill(desk.company.emergency_scripts.read_back_again, address=ADDRESS)
    assert await orders(desk) == []


async def test_an_address_in_the_first_message_is_read_back_at_once(desk: Desk) -> None:
    first, second = await after(desk, f"我家漏气了，{ADDRESS}，快来人")
    assert first.text == safety(desk)
    assert is_read_back(second, ADDRESS)


async def test_outdoors_a_crossing_is_enough(desk: Desk) -> None:
    first, second = await after(desk, "中山路和解放路交叉口有天然气泄漏")
    assert first.text == safety(desk, EmergencyKind.OUTDOOR_LEAK)
    assert is_read_back(second, "中山路解放路交叉口")


async def test_who_cannot_name_a_house_is_not_asked_for_ever(desk: Desk) -> None:
    await desk.write("我家漏气了")
    await desk.write("幸福小区")
    (read_back,) = await after(desk, "我说不清")
    assert is_read_back(read_back, "幸福小区")


async def test_who_names_no_place_is_asked_in_other_words_and_never_to_confirm_nothing(desk: Desk) -> None:
    say = desk.company.emergency_scripts
    await desk.write("家里一股煤气味好害怕")
    (again,) = await after(desk, "我已经把窗户打开了")
    (still,) = await after(desk, "人在楼下了")
    (for_ever,) = await after(desk, "为啥要地址")
    fill = desk.company.fill
    assert [each.text for each in (again, still, for_ever)] == [
        fill(say.ask_address_again), fill(say.ask_address_still), fill(say.ask_address_still)
    ]  # fmt: skip
    (read_back,) = await after(desk, ADDRESS)
    assert is_read_back(read_back, ADDRESS)


async def test_who_takes_it_back_is_not_asked_on_but_a_person_decides(desk: Desk) -> None:
    await desk.write("家里报警器在响")
    (noted,) = await after(desk, "哦没事了是我炒辣椒熏的")
    assert noted.text == desk.company.emergency_scripts.taken_back
    assert (await emergency(desk)).open
    (after_all,) = await after(desk, "对了我想问安检一年几次")
    assert after_all.text == desk.company.fill(desk.company.emergency_scripts.noted_after_all)
    (still,) = await after(desk, "没事了，就是还有股煤气味")
    assert still.text == desk.company.fill(desk.company.emergency_scripts.ask_address_again)


async def test_who_denies_it_at_the_read_back_is_not_asked_on_and_nobody_is_sent_by_itself(desk: Desk) -> None:
    say = desk.company.emergency_scripts
    await desk.write(f"漏气 {ADDRESS}")
    (noted,) = await after(desk, "没漏气 我是报表上的数")
    assert noted.text == say.taken_back
    (after_all,) = await after(desk, "好的")
    assert after_all.text == desk.company.fill(say.noted_after_all)
    await desk.wait(120)
    assert not await orders(desk)
    assert (await emergency(desk)).open, "staff decide"
    (read_back,) = await after(desk, "等等 厨房真的有煤气味")
    assert is_read_back(read_back, ADDRESS)


async def test_who_takes_it_back_and_then_tells_the_place_after_all_gets_a_crew(desk: Desk) -> None:
    await desk.write("屋里有煤气味")
    await desk.write("没事没事 不用来了")
    (read_back,) = await after(desk, ADDRESS)
    assert is_read_back(read_back, ADDRESS)


async def test_where_no_place_is_told_nothing_is_read_back(desk: Desk) -> None:
    await desk.write("漏气了")
    say = desk.company.emergency_scripts
    for said in ("老地方 你们上次来过的", "就是上回修表那家", "我在外地啊"):
        (again,) = await after(desk, said)
        assert again.text in (desk.company.fill(say.ask_address_again), desk.company.fill(say.ask_address_still))
    await desk.write("五一新村")
    (read_back,) = await after(desk, "13号楼4单元202")
    assert is_read_back(read_back, "五一新村13号楼4单元202")


async def test_outdoors_the_street_is_added_to_what_stands_there(desk: Desk) -> None:
    await desk.write("二小对面马路上呲呲响 一股臭鸡蛋味")
    (read_back,) = await after(desk, "和顺东街上 修路的把管子挖了")
    assert is_read_back(read_back, "和顺东街二小对面")


async def test_questions_after_the_dispatch_are_not_met_with_silence(desk: Desk) -> None:
    await desk.write(f"我家漏气了，{ADDRESS}")
    await desk.write("对")
    say = desk.company.emergency_scripts
    for said, about in (("多久到", Concern.ARRIVAL), ("我能回去拿手机充电器吗", Concern.BACK)):
        assert [each.text for each in await after(desk, said)] == [desk.company.safety_answer(about)]
    assert [each.text for each in await after(desk, "好的 等着呢")] == [desk.company.fill(say.on_the_way)]


async def test_a_question_is_answered_and_the_open_one_put_again(desk: Desk) -> None:
    say, company = desk.company.emergency_scripts, desk.company
    await desk.write("店里好大的煤气味")
    valve, where = await after(desk, "灶上的火要不要关")
    people, again = await after(desk, "店里还有客人")
    assert (valve.text, people.text) == (company.safety_answer(Concern.VALVE), company.safety_answer(Concern.PEOPLE))
    assert where.text == again.text == desk.company.fill(say.ask_address_again), "a question is no failure to answer"
    (read_back,) = await after(desk, ADDRESS)
    assert is_read_back(read_back, ADDRESS)
    help_, _ = await after(desk, "要不要打120")
    assert help_.text == company.safety_answer(Concern.HELP)
    assert not await orders(desk)
    light, sent = await after(desk, "对 灯要不要关")
    assert light.text == company.safety_answer(Concern.SWITCH)
    assert (await orders(desk))[0].number in sent.text


async def test_a_flat_told_later_makes_an_outdoor_leak_an_indoor_one(desk: Desk) -> None:
    await desk.write("阳光花园A座有煤气味")
    await desk.write("阳光花园A座外面有煤气味")
    assert (await emergency(desk)).kind is EmergencyKind.OUTDOOR_LEAK
    told, read_back = await after(desk, "1203")
    assert told.text == safety(desk, EmergencyKind.INDOOR_LEAK)
    assert is_read_back(read_back, "阳光花园A座1203")
    await desk.write("对")
    assert (await orders(desk))[0].type is OrderType.INDOOR_LEAK


async def test_outdoors_a_landmark_of_which_there_are_many_is_kept(desk: Desk) -> None:
    await desk.write("路边有股很大的气味还嘶嘶响")
    (which,) = await after(desk, "就菜市场那边")
    assert which.text == "请问是哪里的菜市场？靠近哪条路、哪个路口？"
    (read_back,) = await after(desk, "东门，人民路这头")
    assert is_read_back(read_back, "人民路菜市场东门")


async def test_a_place_without_a_mark_is_taken_the_second_time(desk: Desk) -> None:
    say = desk.company.emergency_scripts
    await desk.write("外面煤气管漏了")
    (again,) = await after(desk, "老槐树底下")
    assert again.text == say.ask_address_again
    (read_back,) = await after(desk, "就在老槐树底下")
    assert is_read_back(read_back, "老槐树底下")


async def test_a_name_takes_the_place_of_words_that_were_none(desk: Desk) -> None:
    """What was said before may have been no address at all; it is not to be part of one."""
    await desk.write("家里好大的煤气味")
    await desk.write("人都出来了")
    await desk.write("随便你们")
    (again,) = await after(desk, "平安里")
    assert is_read_back(again, "平安里")
    (whole,) = await after(desk, "5号楼1单元101")
    assert is_read_back(whole, "平安里5号楼1单元101")


async def test_two_places_that_were_read_back_can_be_confirmed(desk: Desk) -> None:
    await desk.write("路边挖机把管子挖断了 呼呼往外冒气")
    await desk.write("就和顺东街那边")
    (read_back,) = await after(desk, "城东医院门口那个红绿灯")
    assert is_read_back(read_back, "和顺东街城东医院门口")
    await desk.write("对对对")
    (filed,) = await orders(desk)
    assert filed.address == "和顺东街城东医院门口"


async def test_a_second_crew_is_told_of_and_noted_on_the_first_order(desk: Desk) -> None:
    await desk.write("中山路就那个菜市场门口漏气了 嘶嘶响")
    await desk.write("对的")
    (read_back,) = await after(desk, "不是中山路 是中原路 说错了")
    assert is_read_back(read_back, "中原路菜市场门口")
    (told,) = await after(desk, "对")
    first, second = await orders(desk)
    assert (second.number in told.text, "重新通知" in told.text) == (True, True)
    assert second.number in first.notes


async def test_a_leak_that_is_not_at_home_goes_to_operations(desk: Desk) -> None:
    await desk.write("有个地方在冒气 煤气味特别大")
    assert (await emergency(desk)).kind is EmergencyKind.INDOOR_LEAK
    told, *_ = await after(desk, "在马路边上啊 不是家里")
    assert told.text == safety(desk, EmergencyKind.OUTDOOR_LEAK)
    await desk.write("中山路菜市场门口")
    await desk.write("对")
    assert (await orders(desk))[0].type is OrderType.OUTDOOR_EMERGENCY


async def test_a_telephone_number_is_on_the_order_whenever_it_is_told(desk: Desk) -> None:
    await desk.write(f"{ADDRESS}漏气了 电话13800000001")
    await desk.write("对")
    assert (await orders(desk))[0].contact_phone == "13800000001"
    (told,) = await after(desk, "到了打我老公电话13800000002 大概多久")
    assert "电话已记" in told.text
    assert "13800000002" in (await orders(desk))[0].notes


async def test_in_the_street_nobody_is_told_to_leave_rooms(desk: Desk) -> None:
    await desk.write("刚走到中山路那边 有个地方在冒气 味儿特别大")
    assert (await emergency(desk)).kind is EmergencyKind.OUTDOOR_LEAK
    await desk.write("中山路建设银行门口")
    passers_by, _ = await after(desk, "对对对 好多车在过 要不要拦一下")
    assert passers_by.text == desk.company.safety_answer(Concern.PASSERS_BY)


async def test_what_is_told_after_the_dispatch_is_on_the_order(desk: Desk) -> None:
    await desk.write("锦绣家园一期7号楼 头晕恶心想吐 是不是煤气中毒")
    await desk.write("对")
    told, _ = await after(desk, "对 1单元101 我妈吐了")
    assert "锦绣家园一期7号楼1单元101" in told.text
    (order,) = await orders(desk)
    assert order.address == "锦绣家园一期7号楼1单元101"
    assert "我妈吐了" in order.notes
    (told,) = await after(desk, "102还是202 我搞不清")
    assert (await orders(desk))[0].address == "锦绣家园一期7号楼1单元101"
    (told,) = await after(desk, "听着动静更大了 不少人围着看")
    assert told.text.startswith(desk.company.emergency_scripts.told_on)
    assert "动静更大了" in (await orders(desk))[0].notes
    (told,) = await after(desk, "我妈送医院了 没事了")
    assert (await orders(desk))[0].address == "锦绣家园一期7号楼1单元101"
    (told,) = await after(desk, "好的谢谢")
    assert told.text == desk.company.fill(desk.company.emergency_scripts.on_the_way)


async def test_a_landmark_behind_a_yes_is_on_the_order(desk: Desk) -> None:
    await desk.write("路边挖沟的把煤气管子挖断了 呼呼往外冒")
    await desk.write("和顺街西头")
    await desk.write("对 就是有个烧烤店门口")
    (order,) = await orders(desk)
    assert order.address == "和顺街西头"
    assert "烧烤店门口" in order.notes
    (told,) = await after(desk, "烧烤店旁边你们加上没")
    assert told.text.endswith(desk.company.fill(desk.company.emergency_scripts.on_the_way_outdoors))


@pytest.mark.parametrize(
    ("said", "concern"),
    [
        ("还用来人不 味都没了", Concern.STILL_COMING),
        ("现在味散了 还要派人吗", Concern.STILL_COMING),
        ("师傅到了 谢谢", Concern.ARRIVED),
        ("来人了 说是下水道返味", Concern.ARRIVED),
        ("师傅来了吗", Concern.ARRIVAL),
        ("我老伴有点头晕", Concern.HELP),
        ("我刚才在做饭呢火还开着", Concern.VALVE),
    ],
)
async def test_who_waits_for_the_crew_is_answered(desk: Desk, said: str, concern: Concern) -> None:
    await desk.write(f"{ADDRESS}漏气了")
    await desk.write("对")
    (told,) = await after(desk, said)
    assert told.text == desk.company.safety_answer(concern)


async def test_a_flat_behind_the_one_denied_counts(desk: Desk) -> None:
    await desk.write("幸福里5号楼402漏气了")
    (read_back,) = await after(desk, "不是402 三楼的 302 1单元")
    assert "5号楼1单元" in read_back.text
    assert "302" in read_back.text
    assert "402" not in read_back.text


async def test_an_estate_told_with_where_one_lives_is_kept(desk: Desk) -> None:
    await desk.write("楼道里一股煤气味")
    await desk.write("我们住平安里的 腿脚慢 老伴在穿鞋")
    (*_, told) = await after(desk, "2号楼")
    assert "平安里2号楼" in told.text


async def test_of_two_flats_in_doubt_neither_is_read_back(desk: Desk) -> None:
    await desk.write("幸福里5号楼 软管咬破了滋滋漏气")
    (read_back,) = await after(desk, "402还是302 我搞不清 我是保姆 就是三楼")
    assert "402" not in read_back.text
    assert "302" not in read_back.text
    assert "三楼" in read_back.text
