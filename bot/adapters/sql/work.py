"""What is done to one conversation, gathered until it is written."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.adapters.sql import rows
from bot.adapters.sql.casework import SqlCasework
from bot.adapters.sql.surveys import answer_within, ask_within
from bot.adapters.sql.tables_chat import messages
from bot.domain.conversations import Breach, Conversation, Draft, Fact, Kind, Message, Speaker
from bot.domain.desk_log import Did, LogEntry
from bot.domain.events import Event, MessagePosted, OrderChanged
from bot.domain.surveys import Survey, SurveyAnswer
from bot.domain.work_orders import NewOrder, OrderNote, OrderState, WorkOrder
from bot.ports import Timer

# Built once: putting a statement together takes longer than running it.
_MESSAGE = select(messages).where(
    messages.c.contact_id == bindparam("the_contact"), messages.c.id == bindparam("the_id")
)
_LATEST = 12
_BEFORE = (
    select(messages)
    .where(messages.c.contact_id == bindparam("the_contact"), messages.c.seq < bindparam("the_seq"))
    .order_by(messages.c.seq.desc())
    .limit(_LATEST)
)
_NEXT_OF_CUSTOMER = (
    select(messages.c.at)
    .where(
        messages.c.contact_id == bindparam("the_contact"),
        messages.c.seq > bindparam("the_seq"),
        messages.c.speaker == Speaker.CUSTOMER.value,
        messages.c.kind.not_in([kind.value for kind in Kind if kind.settled]),
    )
    .order_by(messages.c.seq)
    .limit(1)
)


class SqlWork:
    """See ports.Work."""

    def __init__(
        self,
        connection: AsyncConnection,
        before: Conversation | None,
        now: datetime,
        new_id: Callable[[], str],
        conversation: Conversation,
        casework: SqlCasework,
        fired: Sequence[Timer] = (),
    ) -> None:
        self._connection = connection
        self._casework = casework
        self._new_id = new_id
        self._now = now
        self.before = before
        self.conversation = conversation
        self.fired = fired
        self.posted: list[Message] = []
        self.facts: list[Fact] = []
        self.breaches: list[Breach] = []
        self.logged: list[LogEntry] = []
        self.events: list[Event] = []
        self.moved_to: str | None = None

    def change(self, **fields: Any) -> None:
        self.conversation = replace(self.conversation, **fields)

    def post(self, draft: Draft) -> Message:
        seq = self.conversation.last_seq + 1
        message = Message(
            id=draft.id or self._new_id(),
            conversation_id=self.conversation.id,
            seq=seq,
            at=self._now,
            speaker=draft.speaker,
            kind=draft.kind,
            text=draft.text,
            staff_id=draft.staff_id,
            buttons=draft.buttons,
            attachment=draft.attachment,
        )
        self.posted.append(message)
        self.change(last_seq=seq, last_at=self._now)
        if draft.speaker is Speaker.CUSTOMER and not draft.kind.settled:
            self.change(customer_seq=seq)
        self.events.append(MessagePosted(self.conversation, message))
        return message

    def emit(self, event: Event) -> None:
        self.events.append(event)

    def note(self, what: str, text: str, staff_id: str | None = None) -> None:
        self.facts.append(
            Fact(conversation_id=self.conversation.id, at=self._now, what=what, text=text, staff_id=staff_id)
        )

    def log(self, did: Did, text: str, staff_id: str, about: str | None = None) -> None:
        conversation_id = self.conversation.id
        entry = LogEntry(
            at=self._now, did=did, text=text, staff_id=staff_id, about=about, conversation_id=conversation_id
        )
        self.logged.append(entry)

    def record_breach(self, breach: Breach) -> None:
        self.breaches.append(breach)

    def record_move(self, staff_id: str) -> None:
        self.moved_to = staff_id

    async def file(self, order: NewOrder) -> WorkOrder:
        filed = await self._casework.file_within(self._connection, order)
        if filed.state is OrderState.OPEN:  # what is settled in the talk is nobody's work
            self.events.append(OrderChanged(filed, self._now))
        return filed

    async def note_order(self, note: OrderNote) -> None:
        await self._casework.note_within(self._connection, note)

    async def ask_survey(self, survey: Survey) -> None:
        await ask_within(self._connection, survey)

    async def answer_survey(self, answer: SurveyAnswer) -> Survey | None:
        return await answer_within(self._connection, self.conversation.contact_id, answer, self._now)

    async def message(self, message_id: str) -> Message | None:
        for message in self.posted:
            if message.id == message_id:
                return message
        named = {"the_contact": self.conversation.contact_id, "the_id": message_id}
        row = (await self._connection.execute(_MESSAGE, named)).mappings().first()
        return rows.message(row) if row else None

    async def said_before(self, seq: int) -> list[Message]:
        named = {"the_contact": self.conversation.contact_id, "the_seq": seq}
        found = [rows.message(row) for row in (await self._connection.execute(_BEFORE, named)).mappings()]
        own = next((place for place, each in enumerate(found) if each.speaker is Speaker.CUSTOMER), len(found) - 1)
        return found[own::-1]

    async def customer_wrote_after(self, seq: int) -> datetime | None:
        if self.conversation.customer_seq <= seq:
            return None
        named = {"the_contact": self.conversation.contact_id, "the_seq": seq}
        return (await self._connection.execute(_NEXT_OF_CUSTOMER, named)).scalar()

    @property
    def touched(self) -> bool:
        """A new conversation in which nothing happened (an old message sent again) is none."""
        changed = self.before is not None and self.conversation != self.before
        return changed or bool(self.posted or self.facts or self.breaches or self.events)
