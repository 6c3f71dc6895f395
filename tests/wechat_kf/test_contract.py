"""微信客服 keeps the channel contract (docs/new-channel.md)."""

import pytest

from bot.domain.conversations import Draft, Kind, Speaker
from tests.flows.channel_contract import ChannelContract, Peer, notice
from tests.flows.desk import Desk
from tests.flows.talk import post
from tests.wechat_kf.customer import KfCustomer
from tests.wechat_kf.fake_kf import FakeKf


class KfPeer:
    """What 微信客服 shows as one message may be several of ours, a blank line between them.

    It has no acknowledgement but the cursor: what we have not fetched and stored stays where it is.
    """

    def __init__(self, desk: Desk, kf: FakeKf, ann: KfCustomer) -> None:
        self._desk, self._kf, self._ann = desk, kf, ann
        self.contact_id = ann.contact_id

    async def write(self, text: str, number: int) -> bool:
        await self._ann.says(text, f"msg-{number}")
        return await self._ann.dealt_with()

    async def write_unknown(self, number: int) -> None:
        await self._ann.sends("hologram", {"depth": 3}, f"msg-{number}")

    def heard(self) -> list[str]:
        return [part for text in self._ann.got for part in text.split("\n\n")]

    async def outage(self) -> None:
        self._kf.fail("kf/send_msg", *[-1] * 1000)

    async def recovery(self) -> None:
        self._kf.faults.clear()
        self._desk.clock.advance(120)


@pytest.fixture
def peer(desk: Desk, kf: FakeKf, ann: KfCustomer) -> KfPeer:
    return KfPeer(desk, kf, ann)


class TestWeChatKf(ChannelContract):
    async def test_a_long_message_arrives_whole(self, desk: Desk, peer: Peer) -> None:
        """As long as the quota allows; what is longer is gone on with when the customer writes again."""
        await peer.write("你好", 1)
        long = "\n".join(f"第{n}条：请先关闭燃气总阀，再到室外等候，等抢修人员到达。" for n in range(200))
        await post(desk, peer, Draft(Speaker.AGENT, Kind.ANSWER, long, staff_id="101"))
        assert len(peer.heard()) == 5, "the first was the assistant's"
        await peer.write("还有吗", 2)
        await desk.gasdesk.settle()
        assert "\n".join(peer.heard()[1:]).startswith(long)

    async def test_messages_arrive_in_the_order_they_were_said(self, desk: Desk, peer: Peer) -> None:
        """There is no reply in the request here: each counts, so what is said in one go goes as one."""
        desk.assistant.answers["你好"] = "好"
        await peer.write("你好", 1)
        await post(desk, peer, *(notice(f"第{n}句") for n in range(1, 8)))
        assert peer.heard() == ["好", *(f"第{n}句" for n in range(1, 8))]
