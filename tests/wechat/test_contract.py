"""The Official Account keeps the channel contract (docs/new-channel.md)."""

import pytest

from bot.domain.conversations import Draft, Kind, Speaker
from tests.flows.channel_contract import ChannelContract, Peer
from tests.flows.desk import Desk
from tests.flows.talk import post
from tests.wechat.fake_wechat import FakeWeChat
from tests.wechat.phone import Phone


class PhonePeer:
    """What WeChat shows as one message may be several of ours, a blank line between them."""

    def __init__(self, desk: Desk, wechat: FakeWeChat, phone: Phone) -> None:
        self._desk, self._wechat, self._phone = desk, wechat, phone
        self.contact_id = phone.contact_id

    async def write(self, text: str, number: int) -> bool:
        self._wechat.writes(self._phone.open_id)
        push = self._phone.push({"MsgType": "text", "Content": text, "MsgId": number})
        response = await self._phone.post(push)
        if response.status_code != 200:
            return False
        self._show(number, self._phone.read(response.content))
        return True

    async def write_unknown(self, number: int) -> None:
        self._show(number, await self._phone.sends("hologram", number))

    def _show(self, number: int, reply: str | None) -> None:
        """A repeated delivery shows what the first would have shown."""
        if reply is not None and number not in self._phone.replied:
            self._phone.replied.add(number)
            self._wechat.sent.append((self._phone.open_id, {"msgtype": "text", "text": {"content": reply}}))

    def heard(self) -> list[str]:
        return [part for text in self._phone.got for part in text.split("\n\n")]

    async def outage(self) -> None:
        self._wechat.fail("message/custom/send", *[-1] * 1000)

    async def recovery(self) -> None:
        self._wechat.faults.clear()
        self._desk.clock.advance(120)


@pytest.fixture
def peer(desk: Desk, wechat: FakeWeChat, ann: Phone) -> PhonePeer:
    return PhonePeer(desk, wechat, ann)


class TestWeChat(ChannelContract):
    async def test_a_long_message_arrives_whole(self, desk: Desk, peer: Peer) -> None:
        """As long as the quota allows; what is longer is gone on with when the customer writes again."""
        await peer.write("你好", 1)
        long = "\n".join(f"第{n}条：请先关闭燃气总阀，再到室外等候，等抢修人员到达。" for n in range(240))
        await post(desk, peer, Draft(Speaker.AGENT, Kind.ANSWER, long, staff_id="101"))
        assert len(peer.heard()) == 1 + 5
        await peer.write("还有吗", 2)
        await desk.gasdesk.settle()
        assert "\n".join(peer.heard()[1:]).startswith(long)
