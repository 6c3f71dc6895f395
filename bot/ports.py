"""What the core needs from the outside world. Adapters implement these; nothing here does IO."""

from collections.abc import Collection, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple, Protocol

from bot.domain.conversations import (
    Breach,
    Button,
    Collected,
    Conversation,
    Delivery,
    Draft,
    Fact,
    Message,
    Priority,
    SeenIntent,
)
from bot.domain.desk_log import Did
from bot.domain.emergencies import EmergencyKind
from bot.domain.events import Event
from bot.domain.gas import Account, Community, Outage, Reading
from bot.domain.knowledge import ArticleUse
from bot.domain.staff import Presence, Staff
from bot.domain.surveys import Survey, SurveyAnswer
from bot.domain.work_orders import NewOrder, OrderNote, Record, WorkOrder

# --- conversations ---------------------------------------------------------------------------------------------------


class NoSuchConversation(LookupError):
    """No conversation has this id."""


@dataclass(frozen=True)
class Contact:
    """A customer on one channel. `id` names the channel too ("web:9f2c…")."""

    id: str
    channel: str


class Work(Protocol):
    """One conversation, locked, in one transaction. Its timers are written with it, its events go out after it."""

    conversation: Conversation

    def change(self, **fields: Any) -> None:
        """Replace fields of the conversation."""
        ...

    def post(self, draft: Draft) -> Message:
        """Append a message with the next number and announce it."""
        ...

    def emit(self, event: Event) -> None: ...

    def note(self, what: str, text: str, staff_id: str | None = None) -> None:
        """Add a line to the timeline."""
        ...

    def log(self, did: Did, text: str, staff_id: str, about: str | None = None) -> None:
        """Add a line to the desk's log, in the same transaction."""
        ...

    def record_breach(self, breach: Breach) -> None: ...

    def record_move(self, staff_id: str) -> None:
        """The conversation goes to `staff_id`: noted beside the breach that moved it, if one did, and announced."""
        ...

    async def file(self, order: NewOrder) -> WorkOrder:
        """File a work order in the same transaction; the one there is when its subject has been filed already."""
        ...

    async def note_order(self, note: OrderNote) -> None:
        """Add a dated line to a work order, of whichever conversation, in the same transaction."""
        ...

    async def message(self, message_id: str) -> Message | None:
        """The message of this contact that has this id, from whichever conversation."""
        ...

    async def ask_survey(self, survey: Survey) -> None:
        """The customer is asked how he was served, in the same transaction."""
        ...

    async def answer_survey(self, answer: SurveyAnswer) -> Survey | None:
        """The survey this contact was sent last, answered; None: there is none, or a bare answer is not the first."""
        ...

    async def customer_wrote_after(self, seq: int) -> datetime | None:
        """When the customer's first message after number `seq` was written; None if there is none."""
        ...


class Conversations(Protocol):
    def open_for(self, contact: Contact) -> AbstractAsyncContextManager[Work]:
        """The contact's open conversation; a new one if there is none."""
        ...

    def open_latest(self, contact: Contact) -> AbstractAsyncContextManager[Work]:
        """The contact's latest conversation, open or closed. Raises NoSuchConversation if there is none."""
        ...

    def open(self, conversation_id: str) -> AbstractAsyncContextManager[Work]:
        """Raises NoSuchConversation."""
        ...

    def open_due(self, timers: "Sequence[Timer]") -> AbstractAsyncContextManager[Mapping[str, Work]]:
        """The conversations these timers belong to, in one transaction; those locked elsewhere are left for later.

        On leaving, the fired timers are gone unless the new state keeps them.
        """
        ...


@dataclass(frozen=True)
class Mark:
    """Messages to the contact up to number `seq` have at least this state."""

    contact_id: str
    seq: int
    delivery: Delivery
    #: This one message only, whatever state it had: the platform took it and could not deliver it.
    after_all: bool = False


class Transcripts(Protocol):
    """Reading, without a lock."""

    async def get(self, conversation_id: str) -> Conversation | None: ...

    async def of_contact(self, contact_id: str) -> Conversation | None:
        """The contact's latest conversation."""
        ...

    async def open_of(self, contact_ids: Collection[str]) -> list[Conversation]:
        """The open conversations of these contacts."""
        ...

    async def messages(self, conversation_id: str, after: int = 0) -> list[Message]: ...

    async def history(self, contact_id: str, after: int) -> list[Message]:
        """All messages of the contact after number `after`, over all conversations; the latest 500."""
        ...

    async def undelivered(self, contact_id: str) -> list[Message]:
        """Messages to the contact that no channel has sent."""
        ...

    async def facts(self, conversation_id: str) -> list[Fact]: ...

    async def last_messages(self, conversation_ids: Sequence[str]) -> dict[str, Message]:
        """What a person said last in each; the assistant, prompts and greetings say nothing of what is wanted."""
        ...

    async def mark_delivery(self, marks: "Sequence[Mark]") -> None: ...


class Inbox(Protocol):
    """The lists people and the queue work from."""

    async def waiting(self) -> list[Conversation]:
        """Conversations in the queue (and alarms not accepted), most urgent first."""
        ...

    async def positions(self) -> dict[str, int]:
        """Place in the queue (1 is next) of everybody who waits in it for a person on duty."""
        ...

    async def open_conversations(self) -> list[Conversation]: ...

    async def search(
        self, state: str, words: str, staff_id: str, limit: int, *, readable: bool = False
    ) -> list[Conversation]:
        """The latest in this state that hold these words; with `readable` none that cannot concern this agent."""
        ...

    async def owed_by_assistant(self) -> list[str]:
        """Ids of conversations in which the assistant owes an answer."""
        ...

    async def undelivered_contacts(self, channel: str) -> list[str]:
        """Contacts of this channel with messages that no channel has sent."""
        ...

    async def breaches(self, since: datetime) -> list[Breach]: ...


# --- timers ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Timer:
    kind: str
    #: A conversation's id, or a staff number for the kinds "seat" and "absence".
    subject: str
    due_at: datetime

    @property
    def key(self) -> str:
        return f"{self.kind}:{self.subject}"


class TimerStore(Protocol):
    async def due(self, now: datetime, limit: int, kinds: Collection[str] | None = None) -> list[Timer]:
        """What is due (of these kinds), the longest overdue first; nothing is removed."""
        ...

    async def next_due_at(self, kinds: Collection[str] | None = None) -> datetime | None: ...

    async def armed(self) -> int: ...

    async def put(self, timer: Timer) -> None:
        """For timers that belong to no conversation."""
        ...

    async def drop(self, key: str) -> None: ...


# --- people ----------------------------------------------------------------------------------------------------------


class StaffDirectory(Protocol):
    async def get(self, staff_id: str) -> Staff | None: ...

    async def all(self) -> list[Staff]:
        """Active staff with their present load."""
        ...

    async def set_presence(
        self, staff_id: str, presence: Presence, reason: str, now: datetime, absence: timedelta | None = None
    ) -> Staff:
        """`absence`: after which whoever leaves his seat has to be back; its timer is written with it."""
        ...

    async def set_seat(self, staff_id: str, capacity: int, groups: Sequence[str]) -> Staff:
        """How many conversations this person takes at a time, and of which skill groups."""
        ...

    async def note_on_desk(self, staff_id: str, on_desk: bool, now: datetime) -> None:
        """A desk page of this person is connected, or the last one has gone for good."""
        ...

    async def mark_assigned(self, staff_id: str, now: datetime) -> None: ...


class Exclusive(Protocol):
    """Only one replica at a time does what `name` says."""

    def __call__(self, name: str) -> AbstractAsyncContextManager[None]: ...


# --- the assistant ---------------------------------------------------------------------------------------------------


class AssistantDown(Exception):
    """The assistant cannot answer now (starting, dead, too slow, or its answer makes no sense)."""


@dataclass(frozen=True)
class Bubble:
    text: str
    buttons: tuple[Button, ...] = ()


@dataclass(frozen=True, kw_only=True)
class AssistantAnswer:
    bubbles: tuple[Bubble, ...] = ()
    #: The last bubble asks for something a form needs.
    asks: bool = False
    intent: SeenIntent | None = None
    #: The likeliest intents with their confidence (0 to 1), best first, never the fallback.
    guesses: tuple[tuple[str, float], ...] = ()
    #: Why a person should take over; None if none should.
    handoff: str | None = None
    handoff_priority: Priority = Priority.NORMAL
    #: The team lead is to serve it, if one is there.
    for_lead: bool = False
    emergency: EmergencyKind | None = None
    #: How likely (0 to 1) the message reports an emergency, in its eyes; None: it did not tell.
    emergency_chance: float | None = None
    #: It answers the dialogue's own question: no report, whatever its words are like.
    no_emergency: bool = False
    #: Which kind it would be, however unlikely.
    emergency_suspected: EmergencyKind | None = None
    collected: tuple[Collected, ...] = ()
    account_number: str | None = None
    account_state: str | None = None
    #: What to file with the answer; `{order_number}` in a bubble is the number of the last.
    records: tuple[Record, ...] = ()
    #: What to add to orders that are there.
    order_notes: tuple[OrderNote, ...] = ()
    #: Articles of the knowledge base that were shown or judged.
    articles: tuple[ArticleUse, ...] = ()
    #: What the customer writes to go on with the dialogue that waits for an answer; "" if none does.
    unfinished: str = ""
    #: The message answers the question of a dialogue: what its intent looked like says nothing.
    answers_question: bool = False


class Waited(NamedTuple):
    """A message that waits for the assistant together with a later one."""

    id: str
    text: str


class Assistant(Protocol):
    @property
    def ready(self) -> bool: ...

    async def reply(
        self, conversation_id: str, text: str, message_id: str, before: Sequence[Waited] = (), unfinished: str = ""
    ) -> AssistantAnswer:
        """One answer to a message and to those that waited `before` it.

        `unfinished`: what its customer writes to go on with a dialogue that was open when it was last heard of.

        The same messages may be asked about again (an answer was lost): they get the same answer.

        Raises AssistantDown.
        """
        ...


# --- the gas company's records ---------------------------------------------------------------------------------------


class BackOffice(Protocol):
    """The gas company's records. The embedded database answers for a company without a system of its own."""

    async def find_communities(self, words: str) -> list[Community]:
        """The communities that `words` mean, all equally likely ones (the caller asks which); at most 5."""
        ...

    async def community(self, community_id: str) -> Community | None: ...

    async def account(self, number: str) -> Account | None: ...

    async def find_accounts(self, address: str) -> list[Account]:
        """Accounts at the address a customer stated ("幸福小区3号楼2单元501"), all it may mean; at most 5."""
        ...

    async def outages_of(self, community_id: str) -> list[Outage]:
        """Interruptions not yet over, current ones first."""
        ...

    async def save_reading(self, reading: Reading) -> None:
        """Record a reported reading; the account's last reading follows it. The same report twice is one.

        Raises NoSuchAccount.
        """
        ...


class Casework(Protocol):
    """Files work orders."""

    async def file(self, order: NewOrder) -> WorkOrder:
        """Give the order a number and store it; the one there is when its subject has been filed already."""
        ...

    async def orders_of(self, conversation_id: str) -> list[WorkOrder]:
        """What the conversation has filed, the earliest first; so are the others."""
        ...

    async def order(self, number: str) -> WorkOrder | None: ...

    async def orders_with_phone(self, phone: str) -> list[WorkOrder]:
        """Orders on which exactly this number was left to be called."""
        ...

    async def orders_of_account(self, number: str) -> list[WorkOrder]: ...
