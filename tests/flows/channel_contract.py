"""What every channel keeps (docs/new-channel.md): a channel's test module inherits `ChannelContract` and gives a peer.

The peer plays the customer at the other end of the channel's own wire; gasdesk between is the real one.
"""

from typing import Protocol

import pytest

from bot.domain.conversations import Draft, Kind, Message, Speaker
from bot.domain.text import LONGEST
from bot.ports import AssistantAnswer, Bubble
from tests.flows.desk import Desk
from tests.flows.live import eventually
from tests.flows.talk import post


class Peer(Protocol):
    """A customer on the channel. `number` is what the platform numbers the message by."""

    @property
    def contact_id(self) -> str: ...

    async def write(self, text: str, number: int) -> bool:
        """Send it as the platform would; True if it was acknowledged."""
        ...

    async def write_unknown(self, number: int) -> None:
        """Send something that gasdesk cannot read; returns when it was acknowledged."""
        ...

    def heard(self) -> list[str]:
        """What arrived, in order. What the platform shows as one message in parts is one text."""
        ...

    async def outage(self) -> None:
        """From now on nothing arrives."""
        ...

    async def recovery(self) -> None:
        """The line is up again, and the time of the next attempt has come."""
        ...


def notice(text: str) -> Draft:
    return Draft(Speaker.SYSTEM, Kind.NOTICE, text)


async def said(desk: Desk, peer: Peer) -> list[Message]:
    """The customer's messages, as stored."""
    history = await desk.gasdesk.stores.transcripts.history(peer.contact_id, 0)
    return [message for message in history if message.speaker is Speaker.CUSTOMER]


async def heard_all(peer: Peer, wanted: list[str]) -> None:
    """These arrived, and no others."""
    await eventually(lambda: len(peer.heard()) >= len(wanted))
    assert peer.heard() == wanted


class ChannelContract:
    async def test_what_is_acknowledged_is_stored(self, desk: Desk, peer: Peer) -> None:
        assert await peer.write("你好", 1)
        assert [message.text for message in await said(desk, peer)] == ["你好"]

    async def test_what_could_not_be_stored_is_not_acknowledged(
        self, desk: Desk, peer: Peer, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        async def lost(*_: object) -> None:
            raise ConnectionError("the database is gone")

        with monkeypatch.context() as trouble:
            trouble.setattr("bot.adapters.sql.work_store.WorkStore.store", lost)
            assert not await peer.write("你好", 1)
        assert await said(desk, peer) == []
        assert await peer.write("你好", 1)
        assert [message.text for message in await said(desk, peer)] == ["你好"]

    async def test_the_same_number_again_is_the_same_message(self, desk: Desk, peer: Peer) -> None:
        for _ in range(3):
            assert await peer.write("你好", 1)
        assert await peer.write("你好", 2), "the same words under another number are another message"
        assert [message.text for message in await said(desk, peer)] == ["你好", "你好"]
        await desk.gasdesk.reactions.settle()

    async def test_messages_arrive_in_the_order_they_were_said(self, desk: Desk, peer: Peer) -> None:
        desk.assistant.answers["你好"] = "好"
        await peer.write("你好", 1)
        await heard_all(peer, ["好"])
        await post(desk, peer, *(notice(f"第{n}句") for n in range(1, 8)))
        await heard_all(peer, ["好", *(f"第{n}句" for n in range(1, 8))])

    async def test_nothing_is_lost_or_doubled_in_an_outage(self, desk: Desk, peer: Peer) -> None:
        desk.assistant.answers["你好"] = "好"
        await peer.write("你好", 1)
        await heard_all(peer, ["好"])
        await peer.outage()
        for n in range(1, 4):
            await post(desk, peer, notice(f"第{n}句"))
        assert peer.heard() == ["好"]
        await peer.recovery()
        await heard_all(peer, ["好", "第1句", "第2句", "第3句"])

    async def test_a_long_message_arrives_whole(self, desk: Desk, peer: Peer) -> None:
        await peer.write("你好", 1)
        await eventually(lambda: len(peer.heard()) == 1)
        long = "".join(f"第{n}条：请先关闭燃气总阀，再到室外等候。\n" for n in range(300)).strip()
        await post(desk, peer, notice(long))
        await eventually(lambda: len(peer.heard()) == 2)
        assert peer.heard()[1].replace("\n", "") == long.replace("\n", "")

    async def test_the_longest_message_a_customer_may_write_is_taken_whole(self, desk: Desk, peer: Peer) -> None:
        assert await peer.write("问" * LONGEST, 1)
        assert [message.text for message in await said(desk, peer)] == ["问" * LONGEST]

    async def test_what_cannot_be_read_is_answered_politely(self, desk: Desk, peer: Peer) -> None:
        await peer.write_unknown(1)
        await eventually(lambda: len(peer.heard()) == 1)
        assert "请" in peer.heard()[0]
        assert not desk.assistant.asked, "nothing to ask the assistant about"

    async def test_a_leak_is_answered_with_the_safety_instruction_before_all_else(self, desk: Desk, peer: Peer) -> None:
        desk.assistant.answers["我家漏气了"] = AssistantAnswer(bubbles=(Bubble("请稍等"),))
        await peer.write("我家漏气了", 1)
        await eventually(lambda: len(peer.heard()) >= 2)
        messages = await desk.gasdesk.stores.transcripts.history(peer.contact_id, 0)
        instruction = next(message for message in messages if message.kind is Kind.SAFETY)
        assert peer.heard()[0].replace("\n", "") == instruction.text.replace("\n", "")

    async def test_a_waiting_prompt_reaches_a_customer_who_is_away(self, desk: Desk, peer: Peer) -> None:
        """A web page gets it on its return; on other channels the customer need not have anything open."""
        desk.assistant.answers["转人工"] = AssistantAnswer(handoff="用户要求人工", bubbles=(Bubble("好的。"),))
        await desk.staff("101")
        await peer.write("转人工", 1)
        await eventually(lambda: len(peer.heard()) >= 2)
        await desk.gasdesk.settle()
        await peer.outage()
        await desk.wait(46)
        await peer.recovery()
        prompt = desk.company.fill(desk.company.scripts.waiting_prompt)
        await eventually(lambda: prompt in peer.heard())
