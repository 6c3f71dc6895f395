"""Rasa's action server as a function: gasdesk's web app calls `handle` with each call that Rasa posts."""

import logging
from http import HTTPStatus
from typing import Any

from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import ActionExecutionRejection, ActionNotFoundException

from actions.accounts import OpenAccount, TransferOwnership
from actions.answers import Affirm, Answer, Deny, NotUnderstood
from actions.balance import Balance
from actions.callback import Callback
from actions.capability import Capability, Office
from actions.card_lost import CardLost
from actions.card_use import CardUse
from actions.complaint import Complaint
from actions.contact_update import ContactUpdate
from actions.dialogue import Dialogue
from actions.dispute_bill import DisputeBill
from actions.emergencies import ReportEmergency
from actions.gas_coupons import GasCoupon
from actions.gas_price import GasPrice
from actions.gas_start_up_dialogue import GasStartUp
from actions.hoses import HoseReplacement
from actions.knowledge import AfterArticle
from actions.late_fee import LateFee
from actions.meter_fault import MeterFault
from actions.meter_reading_dialogue import MeterReading
from actions.meter_test import MeterTest
from actions.no_gas import NoGas
from actions.opening_fee import OpeningFee
from actions.order_progress import OrderProgress
from actions.payments import Invoice, PayBill
from actions.persons import Praise, RequestHuman, RequestLeader
from actions.pipe_refit import PipeRefit
from actions.repair import Repair
from actions.safety_inspection import SafetyInspection
from actions.service_hours import ServiceHours
from actions.suggestion import Suggestion
from actions.supply import Coverage, Outages
from actions.turns import handoff
from actions.water_heater import WaterHeater
from bot.clock import Clock
from bot.domain.company import CompanyProfile
from bot.domain.knowledge import EMPTY, KnowledgeBase
from bot.ports import BackOffice, Casework

logger = logging.getLogger(__name__)

CAPABILITIES: tuple[type[Capability], ...] = (
    Affirm, Answer, Deny, NotUnderstood,
    Callback, Complaint, ContactUpdate, OrderProgress, Praise, RequestHuman, RequestLeader, ServiceHours,
    Suggestion,
    ReportEmergency,
    Balance, Coverage, GasStartUp, MeterReading, NoGas, Outages,
    CardLost, CardUse, HoseReplacement, MeterFault, MeterTest, PipeRefit, Repair, SafetyInspection, WaterHeater,
    DisputeBill, GasCoupon, GasPrice, Invoice, LateFee, OpenAccount, OpeningFee, PayBill, TransferOwnership,
)  # fmt: skip


def build_executor(
    *,
    back_office: BackOffice,
    casework: Casework,
    company: CompanyProfile,
    clock: Clock,
    knowledge: KnowledgeBase = EMPTY,
) -> ActionExecutor:
    """An executor that knows every action of domain.yml."""
    dialogues = [each for each in CAPABILITIES if issubclass(each, Dialogue)]
    office = Office(
        back_office=back_office,
        casework=casework,
        company=company,
        clock=clock,
        knowledge=knowledge,
        dialogues={each.go_on: each.form for each in dialogues},
        intents={each.form: each.intents for each in dialogues},
        topics={each.form: each.topic for each in dialogues if each.asks_on()},
        follow_ups={each.form: each.answers_to() for each in dialogues},
        afterthoughts={each.form: each.afterthoughts for each in dialogues},
        own_questions={each.form: each.own_questions for each in dialogues},
        kindred={each.form: each.kindred for each in dialogues},
    )
    executor = ActionExecutor()
    for capability in CAPABILITIES:
        action = capability(office)
        # An emergency is reported whatever was asked before.
        executor.register_action(action if capability is ReportEmergency else AfterArticle(action, office))
    return executor


async def handle(executor: ActionExecutor, call: dict[str, Any]) -> tuple[int, dict[str, Any]]:
    """Run the action that Rasa asks for: the HTTP status and the JSON of the answer.

    An action that fails is logged, and answered with an apology and a hand-off: the customer is never left in silence.
    """
    # Rasa 3.6 leaves the domain out when selective domain is on; rasa-sdk 3.21 would then refuse every call.
    call.setdefault("domain", {"intents": []})
    try:
        result = await executor.run(call)
    except ActionExecutionRejection as rejection:
        return HTTPStatus.BAD_REQUEST, {"error": str(rejection), "action_name": rejection.action_name}
    except ActionNotFoundException as missing:
        return HTTPStatus.NOT_FOUND, {"error": str(missing), "action_name": missing.action_name}
    except Exception:
        name, conversation = call.get("next_action"), call.get("sender_id")
        logger.exception("action %s of conversation %s failed", name, conversation)
        return HTTPStatus.OK, _apology(name)
    return HTTPStatus.OK, result.model_dump() if result else {"events": [], "responses": []}


def _apology(action: str | None) -> dict[str, Any]:
    ended = [
        {"event": "active_loop", "name": None, "timestamp": None},
        {"event": "slot", "name": "requested_slot", "value": None, "timestamp": None},
        # A form that gets no other slot would take this for "not for me", and what is said here would be lost.
        {"event": "slot", "name": "failures", "value": 0, "timestamp": None},
        {"event": "followup", "name": "action_listen", "timestamp": None},
    ]
    responses = [{"response": "utter_failed"}, {"custom": handoff(f"智能助手出错（{action}），请人工接手")}]
    return {"events": ended, "responses": responses}
