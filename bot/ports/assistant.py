"""The assistant: what it is asked and what it answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from bot.domain.conversations import Button, Collected, Priority, SeenIntent
from bot.domain.emergencies import EmergencyKind
from bot.domain.knowledge import ArticleUse
from bot.domain.work_orders import OrderNote, Record


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
