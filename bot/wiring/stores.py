"""What is kept, and the ways to it."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

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
from bot.adapters.sql.sessions import SqlSessions
from bot.adapters.sql.staff import SqlStaff
from bot.adapters.sql.timers import SqlTimers
from bot.adapters.sql.transcripts import SqlTranscripts
from bot.casework.dispatching import Dispatching
from bot.channels.desk_summaries import Summaries
from bot.clock import Clock
from bot.domain.company import CompanyProfile
from bot.parts import Stores
from bot.reactions import Reactions
from bot.settings import Settings
from bot.sla.deadlines import deadlines
from bot.sla.limits import Limits
from bot.wiring.ids import new_id


def build_stores(
    settings: Settings,
    company: CompanyProfile,
    clock: Clock,
    limits: Limits,
    reactions: Reactions,
    timer_set: Callable[..., None],
    dispatching: Dispatching,
) -> Stores:
    database = Database.connect(settings.database)
    inbox, transcripts = SqlInbox(database), SqlTranscripts(database)
    casework = SqlCasework(database, clock, company, dispatching.beside)
    due = partial(deadlines, limits=limits)
    return Stores(
        database=database,
        conversations=SqlConversations(
            database,
            clock=clock,
            new_id=new_id,
            deadlines=due,
            publish=reactions.publish,
            timer_set=timer_set,
            casework=casework,
        ),
        deadlines=due,
        inbox=inbox,
        transcripts=transcripts,
        summaries=Summaries(
            inbox=inbox,
            transcripts=transcripts,
            deadlines=due,
            clock=clock,
            groups=company.staffing.skill_groups,
        ),
        staff=SqlStaff(database),
        desk_log=SqlDeskLog(database),
        board=SqlBoard(database, timedelta(seconds=company.sla.first_reply_seconds), limits.reply),
        notes=SqlNotes(database),
        sessions=SqlSessions(database),
        casework=casework,
        back_office=SqlBackOffice(database, clock, company.company.zone),
        timers=SqlTimers(database),
        exclusive=SqlExclusive(database),
        leases=SqlLeases(database, clock, holder=new_id()),
    )
