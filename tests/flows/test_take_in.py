"""Whatever a channel reads is stored, and answered with sense."""

import pytest

from bot.channel import Incoming
from bot.channels import attachments
from bot.domain.conversations import Attachment, AttachmentKind, EmergencyStep, Owner
from bot.domain.text import LONGEST
from bot.ports import AssistantAnswer, Bubble, Contact
from tests.flows.desk import Desk

ANN = Contact("test:ann", "test")
HERE = attachments.location(31.2304, 121.4737)
PERSON = AssistantAnswer(handoff="用户要求人工", bubbles=(Bubble("好的。"),))


async def take_in(desk: Desk, text: str = "", attachment: Attachment | None = None, *, number: int = 1) -> None:
    await desk.gasdesk.core.take_in(Incoming(contact=ANN, id=str(number), text=text, attachment=attachment))
    await desk.gasdesk.settle()


async def stored(desk: Desk) -> list[tuple[str, Attachment | None]]:
    history = await desk.gasdesk.stores.transcripts.history(ANN.id, 0)
    return [(message.text, message.attachment) for message in history if message.speaker.value == "customer"]


@pytest.mark.parametrize(
    ("attachment", "answer"),
    [
        (attachments.image("p1"), "看不懂图片"),
        (attachments.voice("v1", 12), "听不懂语音"),
        (attachments.video("c1"), "文件"),
        (attachments.file("d1", "合同.pdf"), "文件"),
        (HERE, "小区、楼号"),
        (attachments.other("表情"), "看不懂这类消息"),
    ],
)
async def test_what_has_no_words_is_kept_and_words_are_asked_for(
    desk: Desk, attachment: Attachment, answer: str
) -> None:
    await take_in(desk, "", attachment)
    assert await stored(desk) == [(attachment.label, attachment)]
    assert answer in desk.heard()[0]
    assert not desk.assistant.asked
    conversation = await desk.conversation()
    assert not conversation.assistant_owes
    assert conversation.waiting_since is None


async def test_nothing_at_all_is_kept_as_something_unreadable(desk: Desk) -> None:
    await take_in(desk, " \u200b ")
    assert [(text, kept and kept.kind) for text, kept in await stored(desk)] == [
        ("［无法显示的消息］", AttachmentKind.OTHER)
    ]


async def test_a_picture_with_words_is_a_question(desk: Desk) -> None:
    await take_in(desk, "这是什么意思", attachments.image("p1"))
    assert desk.heard() == ["您说的是：这是什么意思"]
    assert await stored(desk) == [("这是什么意思", attachments.image("p1"))]


async def test_a_picture_whose_words_tell_of_a_leak_is_an_emergency(desk: Desk) -> None:
    await take_in(desk, "家里有很浓的煤气味", attachments.image("p1"))
    assert (await desk.conversation()).emergency is not None


async def test_words_and_a_picture_that_wait_together_get_the_answer_to_the_words(desk: Desk) -> None:
    desk.assistant.ready = False
    await take_in(desk, "怎么交费", number=1)
    await take_in(desk, "", attachments.image("p1"), number=2)
    desk.assistant.ready = True
    await desk.gasdesk.assistant_is_ready()
    await desk.gasdesk.settle()
    assert desk.heard()[-1] == "您说的是：怎么交费"
    assert not (await desk.conversation()).assistant_owes


async def test_a_picture_is_answered_while_the_assistant_is_down(desk: Desk) -> None:
    desk.assistant.ready = False
    await take_in(desk, "", attachments.image("p1"))
    assert "看不懂图片" in desk.heard()[0]


async def test_to_an_agent_a_voice_note_is_a_message_as_any_other(desk: Desk) -> None:
    desk.assistant.answers["转人工"] = PERSON
    await desk.staff("101")
    await take_in(desk, "转人工")
    heard = len(desk.heard())
    await take_in(desk, "", attachments.voice("v1"), number=2)
    assert len(desk.heard()) == heard
    conversation = await desk.conversation()
    assert conversation.owner is Owner.AGENT
    assert conversation.waiting_since is not None


async def test_more_than_one_message_holds_is_kept_as_several(desk: Desk) -> None:
    long = "甲" * LONGEST + "乙" * 96
    for _ in range(2):
        await take_in(desk, long)
    assert "".join(text for text, _ in await stored(desk)) == long


async def test_a_changed_message_is_noted(desk: Desk) -> None:
    await desk.gasdesk.core.take_in(Incoming(contact=ANN, id="2", text="我要报装", edited=True))
    await desk.gasdesk.settle()
    facts = await desk.gasdesk.stores.transcripts.facts((await desk.conversation()).id)
    assert [fact.text for fact in facts if fact.what == "edited"] == ["第 1 条是用户对先前消息的修改"]


async def test_a_place_on_the_map_is_where_the_crew_goes(desk: Desk) -> None:
    await take_in(desk, "我家漏气了")
    await take_in(desk, "", HERE, number=2)
    emergency = (await desk.conversation()).emergency
    assert emergency is not None
    assert emergency.address == HERE.label
    assert desk.heard()[-1] == desk.company.emergency_scripts.ask_house
    await take_in(desk, "3号楼501", number=3)
    emergency = (await desk.conversation()).emergency
    assert emergency is not None
    assert (emergency.step, emergency.address) == (EmergencyStep.CONFIRM, f"{HERE.label}3号楼501")
    await take_in(desk, "对", number=4)
    emergency = (await desk.conversation()).emergency
    assert emergency is not None
    assert emergency.step is EmergencyStep.DISPATCHED


async def test_who_sends_only_a_place_on_the_map_gets_the_crew_there(desk: Desk) -> None:
    await take_in(desk, "我家漏气了")
    await take_in(desk, "", HERE, number=2)
    await desk.wait(600)
    emergency = (await desk.conversation()).emergency
    assert emergency is not None
    assert (emergency.step, emergency.address) == (EmergencyStep.DISPATCHED, HERE.label)


async def test_a_picture_is_no_answer_to_where(desk: Desk) -> None:
    await take_in(desk, "我家漏气了")
    for number in range(2, 5):
        await take_in(desk, "", attachments.image("p1"), number=number)
    emergency = (await desk.conversation()).emergency
    assert emergency is not None
    assert (emergency.step, emergency.address) == (EmergencyStep.ADDRESS, "")
    assert "看不懂图片" in desk.heard()[-1]
