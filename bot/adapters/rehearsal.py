"""Has the written conversations with an assistant, on sample records of a small town, and tells what went otherwise."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

from rasa_sdk.executor import ActionExecutor
from ruamel.yaml import YAML

from actions.server import build_executor
from actions.testing import MORNING, MemoryBackOffice, MemoryCasework, sample_records
from bot.adapters.rasa.answers import read_answer
from bot.domain.company import CompanyProfile
from bot.domain.knowledge import KnowledgeBase
from bot.domain.work_orders import ORDER_NUMBER, Handling, OrderState, OrderType, WorkOrder
from bot.ports import Waited
from bot.training.dialogues import Conversation, Filed, problems_of

type Json = dict[str, Any]

#: Rasa's answer to a message of a conversation, and to those that waited before it.
Say = Callable[[str, str, Sequence[Waited]], Awaitable[Json]]

CONSULTED = "咨询/电话处理/已完成"


class StandingClock:
    """Implements clock.Clock: it is always ten o'clock in the morning of the sample records."""

    def now(self) -> datetime:
        return MORNING

    async def wait_until(self, moment: datetime | None, wake: asyncio.Event) -> None:
        await wake.wait()


@dataclass
class Town:
    """The company's side of one conversation: fresh records, and what the conversation left in them."""

    company: CompanyProfile
    knowledge: KnowledgeBase
    records: MemoryBackOffice = field(default_factory=sample_records)
    casework: MemoryCasework = field(default_factory=lambda: MemoryCasework(StandingClock()))

    def executor(self) -> ActionExecutor:
        return build_executor(
            back_office=self.records,
            casework=self.casework,
            company=self.company,
            clock=StandingClock(),
            knowledge=self.knowledge,
        )


def read_conversations(folder: Path) -> dict[str, Conversation]:
    """All conversations by "file: name". Raises OSError, pydantic.ValidationError, ValueError: one stands twice."""
    found = {}
    for path in sorted(folder.glob("*.yml")):
        for item in YAML(typ="safe").load(path.read_text(encoding="utf-8")):
            conversation = Conversation.model_validate(item)
            key = f"{path.stem}: {conversation.name}"
            if key in found:
                raise ValueError(f"{key} stands twice")
            found[key] = conversation
    return found


async def play(conversation: Conversation, conversation_id: str, say: Say, town: Town) -> list[str]:
    """Have the conversation: the first thing that is not as written, and the transcript so far; none if all is."""
    transcript: list[str] = []
    town.casework.orders += [_earlier(each) for each in conversation.filed]
    for turn in conversation.turns:
        *before, text = [turn.customer] if isinstance(turn.customer, str) else turn.customer
        answer = await say(conversation_id, text, [Waited(str(uuid4()), each) for each in before])
        number = await _file(answer, text, conversation_id, town)
        for reply in answer["replies"]:
            reply |= {"text": reply["text"].replace(ORDER_NUMBER, number)} if "text" in reply else {}
        transcript += [f"> {turn.customer}   [{answer['intent']['name']}]", *_lines(answer)]
        if problems := problems_of(turn, answer):
            return [*problems, "", *transcript]
    problems = _left_over(conversation, town)
    return [*problems, "", *transcript] if problems else []


def _left_over(conversation: Conversation, town: Town) -> list[str]:
    """What the conversation left in the records, where that is not as written."""
    orders = [f"{each.type}/{each.handling}/{each.state}" for each in town.casework.orders]
    if CONSULTED not in conversation.orders:
        orders = [each for each in orders if each != CONSULTED]
    readings = [each.value_m3 for each in town.records.readings]
    return [
        f"{what}: {found}, not {wanted}"
        for what, found, wanted in (
            ("orders", orders, conversation.orders),
            ("readings", readings, conversation.readings),
        )
        if found != wanted
    ]


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
