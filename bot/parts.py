"""What the whole consists of: stores, use cases, and the loops that keep them going. Built by `bot/wiring/`."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass

import structlog

from bot.adapters.data_health import HealthProcess
from bot.adapters.field_units import HttpFieldUnits
from bot.adapters.sql.back_office import SqlBackOffice
from bot.adapters.sql.board import SqlBoard
from bot.adapters.sql.casework import SqlCasework
from bot.adapters.sql.composer import SqlNotes
from bot.adapters.sql.conversations import SqlConversations
from bot.adapters.sql.database import Database
from bot.adapters.sql.desk_log import SqlDeskLog
from bot.adapters.sql.exclusive import SqlExclusive
from bot.adapters.sql.inbox import SqlInbox
from bot.adapters.sql.leases import SqlLeases
from bot.adapters.sql.orders import SqlOrders
from bot.adapters.sql.review import SqlReview
from bot.adapters.sql.sessions import SqlSessions
from bot.adapters.sql.staff import SqlStaff
from bot.adapters.sql.timers import SqlTimers
from bot.adapters.sql.transcripts import SqlTranscripts
from bot.adapters.sql.webhooks import SqlWebhooks
from bot.casework.field_reports import FieldReports
from bot.casework.order_acts import OrderActs
from bot.casework.outbox import UnitOutbox
from bot.channels.desk_summaries import Summaries
from bot.conversation.deliver import Outbox
from bot.conversation.leases import ReplicaWatch
from bot.conversation.receive import ReceiveMessage
from bot.conversation.take_in import TakeIn
from bot.conversation.turns import Turns
from bot.desk.agent_acts import AgentActs
from bot.desk.apology import Apology
from bot.desk.emergency_acts import EmergencyActs
from bot.desk.lead_acts import LeadActs
from bot.desk.presence import Seats
from bot.desk.queue import QueueKeeper
from bot.desk.seat_acts import SeatActs
from bot.domain.conversations import Conversation
from bot.files.platform_media import PlatformMedia
from bot.files.shelf import FileShelf
from bot.files.take_file import TakeFile
from bot.ports import Timer
from bot.timers import Timers
from bot.training.acts import TrainingLog
from bot.training.batches import Batches
from bot.training.canary import AnswerStore, CanaryBook
from bot.training.changes import Changes
from bot.training.editing import Editing
from bot.training.exporting import Exporting
from bot.training.flagging import FlagMessages
from bot.training.importing import Importing
from bot.training.labelling import Labelling
from bot.training.nightly import Nightly
from bot.training.recorder import ReviewRecorder
from bot.training.releases import Releases
from bot.training.runs import TrainingRuns

log = structlog.get_logger()

Handler = Callable[[Timer], Awaitable[None]]


@dataclass(frozen=True, kw_only=True)
class Casework:
    """The room's use cases and what they keep."""

    orders: SqlOrders
    webhooks: SqlWebhooks
    units: HttpFieldUnits
    acts: OrderActs
    reports: FieldReports
    outbox: UnitOutbox
    #: By kind of timer.
    timers: Mapping[str, Handler]

    async def close(self) -> None:
        await self.outbox.close()
        await self.units.close()


@dataclass(frozen=True, kw_only=True)
class Training:
    review: SqlReview
    recorder: ReviewRecorder
    flags: FlagMessages
    labelling: Labelling
    batches: Batches
    importing: Importing
    exporting: Exporting
    changes: Changes
    editing: Editing
    #: The titles of the buttons below a response.
    buttons: Callable[[str], list[str]]
    #: All examples, in a process of its own.
    examine: HealthProcess
    runs: TrainingRuns
    releases: Releases
    canary: AnswerStore
    book: CanaryBook
    acts: TrainingLog
    nightly: Nightly

    async def recover(self) -> None:
        """Finish what an earlier run left in the middle, or tell the truth about it."""
        for recover in (self.changes.recover, self.runs.recover, self.nightly.recover):
            try:
                await recover()
            except Exception:  # customers are served, whatever became of the examples
                log.exception("an earlier training could not be taken up", action="training_recover_failed")

    async def close(self) -> None:
        await self.recorder.settle()
        await self.flags.settle()
        await self.book.settle()
        await self.runs.close()
        await self.nightly.settle()


@dataclass(frozen=True, kw_only=True)
class Files:
    """Files that customers and agents send: the way in, and the way out."""

    take: TakeFile
    shelf: FileShelf
    #: What platforms keep.
    media: PlatformMedia


@dataclass(frozen=True, kw_only=True)
class Stores:
    """What is kept, and the ways to it."""

    database: Database
    conversations: SqlConversations
    deadlines: Callable[[Conversation], Sequence[Timer]]
    inbox: SqlInbox
    transcripts: SqlTranscripts
    summaries: Summaries
    staff: SqlStaff
    desk_log: SqlDeskLog
    board: SqlBoard
    notes: SqlNotes
    sessions: SqlSessions
    casework: SqlCasework
    back_office: SqlBackOffice
    timers: SqlTimers
    exclusive: SqlExclusive
    leases: SqlLeases


@dataclass(frozen=True, kw_only=True)
class Core:
    """What is done: the rooms' use cases and the loops that keep them going."""

    receive: ReceiveMessage
    take_in: TakeIn
    turns: Turns
    outbox: Outbox
    replicas: ReplicaWatch
    acts: AgentActs
    emergency_acts: EmergencyActs
    apology: Apology
    seats: Seats
    seat_acts: SeatActs
    lead_acts: LeadActs
    queue: QueueKeeper
    timers: Timers
    casework: Casework
