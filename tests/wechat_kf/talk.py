"""What customer and desk of 微信客服 say to each other, as the tests look at it."""

from bot.domain.conversations import Draft, Kind, Speaker
from tests.flows.desk import Desk
from tests.flows.talk import history
from tests.wechat_kf.customer import KfCustomer


async def said(desk: Desk, ann: KfCustomer) -> list[str]:
    return [m.text for m in await history(desk, ann) if m.speaker is Speaker.CUSTOMER]


def agent(text: str) -> Draft:
    return Draft(Speaker.AGENT, Kind.ANSWER, text, staff_id="101")


async def begin(desk: Desk) -> None:
    """What gasdesk does for 微信客服 when it starts."""
    joined = desk.gasdesk.house.rooms["wechat_kf"].joined
    assert joined is not None
    await joined.loops["wechat kf start"]()
