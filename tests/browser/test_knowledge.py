"""What helps with a reply: the assistant's draft, the knowledge base's suggestions and search."""

from playwright.async_api import expect

from tests.browser.marks import BROWSER_TEST
from tests.browser.service import ANSWER, QUESTION, WANTS_PERSON
from tests.browser.windows import Windows

pytestmark = BROWSER_TEST


async def test_an_agent_is_given_articles_and_puts_one_into_the_reply(windows: Windows) -> None:
    agent = await windows.staff("101")
    customer = await windows.customer()
    await customer.say("燃气软管多久换一次呀")
    await customer.hears("您说的是")
    await customer.say(WANTS_PERSON)
    await customer.hears("101号")

    # What the customer asked before he asked for a person is looked up by itself.
    panel = agent.side.get_by_label("知识库", exact=True)
    await expect(panel.get_by_role("status")).to_have_text("根据客户的话推荐")
    await expect(panel.get_by_role("listitem").first).to_contain_text("燃气软管多久换一次？")

    # By keyboard only: to the box, the words, Enter, the button, and on in the reply.
    await agent.field.fill("您好，")
    await agent.press("Alt+k")
    search = panel.get_by_role("searchbox", name="查知识库")
    await expect(search).to_be_focused()
    await agent.page.keyboard.type("报警器装多高")
    await agent.press("Enter")
    await expect(panel.get_by_role("status")).to_contain_text("找到")
    first = panel.get_by_role("listitem").first
    await expect(first).to_contain_text("燃气报警器装在哪里合适？")
    await agent.press("Tab")
    await expect(first.get_by_role("button", name="插入")).to_be_focused()
    await agent.press("Enter")
    await expect(agent.field).to_be_focused()
    answer = (
        "天然气比空气轻，报警器装在厨房高处，离顶棚0.3米以内，离灶具水平不超过8米；液化气比空气重，要装在离地0.3米以内。\n"
        "不要装在灶具正上方、门窗边或柜子里。最好选能联动切断阀的。"
    )
    await expect(agent.field).to_have_value(f"您好， {answer}")

    # It is a draft: the agent changes it, then sends it.
    await agent.press("End")
    await agent.page.keyboard.type("还有问题吗？")
    await agent.press("Enter")
    await customer.hears("还有问题吗？")

    # A new question of the customer does not disturb the agent's own search; an emptied box follows it.
    await customer.say("发票怎么开")
    await agent.says("发票怎么开")
    await expect(search).to_have_value("报警器装多高")
    await search.fill("")
    await expect(panel.get_by_role("listitem").first).to_contain_text("燃气费怎么开发票？")
    await search.fill("zzz")
    await expect(panel.get_by_role("listitem")).to_have_count(0)
    await agent.press("Escape")
    await expect(agent.field).to_be_focused()


async def test_who_only_reads_a_conversation_inserts_nothing(windows: Windows) -> None:
    lead = await windows.staff("201", presence="")
    customer = await windows.customer()
    await customer.say("燃气软管多久换一次呀")
    await lead.rows("all").first.click()
    panel = lead.side.get_by_label("知识库", exact=True)
    await expect(panel.get_by_role("listitem").first).to_contain_text("燃气软管多久换一次？")
    await expect(panel.get_by_role("button", name="插入")).to_have_count(0)


async def test_the_assistants_draft_goes_into_the_reply_box_for_the_agent_to_send(windows: Windows) -> None:
    agent = await windows.staff("101")
    customer = await windows.customer()
    await customer.say(WANTS_PERSON)
    await customer.hears("101号")
    draft = agent.side.get_by_label("助手建议", exact=True)
    await expect(draft).to_be_hidden()  # a call for a person asks nothing

    await customer.say(QUESTION)
    await expect(draft.get_by_role("status")).to_have_text("理解为“缴费方式”（93%）")
    await expect(draft).to_contain_text(ANSWER)
    await agent.field.fill("您好，")
    await agent.press("Alt+u")
    await expect(agent.field).to_have_value(f"您好， {ANSWER}")
    await agent.press("Enter")
    await customer.hears(ANSWER)

    await customer.say("那个啥")
    await expect(draft.get_by_role("status")).to_have_text("没有听懂用户这句话，请看下面的文章。")
    await expect(draft.get_by_role("button")).to_be_hidden()
