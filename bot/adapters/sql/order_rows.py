"""Work orders as rows, and back."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import RowMapping

from bot.domain.work_orders import Grade, Handling, OrderState, OrderType, Stage, Urgency, WorkOrder


def order_columns(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Fields of an order as its columns."""
    return {name: list(value) if name == "reminded" else value for name, value in fields.items()}


def order_of(row: RowMapping) -> WorkOrder:
    fields = {
        **row,
        "type": OrderType(row["type"]),
        "handling": Handling(row["handling"]),
        "state": OrderState(row["state"]),
        "grade": Grade(row["grade"]) if row["grade"] else None,
        "urgency": Urgency(row["urgency"]),
        "stage": Stage(row["stage"]),
        "reminded": tuple(row["reminded"]),
    }
    return WorkOrder(**fields)
