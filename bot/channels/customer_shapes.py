"""A customer as staff see him: masked, whatever the page may ask for later (docs/protocol.md 2)."""

from decimal import Decimal
from typing import Any

from bot.channels.shapes import moment
from bot.customers.card import Card
from bot.customers.permission import is_matched
from bot.domain.conversations import Conversation
from bot.domain.customers import PersonalField, Tag, masked_end, masked_value
from bot.domain.gas import Reading
from bot.domain.notes import Note
from bot.domain.work_orders import WorkOrder

Json = dict[str, Any]


def card(found: Card) -> Json:
    c = found.conversation
    return {
        "match": {
            "state": c.account_state,
            "by": c.account_by or ("assistant" if c.account_state != "unknown" else None),
            "before": _matched_before(found.matched_before) if not is_matched(c) else None,
        },
        "account": _account(found),
        "contacts": [_contact(each, this=each == c.contact_id) for each in found.contact_ids],
        "conversations": [past(each) for each in found.conversations],
        "orders": [_order(each) for each in found.orders],
        "notes": [_note(each) for each in found.notes],
        "tags": [tag(each) for each in found.tags],
        "may_serve": found.may_serve,
    }


def past(c: Conversation) -> Json:
    """A conversation of the same customer, of whichever channel."""
    return {
        "id": c.id,
        "channel": c.channel,
        "owner": c.owner.value,
        "staff_id": c.staff_id,
        "opened_at": moment(c.opened_at),
        "closed_at": moment(c.closed_at),
        "category": c.category,
    }


def tag(t: Tag) -> Json:
    return {"text": t.text, "staff_id": t.staff_id, "at": moment(t.at)}


def _contact(contact_id: str, *, this: bool) -> Json:
    return {"channel": contact_id.partition(":")[0], "this": this}


def _matched_before(c: Conversation | None) -> Json | None:
    if c is None or c.account_number is None:
        return None
    return {"number": masked_end(c.account_number), "at": moment(c.opened_at)}


def _account(found: Card) -> Json | None:
    account = found.account
    if account is None:
        return None
    return {
        "masked": {field.value: masked_value(field, account, found.community) for field in PersonalField},
        "community": found.community.name if found.community else "",
        "customer_class": account.customer_class.value,
        "meter_kind": account.meter_kind.value,
        "contract_signed": account.contract_signed,
        "gas_on": account.gas_on,
        "direct_debit": account.direct_debit,
        "balance_yuan": f"{account.balance_yuan:.2f}",
        "arrears_since": account.arrears_since.isoformat() if account.arrears_since else None,
        "last_reading": {"value_m3": _number(account.last_reading_m3), "on": account.last_reading_on.isoformat()},
        "monthly_average_m3": _number(account.monthly_average_m3),
        "readings": [_reading(each) for each in found.readings],
    }


def _reading(r: Reading) -> Json:
    return {"value_m3": _number(r.value_m3), "at": moment(r.reported_at)}


def _order(o: WorkOrder) -> Json:
    return {
        "number": o.number,
        "type": o.type.value,
        "state": o.state.value,
        "stage": o.stage.value,
        "created_at": moment(o.created_at),
        "due_at": moment(o.due_at),
    }


def _note(n: Note) -> Json:
    return {"at": moment(n.at), "staff_id": n.staff_id, "text": n.text, "conversation_id": n.conversation_id}


def _number(value: Decimal) -> str:
    """As people write it: no trailing noughts, and exact."""
    return f"{value.normalize():f}"
