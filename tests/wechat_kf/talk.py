"""What customer and desk of 微信客服 say to each other, as the tests look at it."""

from bot.domain.conversations import Draft, Kind, Message, Speaker
from tests.flows.desk import Desk
from tests.wechat_kf.customer import KfCustomer


async def history(desk: Desk, ann: KfCustomer) -> list[Message]:
    return await desk.gasdesk.stores.transcripts.history(ann.contact_id, 0)


async def said(desk: Desk, ann: KfCustomer) -> list[str]:
    return [m.text for m in await history(desk, ann) if m.speaker is Speaker.CUSTOMER]


async def timeline(desk: Desk, ann: KfCustomer) -> list[str]:
    conversation = await desk.gasdesk.stores.transcripts.of_contact(ann.contact_id)
    assert conversation
    return [fact.text for fact in await desk.gasdesk.stores.transcripts.facts(conversation.id)]


async def tell(desk: Desk, ann: KfCustomer, *drafts: Draft) -> None:
    conversation = await desk.gasdesk.stores.transcripts.of_contact(ann.contact_id)
    assert conversation
    async with desk.gasdesk.stores.conversations.open(conversation.id) as work:
        for draft in drafts:
            work.post(draft)
    await desk.gasdesk.settle()


def agent(text: str) -> Draft:
    return Draft(Speaker.AGENT, Kind.ANSWER, text, staff_id="101")


async def begin(desk: Desk) -> None:
    """What gasdesk does for 微信客服 when it starts."""
    joined = desk.gasdesk.house.rooms["wechat_kf"].joined
    assert joined is not None
    await joined.loops["wechat kf start"]()
