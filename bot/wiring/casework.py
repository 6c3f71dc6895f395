"""Work orders after they were filed: built and connected here."""

from collections.abc import Callable
from datetime import datetime, timedelta

import socketio
import structlog
from fastapi import FastAPI

from bot.adapters.field_units import HttpFieldUnits
from bot.adapters.sql.order_papers import ORDER, ORDER_NOTICE, WEBHOOK
from bot.adapters.sql.orders import SqlOrders
from bot.adapters.sql.timers import SqlTimers
from bot.adapters.sql.transcripts import SqlTranscripts
from bot.adapters.sql.webhooks import SqlWebhooks
from bot.casework.dispatching import Dispatching
from bot.casework.field_reports import FieldReports
from bot.casework.notices import OrderNotices
from bot.casework.order_acts import OrderActs
from bot.casework.outbox import UnitOutbox
from bot.casework.reminders import Reminders
from bot.channels.auth import Auth
from bot.channels.desk_orders import DeskOrders
from bot.channels.field_api import field_routes, install_link_refusals
from bot.channels.order_pages import order_page_routes
from bot.channels.orders_api import (
    install_order_refusals,
    order_acting_routes,
    order_dispatch_routes,
    order_reading_routes,
)
from bot.clock import Clock
from bot.domain import events
from bot.domain.company import CompanyProfile
from bot.domain.order_life import Unit
from bot.domain.staff import Role
from bot.parts import Casework, Handler, Stores
from bot.ports import Timer
from bot.reactions import Reactions, Table
from bot.settings import ROOT, Settings
from bot.wiring.ids import new_id

log = structlog.get_logger()

#: A timer whose handler fails is tried again after this.
PUT_OFF = timedelta(seconds=10)


def field_units(settings: Settings) -> HttpFieldUnits:
    return HttpFieldUnits({unit: target for unit in Unit if (target := getattr(settings.webhooks, unit))})


def build_casework(
    stores: Stores,
    units: HttpFieldUnits,
    dispatching: Dispatching,
    company: CompanyProfile,
    clock: Clock,
    reactions: Reactions,
    timer_set: Callable[[datetime], None],
) -> Casework:
    timers = stores.timers
    orders = SqlOrders(
        stores.database,
        casework=stores.casework,
        clock=clock,
        remind_at=dispatching.remind_at,
        publish=reactions.publish,
        timer_set=timer_set,
    )
    notices = OrderNotices(
        orders=orders,
        conversations=stores.conversations,
        transcripts=stores.transcripts,
        timers=timers,
        company=company,
        clock=clock,
        new_id=new_id,
    )
    webhooks = SqlWebhooks(stores.database)
    outbox = UnitOutbox(webhooks=webhooks, orders=orders, units=units, company=company, clock=clock)
    reminders = Reminders(orders=orders, timers=timers, company=company, clock=clock)
    table = {ORDER: reminders.remind, ORDER_NOTICE: notices.tell, WEBHOOK: outbox.start}
    return Casework(
        orders=orders,
        webhooks=webhooks,
        units=units,
        acts=OrderActs(
            orders=orders, staff=stores.staff, dispatching=dispatching, notices=notices, company=company, clock=clock
        ),
        reports=FieldReports(orders=orders, dispatching=dispatching, notices=notices, company=company, clock=clock),
        outbox=outbox,
        timers={kind: _put_off_when_failing(handler, timers, clock) for kind, handler in table.items()},
    )


def casework_reactions(server: socketio.AsyncServer, company: CompanyProfile, clock: Clock) -> Table:
    """When this happens, do that."""
    desks = DeskOrders(server, company, clock)
    return {events.OrderChanged: [desks.show_order], events.OrderReminded: [desks.show_reminder]}


def add_casework_routes(
    api: FastAPI, auth: Auth, casework: Casework, transcripts: SqlTranscripts, company: CompanyProfile, clock: Clock
) -> None:
    install_order_refusals(api)
    install_link_refusals(api)
    api.include_router(
        order_reading_routes(
            reading=auth.requires(Role.AGENT, Role.LEAD, Role.INSPECTOR),
            orders=casework.orders,
            webhooks=casework.webhooks,
            transcripts=transcripts,
            company=company,
            clock=clock,
        )
    )
    api.include_router(
        order_acting_routes(
            serving=auth.requires(Role.AGENT, Role.LEAD),
            acts=casework.acts,
            transcripts=transcripts,
            company=company,
            clock=clock,
        )
    )
    api.include_router(
        order_dispatch_routes(
            serving=auth.requires(Role.AGENT, Role.LEAD),
            acts=casework.acts,
            outbox=casework.outbox,
            company=company,
            clock=clock,
        )
    )
    api.include_router(order_page_routes(ROOT / "web"))
    api.include_router(field_routes(reports=casework.reports, company=company))


def _put_off_when_failing(handler: Handler, timers: SqlTimers, clock: Clock) -> Handler:
    """One that fails must not hold up the others."""

    async def handle(timer: Timer) -> None:
        try:
            await handler(timer)
        except Exception:
            log.exception(
                "a timer of a work order failed", action="timer_failed", kind=timer.kind, subject=timer.subject
            )
            await timers.put(Timer(kind=timer.kind, subject=timer.subject, due_at=clock.now() + PUT_OFF))

    return handle
