"""The JSON shapes of work orders (docs/casework.md)."""

from collections.abc import Sequence
from typing import Any

from bot.casework.ports import OrderStep, Webhook
from bot.channels.shapes import moment, order
from bot.domain.company import CompanyProfile
from bot.domain.order_drafts import OrderDraft
from bot.domain.order_life import unit_of
from bot.domain.order_reminders import due_soon_at, leaving
from bot.domain.work_orders import WorkOrder

Json = dict[str, Any]


def full_order(o: WorkOrder, company: CompanyProfile) -> Json:
    """An order with by when it must leave, and who has it."""
    leave, unit = leaving(o, company), unit_of(o)
    return {
        **order(o),
        "conversation_id": o.conversation_id,
        "stage": o.stage.value,
        "urgency": o.urgency.value,
        "account_number": o.account_number and f"****{o.account_number[-4:]}",
        "owner": o.owner,
        "assignee": o.assignee,
        "unit": getattr(company.units, unit).name if unit else None,
        "leave_by": moment(leave.at) if leave else None,
        "leave_red_at": moment(leave.red_at) if leave else None,
        "leave_why": leave.why if leave else None,
        "due_soon_at": moment(due_soon_at(o.due_at, company)) if o.due_at else None,
        "on_site_at": moment(o.on_site_at),
        "reported_at": moment(o.reported_at),
        "done_at": moment(o.done_at),
        "result": o.result,
        "answer": o.answer,
        "extension": {"until": moment(o.extension_until), "reason": o.extension_reason} if o.extension_until else None,
    }


def step(s: OrderStep) -> Json:
    return {"at": moment(s.at), "what": s.what, "text": s.text, "staff_id": s.staff_id}


def webhook(w: Webhook) -> Json:
    """Without its body: that holds a key."""
    return {
        "id": w.id,
        "number": w.number,
        "unit": w.unit.value,
        "state": w.state.value,
        "attempts": w.attempts,
        "next_at": moment(w.next_at),
        "created_at": moment(w.created_at),
        "last_error": w.last_error,
    }


def draft(d: OrderDraft) -> Json:
    return {
        "type": d.type.value,
        "handling": d.handling.value,
        "summary": d.summary,
        "address": d.address,
        "contact_phone": d.contact_phone,
        "contact_time": d.contact_time,
        "account_number": d.account_number and f"****{d.account_number[-4:]}",
    }


def for_field_worker(o: WorkOrder, company: CompanyProfile) -> Json:
    """What is needed on the way and at the door."""
    keys = ("number", "type", "stage", "urgency", "summary", "address", "contact_phone", "contact_time", "notes")
    more = ("due_at", "on_site_at", "reported_at", "result", "state", "unit")
    shown = full_order(o, company)
    return {name: shown[name] for name in (*keys, *more)} | {"hotline": company.company.hotline}


def many(orders: Sequence[WorkOrder], company: CompanyProfile) -> list[Json]:
    return [full_order(each, company) for each in orders]
