"""What the pages are sent: the JSON shapes of docs/protocol.md."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from bot.domain import intents
from bot.domain.conversations import Breach, Conversation, Emergency, Fact, Message, Speaker
from bot.domain.emergency_orders import LABELS
from bot.domain.linking import text_for_staff
from bot.domain.notes import Note
from bot.domain.staff import Staff
from bot.domain.work_orders import WorkOrder
from bot.ports import Timer
from bot.sla import deadlines as kinds

Json = dict[str, Any]


def moment(at: datetime | None) -> str | None:
    return None if at is None else at.strftime("%Y-%m-%dT%H:%M:%S.") + f"{at.microsecond // 1000:03}Z"


def staff(member: Staff) -> Json:
    return {
        "staff_id": member.staff_id,
        "name": member.name,
        "role": member.role.value,
        "presence": member.presence.value,
        "reason": member.reason,
        "since": moment(member.presence_since),
        "back_by": moment(member.back_by),
        "groups": list(member.groups),
        "load": member.load,
        "capacity": member.capacity,
    }


def message(m: Message) -> Json:
    return {
        "id": m.id,
        "seq": m.seq,
        "at": moment(m.at),
        "speaker": m.speaker.value,
        "kind": m.kind.value,
        "staff_id": m.staff_id,
        "text": text_for_staff(m),
        "buttons": [{"title": button.title, "payload": button.payload} for button in m.buttons],
        "delivery": m.delivery.value,
        **_attachment(m),
    }


def _attachment(m: Message) -> Json:
    if m.attachment is None:
        return {}
    address = f"/api/conversations/{m.conversation_id}/messages/{m.seq}/attachment"
    there = m.attachment.reference or m.attachment.file
    return {"attachment": m.attachment.kind.value, **({"attachment_url": address} if there else {}), **_file(m)}


def summary(
    c: Conversation, timers: Sequence[Timer], last: Message | None, position: int | None = None, group: str = ""
) -> Json:
    due = {timer.kind: moment(timer.due_at) for timer in timers}
    return {
        "id": c.id,
        "channel": c.channel,
        "customer": label(c),
        "owner": c.owner.value,
        "staff_id": c.staff_id,
        "priority": c.priority.name.lower(),
        "opened_at": moment(c.opened_at),
        "queued_at": moment(c.queued_at),
        "closed_at": moment(c.closed_at),
        "waiting_since": moment(c.waiting_since),
        "on_hold": c.on_hold,
        "position": position,
        "offline": c.offline,
        "handoff_reason": c.handoff_reason,
        "group": group,
        "breaches": c.breaches,
        "last_message": _last(last),
        "account_state": c.account_state,
        "deadlines": {
            "prompt_at": due.get(kinds.WAITING_PROMPT),
            "warn_at": due.get(kinds.AGENT_WARNING),
            "breach_at": due.get(kinds.AGENT_BREACH) or due.get(kinds.QUEUE_BREACH),
            "dispatch_at": due.get(kinds.DISPATCH_ALARM) or due.get(kinds.DISPATCH_ANYWAY),
        },
        "emergency": _emergency(c.emergency),
    }


def label(c: Conversation) -> str:
    """A name for the list that tells nothing about the person."""
    return f"访客 {c.contact_id[-4:].upper()}"


def handoff(c: Conversation) -> Json:
    return {
        "reason": c.handoff_reason,
        "collected": [{"label": item.label, "value": item.value} for item in c.collected],
        "intents": [
            {
                "name": i.name,
                "label": intents.label(i.name),
                "confidence": round(i.confidence, 3),
                "text": i.text,
            }
            for i in c.intents
        ],
        "account": {"state": c.account_state, "number": _masked(c.account_number)},
    }


def fact(f: Fact) -> Json:
    return {"at": moment(f.at), "what": f.what, "text": f.text, "staff_id": f.staff_id}


def note(n: Note) -> Json:
    return {"id": n.id, "at": moment(n.at), "staff_id": n.staff_id, "text": n.text}


def order(o: WorkOrder) -> Json:
    return {
        "number": o.number,
        "type": o.type.value,
        "handling": o.handling.value,
        "state": o.state.value,
        "grade": o.grade.value if o.grade else None,
        "summary": o.summary,
        "notes": o.notes,
        "address": o.address,
        "contact_phone": o.contact_phone,
        "contact_time": o.contact_time,
        "dispatched_at": moment(o.dispatched_at),
        "created_at": moment(o.created_at),
        "due_at": moment(o.due_at),
    }


def breach(b: Breach) -> Json:
    return {
        "conversation_id": b.conversation_id,
        "at": moment(b.at),
        "promise": b.promise,
        "staff_id": b.staff_id,
        "waited_seconds": round(b.waited_seconds, 1),
        "moved_to": b.moved_to,
    }


def to_customer(m: Message) -> Json:
    """A message as the customer's page gets it: exactly the keys the contract allows."""
    metadata: Json = {
        "id": m.id,
        "seq": m.seq,
        "at": moment(m.at),
        "speaker": m.speaker.value,
        "kind": m.kind.value,
    }
    if m.speaker is Speaker.AGENT:
        metadata["agent"] = m.staff_id
    metadata |= _file(m)
    frame: Json = {"text": m.text, "metadata": metadata}
    if m.buttons:
        frame["quick_replies"] = [
            {"content_type": "text", "title": button.title, "payload": button.payload} for button in m.buttons
        ]
    return frame


def echo(m: Message) -> Json:
    """The customer's own message, for his other pages."""
    return {"text": m.text, "metadata": {"id": m.id, "seq": m.seq, "at": moment(m.at), **_file(m)}}


def _file(m: Message) -> Json:
    """What the page has to know of a file before it fetches it."""
    if m.attachment is None or m.attachment.file is None:
        return {}
    file = m.attachment.file
    return {"file": {"kind": m.attachment.kind.value, "name": file.name, "type": file.content_type, "size": file.size}}


def said(m: Message) -> Json:
    """A message in one line of a list."""
    return {"seq": m.seq, "speaker": m.speaker.value, "text": text_for_staff(m)[:120], "at": moment(m.at)}


def _last(m: Message | None) -> Json | None:
    return None if m is None else said(m)


def _emergency(e: Emergency | None) -> Json | None:
    if e is None:
        return None
    return {
        "kind": e.kind.value,
        "label": LABELS[e.kind],
        "step": e.step.value,
        "address": e.address,
        "confirmed": e.confirmed,
        "raised_at": moment(e.raised_at),
        "accepted_by": e.accepted_by,
        "order_number": e.order_number,
        "overdue": e.overdue_alarms > 0 and e.open,
    }


def _masked(number: str | None) -> str | None:
    return number and f"****{number[-4:]}"
