"""What is written down of what the assistant settles by itself (domain: records)."""

from actions.turns import Signal, record
from bot.domain.intents import label
from bot.domain.work_orders import Handling, OrderState, OrderType, Record

#: Steer the talk or say who is talking: no consultation.
SMALL_TALK = frozenset({"greet", "goodbye", "thank", "affirm", "deny", "ask_agent_identity", "out_of_scope"})


def consultation(
    subject: str, summary: str, *, address: str = "", account_number: str | None = None, kind: OrderType | None = None
) -> Signal:
    """咨询 / 电话处理 / 已完成 (S0 点火业务 8): once per conversation and `subject`, however often it is asked.

    Args:
        subject: what makes it the same consultation: short, for programs.
        summary: for people.
        kind: another type that the sources name for the case (S0 无气业务 5: 炉具使用问题).
    """
    return record(
        Record(
            type=kind or OrderType.CONSULTATION,
            handling=Handling.BY_DESK,
            state=OrderState.DONE,
            summary=summary,
            address=address,
            account_number=account_number,
            subject=subject,
        )
    )


def answered(intent: str) -> tuple[Signal, ...]:
    """The record of a question answered in one turn; none of small talk."""
    return () if intent in SMALL_TALK else (consultation(intent, f"咨询：{label(intent)}"),)
