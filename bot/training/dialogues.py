"""Conversations that must go as they are written: what the customer says, and the facts that must, or must not, follow.

A file of them is a list of:

    name: what it shows
    turns:
      - customer: 我要报数          # typed, or sent by a button; a list: messages that waited and are answered together
        expect: [户号, 小区]        # regular expressions, each found in the replies to this turn
        not: [张三]                 # none of these
        buttons: [继续报数]         # payloads offered in this turn, among others
        signals: {handoff: 人工}    # what goes to the core: a key, and a regular expression on its content
        asks: reading_account       # the slot asked for next; null when no dialogue goes on
    orders: [报数/电话处理/已完成]  # work orders filed in the whole conversation, in order; none unless written.
                                    # Settled consultations (咨询/电话处理/已完成) count where at least one is written.
    readings: [1235]                # readings recorded, m³; none unless written
    filed: [{number, due_at}]       # repairs filed in earlier conversations, 13800001234 left to be called
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from bot.training.comparison import LISTED, Gate

type Json = Mapping[str, Any]

NO_DIALOGUE = "nobody asks"


class Spec(BaseModel):
    model_config = ConfigDict(extra="forbid", coerce_numbers_to_str=True)


class Turn(Spec):
    customer: str | list[str]
    expect: list[str] = []
    not_: list[str] = Field([], alias="not")
    buttons: list[str] = []
    signals: dict[str, str] = {}
    asks: str | None = NO_DIALOGUE


class Filed(Spec):
    number: str
    due_at: datetime


class Conversation(Spec):
    name: str
    turns: list[Turn]
    orders: list[str] = []
    readings: list[Decimal] = []
    filed: list[Filed] = []


@dataclass(frozen=True)
class Rehearsed:
    """A conversation had with a model. `problems`: what was not as written, and the transcript; none if all was."""

    name: str
    problems: tuple[str, ...]


def problems_of(turn: Turn, answer: Json) -> list[str]:
    """What is not as written in Rasa's answer (assistant/README.md) to this turn."""
    said = "\n".join(reply.get("text", "") for reply in answer["replies"])
    buttons = [button["payload"] for reply in answer["replies"] for button in reply.get("buttons", [])]
    signals: dict[str, Any] = {}
    for reply in answer["replies"]:
        signals |= reply.get("custom", {})
    problems = [f"not said: {fact}" for fact in turn.expect if not re.search(fact, said)]
    problems += [f"said: {fact}" for fact in turn.not_ if re.search(fact, said)]
    problems += [f"no button: {each}" for each in turn.buttons if each not in buttons]
    problems += [f"no signal {key}: {value}" for key, value in turn.signals.items() if not _holds(signals, key, value)]
    problems += [
        f"hands over: {signals[key]}" for key in ("handoff", "emergency") if key in signals.keys() - turn.signals
    ]
    if turn.asks != NO_DIALOGUE and turn.asks != answer["requested_slot"]:
        problems.append(f"asks for {answer['requested_slot']}, not {turn.asks}")
    if answer["error"]:
        problems.append(f"error: {answer['error']}")
    if not said and "emergency" not in signals:
        problems.append("silence")
    return problems + [f"unfilled: {name}" for name in re.findall(r"{\w+}", said)]


def _holds(signals: dict[str, Any], key: str, expected: str) -> bool:
    return key in signals and re.search(expected, json.dumps(signals[key], ensure_ascii=False)) is not None


def dialogue_gates(of: int, failed: Sequence[Rehearsed], failed_live: Sequence[str]) -> tuple[Gate, Gate]:
    """`failed` with the candidate; `failed_live`: the names of those that fail with the live model too.

    What the candidate breaks holds it back for good. What was broken before (the company's own prices, say, where the
    test has the shipped ones) is none of its doing, but is explained.
    """
    broken = [one for one in failed if one.name not in failed_live]
    before = [one for one in failed if one.name in failed_live]
    return (
        Gate(
            "dialogues",
            not broken,
            True,
            f"对话测试：{of} 段对话，新模型走不通 {len(failed)} 段，其中现在的模型走得通的 {len(broken)} 段。",
            tuple(_told(one) for one in broken[:LISTED]),
        ),
        Gate(
            "dialogues_before",
            not before,
            False,
            f"对话测试：现在的模型也走不通的 {len(before)} 段。",
            tuple(_told(one) for one in before[:LISTED]),
        ),
    )


def _told(one: Rehearsed) -> str:
    return f"{one.name}：{one.problems[0]}"
