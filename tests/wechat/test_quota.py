"""How often a follower of the Official Account may be written to, and on what the messages are spent."""

import pytest

from bot.domain.conversations import Delivery
from tests.flows.desk import Desk
from tests.flows.live import eventually
from tests.flows.talk import post, timeline
from tests.wechat.fake_wechat import FakeWeChat
from tests.wechat.phone import Phone
from tests.wechat.talk import agent_says, prompt, states


async def test_an_agents_messages_are_merged_while_they_wait_and_counted(
    desk: Desk, ann: Phone, wechat: FakeWeChat
) -> None:
    await ann.says("你好")
    await post(desk, ann, agent_says("第一句"), agent_says("第二句"))
    assert ann.got == ["第一句\n\n第二句"]
    for n in range(3, 7):
        await post(desk, ann, agent_says(f"第{n}句"))
    assert len(ann.got) == 5
    assert wechat.calls.count("message/custom/send") == 5
    assert "微信只允许再发1条消息，用户再次来消息后恢复" in await timeline(desk, ann)
    assert "微信允许的条数已用完，未发出的消息在用户下次来消息时自动发送" in await timeline(desk, ann)


async def test_what_is_too_much_waits_for_the_customers_next_message(
    desk: Desk, ann: Phone, wechat: FakeWeChat
) -> None:
    await ann.says("你好")
    for n in range(1, 8):
        await post(desk, ann, agent_says(f"第{n}句"))
    assert (ann.got[-1], (await states(desk, ann))[-2:]) == ("第5句", ["pending", "pending"])
    assert wechat.calls.count("message/custom/send") == 5, "WeChat was not asked in vain"
    told = [line for line in await timeline(desk, ann) if "条数已用完" in line]
    assert len(told) == 1
    reply = await ann.says("在吗")
    assert reply == "第6句\n\n第7句"
    await desk.gasdesk.settle()
    assert ann.got[-1] == "您说的是：在吗"
    assert set(await states(desk, ann)) == {"sent"}


async def test_prompts_are_given_up_before_answers(desk: Desk, ann: Phone) -> None:
    await ann.says("你好")
    for n in range(1, 6):
        await post(desk, ann, prompt(f"请稍等{n}"))
    assert ann.got == ["请稍等1", "请稍等2", "请稍等3"]
    assert (await states(desk, ann))[-2:] == ["failed", "failed"]
    await post(desk, ann, agent_says("好了"))
    await post(desk, ann, agent_says("再见"))
    assert ann.got[-2:] == ["好了", "再见"]


async def test_after_48_hours_the_agent_is_told_that_it_will_not_arrive(
    desk: Desk, ann: Phone, wechat: FakeWeChat
) -> None:
    await ann.says("你好")
    desk.clock.advance(48 * 3600)
    await post(desk, ann, agent_says("您的发票好了"))
    assert (ann.got, (await states(desk, ann))[-1]) == ([], "failed")
    assert any("无法送达" in line for line in await timeline(desk, ann))
    assert "message/custom/send" not in wechat.calls


async def test_a_tap_counts_as_a_tap_and_opens_no_48_hours(desk: Desk, ann: Phone, wechat: FakeWeChat) -> None:
    await ann.does("CLICK", EventKey="你好")
    desk.clock.advance(59)
    await post(desk, ann, agent_says("一"))
    desk.clock.advance(1)
    await post(desk, ann, agent_says("二"))
    assert (ann.got, (await states(desk, ann))[-2:]) == (["一"], ["sent", "failed"])


@pytest.mark.parametrize(("code", "state"), [(45015, "failed"), (43004, "failed"), (45047, "pending")])
async def test_what_wechat_says_counts_more_than_what_was_counted(
    desk: Desk, ann: Phone, wechat: FakeWeChat, code: int, state: str
) -> None:
    await ann.says("你好")
    wechat.fail("message/custom/send", code)
    await post(desk, ann, agent_says("一"))
    await post(desk, ann, agent_says("二"))
    assert (await states(desk, ann))[-2:] == [state, state]
    assert wechat.calls.count("message/custom/send") == 1, "and it is not asked again"
    reply = await ann.says("在吗")
    assert reply == ("一\n\n二" if state == "pending" else "您说的是：在吗")


async def test_who_unfollows_is_not_written_to(desk: Desk, ann: Phone, wechat: FakeWeChat) -> None:
    await ann.says("你好")
    await ann.does("unsubscribe")
    await post(desk, ann, agent_says("一"))
    assert (await states(desk, ann))[-1] == "failed"
    assert "message/custom/send" not in wechat.calls


async def test_a_busy_wechat_is_asked_again_and_an_expired_token_renewed(
    desk: Desk, ann: Phone, wechat: FakeWeChat
) -> None:
    await ann.says("你好")
    wechat.fail("message/custom/send", -1, 42001)
    await post(desk, ann, agent_says("一"))
    assert ann.got == []
    desk.clock.advance(1)
    await eventually(lambda: ann.got == ["一"])
    assert (await states(desk, ann))[-1] == "sent"


async def test_a_lost_answer_is_uncertain_and_not_sent_twice(desk: Desk, ann: Phone, wechat: FakeWeChat) -> None:
    await ann.says("你好")
    wechat.fail("message/custom/send", "lost")
    await post(desk, ann, agent_says("一"))
    await post(desk, ann, agent_says("二"))
    assert ann.got == ["一", "二"]
    assert (await states(desk, ann))[-2:] == [Delivery.UNCERTAIN.value, "sent"]


async def test_a_long_answer_is_gone_on_with_and_not_begun_again(desk: Desk, ann: Phone, wechat: FakeWeChat) -> None:
    await ann.says("你好")
    long = "\n".join(f"第{n}条：请先关闭燃气总阀，再到室外等候。" for n in range(60))
    wechat.fail("message/custom/send", "none", 45011)
    await post(desk, ann, agent_says(long))
    desk.clock.advance(60)
    await eventually(lambda: len(ann.got) == 2)
    assert "\n".join(ann.got) == long
