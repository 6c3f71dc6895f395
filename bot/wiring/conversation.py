"""Builds the room of conversations: messages come in, the assistant answers, answers go out."""

from collections.abc import Mapping

from bot.channel import Channel
from bot.clock import Clock
from bot.conversation.deliver import Outbox
from bot.conversation.emergency import EmergencyFlow
from bot.conversation.fitting import FitToChannel, Link
from bot.conversation.give_answer import GiveAnswer
from bot.conversation.handoff import Handoff
from bot.conversation.receive import ReceiveMessage
from bot.conversation.survey import SurveyAnswers
from bot.conversation.take_turn import TakeTurn
from bot.conversation.turns import Turns
from bot.conversation.undelivered import NoteUndelivered
from bot.domain.company import CompanyProfile
from bot.metrics import Metrics
from bot.parts import Stores
from bot.ports import Assistant
from bot.sla.limits import Limits
from bot.wiring.customers_linking import linking_of


def build_talk(
    stores: Stores,
    company: CompanyProfile,
    assistant: Assistant,
    clock: Clock,
    limits: Limits,
    metrics: Metrics,
    emergencies: EmergencyFlow,
    handoff: Handoff,
) -> tuple[ReceiveMessage, Turns]:
    """What customers write comes in; the assistant answers it, a turn at a time."""
    receive = ReceiveMessage(
        conversations=stores.conversations,
        clock=clock,
        emergencies=emergencies,
        at_once=(SurveyAnswers(stores.conversations, company), linking_of(stores, company, clock)),
        handoff=handoff,
        assistant=assistant,
        turn=limits.turn,
        metrics=metrics,
    )
    give = GiveAnswer(
        conversations=stores.conversations,
        inbox=stores.inbox,
        staff=stores.staff,
        clock=clock,
        emergencies=emergencies,
        handoff=handoff,
        company=company,
        turn=limits.turn,
        waiting_prompt=limits.waiting_prompt,
    )
    take_turn = TakeTurn(
        conversations=stores.conversations,
        transcripts=stores.transcripts,
        assistant=assistant,
        clock=clock,
        emergencies=emergencies,
        company=company,
        give=give,
        metrics=metrics,
    )
    return receive, Turns(take_turn, stores.inbox)


def build_outbox(
    stores: Stores, company: CompanyProfile, clock: Clock, channels: Mapping[str, Channel], link: Link
) -> Outbox:
    return Outbox(
        channels,
        transcripts=stores.transcripts,
        inbox=stores.inbox,
        clock=clock,
        leases=stores.leases,
        fit=FitToChannel(link, company),
        lost=NoteUndelivered(stores.conversations),
    )
