"""Conversations and messages as rows, and back."""

from collections.abc import Mapping
from dataclasses import asdict, fields
from datetime import datetime
from typing import Any

from sqlalchemy import RowMapping

from bot.domain.conversations import (
    Attachment,
    AttachmentKind,
    Button,
    Collected,
    Conversation,
    Delivery,
    Emergency,
    EmergencyStep,
    Kind,
    Message,
    Owner,
    Priority,
    SeenIntent,
    Speaker,
)
from bot.domain.emergencies import EmergencyKind
from bot.domain.files import StoredFile

_FIELDS = tuple(field.name for field in fields(Conversation))


def changed_columns(before: Conversation | None, after: Conversation) -> dict[str, Any]:
    """The columns in which `after` differs; all of them for a new conversation."""
    return {
        name: _column(name, getattr(after, name))
        for name in _FIELDS
        if before is None or getattr(before, name) != getattr(after, name)
    }


def conversation(row: RowMapping) -> Conversation:
    values: dict[str, Any] = {str(name): value for name, value in row.items()}
    values["owner"] = Owner(values["owner"])
    values["priority"] = Priority(values["priority"])
    values["lapsed"] = tuple(values["lapsed"])
    values["emergency"] = _emergency(values["emergency"])
    values["collected"] = tuple(Collected(**item) for item in values["collected"])
    values["intents"] = tuple(SeenIntent(**item) for item in values["intents"])
    return Conversation(**values)


def message_row(contact_id: str, message: Message) -> dict[str, Any]:
    return {
        "contact_id": contact_id,
        "seq": message.seq,
        "id": message.id,
        "conversation_id": message.conversation_id,
        "at": message.at,
        "speaker": message.speaker.value,
        "kind": message.kind.value,
        "text": message.text,
        "staff_id": message.staff_id,
        "buttons": [asdict(button) for button in message.buttons],
        "delivery": message.delivery.value,
        "attachment": asdict(message.attachment) if message.attachment else None,
    }


def message(row: RowMapping) -> Message:
    return Message(
        id=row["id"],
        conversation_id=row["conversation_id"],
        seq=row["seq"],
        at=row["at"],
        speaker=Speaker(row["speaker"]),
        kind=Kind(row["kind"]),
        text=row["text"],
        staff_id=row["staff_id"],
        buttons=tuple(Button(**button) for button in row["buttons"]),
        delivery=Delivery(row["delivery"]),
        attachment=_attachment(row["attachment"]),
    )


def _column(name: str, value: Any) -> Any:
    if name in ("collected", "intents"):
        return [asdict(item) for item in value]
    if name == "lapsed":
        return list(value)
    if name == "emergency" and value is not None:
        return {key: _plain(item) for key, item in asdict(value).items()}
    return getattr(value, "value", value)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else getattr(value, "value", value)


def _attachment(value: Mapping[str, Any] | None) -> Attachment | None:
    if value is None:
        return None
    file = value.get("file")
    kept = StoredFile(**file) if file else None
    return Attachment(**{**value, "kind": AttachmentKind(value["kind"]), "file": kept})


def _emergency(value: Mapping[str, Any] | None) -> Emergency | None:
    if value is None:
        return None
    known = dict(value)
    known["kind"] = EmergencyKind(known["kind"])
    known["step"] = EmergencyStep(known["step"])
    for name in ("raised_at", "located_at", "instructed_at"):
        known[name] = datetime.fromisoformat(known[name]) if known.get(name) else None
    return Emergency(**known)
