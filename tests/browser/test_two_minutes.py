"""The clock at work, shortened: 45 s and 2 min become seconds."""

import itertools
import re

import pytest
from playwright.async_api import expect

from bot.domain.conversations import Kind, Message
from tests.browser.marks import BROWSER_TEST
from tests.browser.service import WANTS_PERSON, Service
from tests.browser.windows import Windows

pytestmark = BROWSER_TEST

PROMPT, WARNING, LIMIT = 2.0, 4.0, 8.0
SHORT = {"waiting_prompt_seconds": PROMPT, "agent_warning_seconds": WARNING, "reply_limit_seconds": LIMIT}
WAIT = "很抱歉，我正在与您核实相关问题，请您耐心等待，谢谢！"


def gaps(messages: list[Message]) -> list[float]:
    """Seconds from each message to the next."""
    return [(later.at - earlier.at).total_seconds() for earlier, later in itertools.pairwise(messages)]


@pytest.mark.parametrize("sla", [SHORT], indirect=True)
async def test_an_agent_who_does_not_reply_loses_the_conversation(windows: Windows, service: Service) -> None:
    slow, second = await windows.staff("101"), await windows.staff("102", presence="置忙")
    lead = await windows.staff("201", presence="")
    customer = await windows.customer()
    await customer.say(WANTS_PERSON)
    await customer.hears("101号，很高兴为您服务")
    await slow.reply("请讲。")
    await customer.hears("请讲。")
    await second.go("上线")

    await customer.say("我的燃气费怎么这么多？")
    row = slow.rows("mine")
    countdown = row.locator(".countdown")
    await expect(countdown).to_contain_text(re.compile(r"剩 \d+ 秒"))
    await expect(countdown).to_have_attribute("data-level", "normal")
    # The warning is told in words as well, and named at the top of the list.
    await expect(countdown).to_have_attribute("data-level", "warning")
    await expect(slow.page.get_by_role("button", name="1 个即将超时")).to_be_visible()
    await customer.hears(WAIT)

    await customer.hears("很抱歉，刚才没有及时回复您，现在由另一位客服人员继续为您服务")
    await customer.hears("您好，我是安居燃气客服102号，很高兴为您服务！")
    await second.says("我的燃气费怎么这么多？")
    await expect(row).to_have_count(0)
    await expect(slow.page.locator("#notices")).to_contain_text("工号 101 超时未回复")
    await expect(lead.page.locator("#notices")).to_contain_text("工号 101 超时未回复")
    await expect(lead.page.locator("#board")).to_contain_text("今日超时1")
    await expect(second.side).to_contain_text(f"未在 {LIMIT:g} 秒内回复（工号 101）")

    await second.reply("我来查一下您的用气量。")
    await customer.hears("我来查一下您的用气量。")
    await expect(second.rows("mine").locator(".countdown")).to_be_hidden()
    await prompts_came_in_time(service)


async def prompts_came_in_time(service: Service) -> None:
    """Never early, from the customer's message on, across the move from one agent to the other."""
    messages = await service.messages()
    asked = next(m for m in messages if "燃气费" in m.text)
    prompts = [m for m in messages if m.kind is Kind.WAITING_PROMPT]
    assert len(prompts) >= 2
    for number, prompt in enumerate(prompts, 1):
        assert (prompt.at - asked.at).total_seconds() >= number * PROMPT - 0.01


@pytest.mark.parametrize("sla", [{"waiting_prompt_seconds": PROMPT}], indirect=True)
async def test_prompts_come_at_every_interval_until_the_reply_and_not_after_it(
    windows: Windows, service: Service
) -> None:
    agent = await windows.staff("101")
    customer = await windows.customer()
    await customer.say(WANTS_PERSON)
    await customer.hears("101号，很高兴为您服务")
    await customer.say("在吗？")
    prompts = customer.messages.filter(has_text=WAIT)
    await expect(prompts).to_have_count(3)
    await agent.reply("在的。")
    await customer.hears("在的。")

    await customer.say("那就好。")
    await expect(prompts).to_have_count(4)
    await agent.reply("请讲。")
    await customer.hears("请讲。")
    messages = await service.messages()
    texts = [m.text for m in messages]
    assert texts[texts.index("在的。") + 1] == "那就好。", "no prompt between the reply and the next question"
    in_a_row = [m for m in messages if m.kind is Kind.WAITING_PROMPT][:3]
    assert gaps(in_a_row) == pytest.approx([PROMPT, PROMPT], abs=1.0)


@pytest.mark.parametrize("sla", [SHORT], indirect=True)
async def test_with_no_other_agent_the_lead_gets_it(windows: Windows) -> None:
    slow = await windows.staff("101")
    lead = await windows.staff("201")
    customer = await windows.customer()
    await customer.say(WANTS_PERSON)
    await customer.hears("101号")
    await customer.say("有人吗？")
    await customer.hears("您好，我是安居燃气客服201号，很高兴为您服务！")
    await lead.says("有人吗？")
    await expect(slow.rows("mine")).to_have_count(0)
    await lead.reply("我是班长，请讲。")
    await customer.hears("我是班长，请讲。")


@pytest.mark.parametrize("sla", [{"waiting_prompt_seconds": PROMPT}], indirect=True)
async def test_who_waits_in_the_queue_learns_his_place(windows: Windows) -> None:
    await windows.staff("101", presence="置忙")
    first, second = await windows.customer(), await windows.customer()
    await first.say(WANTS_PERSON)
    await expect(first.status).to_have_text("正在排队，您是下一位")
    await second.say(WANTS_PERSON)
    await second.hears("正在为您转接人工客服，您前面还有1位用户，请稍等。")
    await expect(second.status).to_have_text("正在排队，前面还有 1 位")
    await first.hears("您已排在第一位，客服人员马上为您服务")
    await second.hears("您前面还有1位用户在排队，请您耐心等待，谢谢！")
    await second.tap("取消排队")
    await second.hears("好的，已取消排队。")
    await expect(second.status).to_have_text("智能助手为您服务")
