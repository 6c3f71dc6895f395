"""Messages in quick succession are answered once, in order (docs/decisions/0007)."""

import asyncio

from bot.domain.conversations import Kind, Owner
from bot.domain.emergencies import EmergencyKind
from bot.ports import AssistantAnswer, Contact
from tests.flows.desk import Desk

ANN = Contact("test:ann", "test")


async def write_while_it_thinks(desk: Desk, *texts: str) -> None:
    """The assistant thinks about the first when the others come."""
    desk.assistant.hold = asyncio.Event()
    for number, text in enumerate(texts):
        await desk.gasdesk.core.receive(ANN, f"m{number}", text)
        await desk.gasdesk.reactions.settle()
        await desk.assistant.thinking.wait()
    desk.assistant.hold.set()
    await desk.gasdesk.settle()


async def test_what_waits_while_the_assistant_thinks_is_answered_together(desk: Desk) -> None:
    await write_while_it_thinks(desk, "你好", "我要报数", "户号10020001", "1235")
    assert [text for _, text in desk.assistant.asked] == ["你好", "我要报数\n户号10020001\n1235"]
    assert desk.heard(kind=Kind.ANSWER) == ["您说的是：你好", "您说的是：我要报数\n户号10020001\n1235"]
    conversation = await desk.conversation()
    assert conversation.waiting_since is None
    assert conversation.answered_seq == conversation.customer_seq


async def test_what_was_written_before_it_was_up_too(desk: Desk) -> None:
    desk.assistant.ready = False
    for text in ("我要报数", "户号10020001"):
        await desk.write(text)
    desk.assistant.ready = True
    await desk.wait(5)
    assert desk.heard(kind=Kind.ANSWER) == ["您说的是：我要报数\n户号10020001"]


async def test_a_long_message_is_a_matter_of_its_own(desk: Desk) -> None:
    story = "我家的情况是这样的，" * 20
    await write_while_it_thinks(desk, "你好", "在吗", story, "快点")
    assert [text for _, text in desk.assistant.asked] == ["你好", "在吗", story, "快点"]


async def test_a_leak_the_assistant_finds_among_them_has_all_that_was_said(desk: Desk) -> None:
    together = "家里一股味\n幸福小区3号楼2单元501"
    desk.assistant.answers[together] = AssistantAnswer(emergency=EmergencyKind.INDOOR_LEAK)
    await write_while_it_thinks(desk, "你好", "家里一股味", "幸福小区3号楼2单元501")
    conversation = await desk.conversation()
    assert conversation.emergency is not None
    assert "幸福小区" in conversation.emergency.address


async def test_a_leak_the_screen_finds_goes_before_everything_that_waits(desk: Desk) -> None:
    await write_while_it_thinks(desk, "我要报数", "户号10020001", "家里漏气了味道很大")
    assert desk.heard()[0].startswith("请马上照做")
    assert desk.heard(kind=Kind.ANSWER) == []
    assert (await desk.conversation()).emergency is not None


async def test_a_person_asked_for_among_them_gets_them_all(desk: Desk) -> None:
    together = "气费不对\n转人工"
    desk.assistant.answers[together] = AssistantAnswer(handoff="用户要求人工")
    await desk.staff("101")
    await write_while_it_thinks(desk, "你好", "气费不对", "转人工")
    assert await desk.owner() == (Owner.AGENT, "101")
