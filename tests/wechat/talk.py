"""What gasdesk says to a follower of the Official Account, and what became of it."""

from bot.domain.conversations import Button, Draft, Kind, Speaker
from tests.flows.desk import Desk
from tests.flows.talk import history
from tests.wechat.phone import Phone


async def states(desk: Desk, phone: Phone) -> list[str]:
    await desk.gasdesk.settle()
    return [m.delivery.value for m in await history(desk, phone) if m.speaker is not Speaker.CUSTOMER]


def agent_says(text: str, *buttons: Button) -> Draft:
    return Draft(Speaker.AGENT, Kind.ANSWER, text, buttons, staff_id="101")


def prompt(text: str) -> Draft:
    return Draft(Speaker.SYSTEM, Kind.WAITING_PROMPT, text)
