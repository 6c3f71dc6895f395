"""The question whether there is an emergency, where neither the screen nor the assistant is sure.

It says at once what to do if there is one, costs the customer one touch, and waits for nothing: the answer to what
was written follows it. A yes, typed or touched, is an alarm.
"""

import re
from collections.abc import Sequence

from bot.domain.company import CompanyProfile, EmergencyScripts
from bot.domain.conversations import Button, Message, Speaker
from bot.domain.emergencies import EmergencyKind
from bot.ports import Bubble

_MARK = "/check/"
_YES = re.compile("(?:嗯+|对+|是|有|闻到|闻得到|确实|真)(?:的|了|啊|呀|有|是|现在|味道?|点|险情)*")


def question(company: CompanyProfile, kind: EmergencyKind, *, alone: bool) -> Bubble:
    """`alone`: nothing follows it, so that the customer may also say no."""
    say = company.emergency_scripts
    titles = (_yes(say, kind), *((say.check_nothing,) if alone else ()))
    return Bubble(company.fill(say.check), tuple(Button(title, title) for title in titles))


def message_id(asked: str, kind: EmergencyKind) -> str:
    """The id of the question about message `asked`: tells later what a yes means."""
    return f"{asked}{_MARK}{kind}"


def was_asked(lately: Sequence[Message]) -> bool:
    return any(_MARK in message.id for message in lately)


def confirmed(later: Sequence[Message], say: EmergencyScripts) -> EmergencyKind | None:
    """The emergency that the customer confirms: the question, and right behind it a yes."""
    kind: EmergencyKind | None = None
    for message in later:
        if message.speaker is Speaker.BOT:
            kind = EmergencyKind(message.id.rpartition(_MARK)[2]) if _MARK in message.id else kind
        elif kind and message.speaker is Speaker.CUSTOMER:
            said = message.text.strip().rstrip("。！!~.，,")
            return kind if said == _yes(say, kind) or _YES.fullmatch(said) else None
    return None


def _yes(say: EmergencyScripts, kind: EmergencyKind) -> str:
    if kind is EmergencyKind.FIRE:
        return say.check_fire
    return say.check_poisoning if kind is EmergencyKind.CARBON_MONOXIDE else say.check_leak
