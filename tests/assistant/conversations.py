"""Conversations written as YAML: what the customer types, and the facts that must, or must not, come back.

Each file of `conversations/` is a list of:

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
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import uuid4

from pydantic import BaseModel, ConfigDict, Field
from ruamel.yaml import YAML

from bot.adapters.rasa.answers import read_answer
from bot.domain.work_orders import ORDER_NUMBER, Handling, OrderState, OrderType, WorkOrder
from tests.assistant.rasa_server import Json, Rasa, Town

FOLDER = Path(__file__).parent / "conversations"
CONSULTED = "咨询/电话处理/已完成"
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


def read_conversations() -> dict[str, Conversation]:
    """All conversations by "file: name"."""
    found = {}
    for path in sorted(FOLDER.glob("*.yml")):
        for item in YAML(typ="safe").load(path.read_text(encoding="utf-8")):
            conversation = Conversation.model_validate(item)
            key = f"{path.stem}: {conversation.name}"
            assert key not in found, f"{key} stands twice"
            found[key] = conversation
    return found


async def play(conversation: Conversation, conversation_id: str, rasa: Rasa, town: Town) -> None:
    """Have the conversation; the first thing that is not as written fails, with the transcript so far."""
    transcript: list[str] = []
    town.casework.orders += [_earlier(each) for each in conversation.filed]
    for turn in conversation.turns:
        *before, text = [turn.customer] if isinstance(turn.customer, str) else turn.customer
        answer = rasa.say(conversation_id, text, before=[(str(uuid4()), each) for each in before])
        number = await _file(answer, text, conversation_id, town)
        for reply in answer["replies"]:
            reply |= {"text": reply["text"].replace(ORDER_NUMBER, number)} if "text" in reply else {}
        transcript += [f"> {turn.customer}   [{answer['intent']['name']}]", *_lines(answer)]
        problems = _problems(turn, answer)
        assert not problems, "\n".join([*problems, "", *transcript])
    orders = [f"{each.type}/{each.handling}/{each.state}" for each in town.casework.orders]
    if CONSULTED not in conversation.orders:
        orders = [each for each in orders if each != CONSULTED]
    assert orders == conversation.orders
    assert [each.value_m3 for each in town.records.readings] == conversation.readings


def _earlier(filed: Filed) -> WorkOrder:
    return WorkOrder(
        number=filed.number,
        conversation_id="earlier",
        type=OrderType.DISPATCH,
        handling=Handling.TO_REPAIR,
        state=OrderState.OPEN,
        summary="用户报修：旋钮掉了",
        address="幸福小区3号楼2单元501",
        contact_phone="13800001234",
        created_at=filed.due_at,
        due_at=filed.due_at,
    )


async def _file(answer: Json, text: str, conversation_id: str, town: Town) -> str:
    """File what the answer asks the core to file, as the core does; the last order's number."""
    number = ORDER_NUMBER
    if not answer["error"]:
        read = read_answer(json.dumps(answer).encode(), text, emergency_confidence=1)
        for record in read.records:
            number = (await town.casework.file(record.within(conversation_id))).number
        for note in read.order_notes:
            await town.casework.note(note)
    return number


def _lines(answer: Json) -> list[str]:
    return [f"    {reply.get('text') or json.dumps(reply, ensure_ascii=False)}" for reply in answer["replies"]]


def _problems(turn: Turn, answer: Json) -> list[str]:
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
