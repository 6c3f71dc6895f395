"""Connects what team leads do: seats, board, whispers and broadcasts."""

import uuid
from functools import partial

import socketio
from fastapi import FastAPI

from bot.adapters.sql.breach_book import SqlBreachBook
from bot.adapters.sql.log_book import SqlLogBook
from bot.adapters.sql.open_cases import open_cases
from bot.adapters.sql.shifts import SqlHandovers, SqlRoster
from bot.adapters.sql.surveys import SqlSurveys
from bot.channels.auth import Auth
from bot.channels.board_api import board_routes
from bot.channels.breach_api import BreachList, breach_routes
from bot.channels.lead_acts_api import lead_acts_routes
from bot.channels.lead_api import seat_routes
from bot.channels.lead_frames import LeadFrames
from bot.channels.log_api import log_routes
from bot.channels.shift_api import handover_routes, install_shift_refusals, roster_routes
from bot.channels.survey_api import survey_routes
from bot.desk.shift_acts import ShiftActs
from bot.domain import events
from bot.domain.company import CompanyProfile
from bot.domain.staff import Role
from bot.gasdesk import Gasdesk
from bot.ports import StaffDirectory
from bot.reactions import Table


def lead_reactions(server: socketio.AsyncServer, staff: StaffDirectory) -> Table:
    frames = LeadFrames(server, staff)
    return {events.Whispered: [frames.show_whisper], events.Broadcast: [frames.show_broadcast]}


def add_lead_routes(api: FastAPI, gasdesk: Gasdesk, auth: Auth, company: CompanyProfile) -> None:
    stores, core = gasdesk.stores, gasdesk.core
    serving, leading = auth.requires(Role.AGENT, Role.LEAD), auth.requires(Role.LEAD)
    api.include_router(
        seat_routes(
            serving=serving,
            leading=leading,
            colleague=auth.current_staff,
            seats=core.seat_acts,
            apology=core.apology,
            summaries=stores.summaries,
            company=company,
        )
    )
    api.include_router(
        lead_acts_routes(
            leading=leading,
            serving=serving,
            acts=core.lead_acts,
            log=stores.desk_log,
            summaries=stores.summaries,
            company=company,
            clock=gasdesk.clock,
        )
    )
    reading = auth.requires(Role.LEAD, Role.INSPECTOR)
    api.include_router(board_routes(leading=reading, board=gasdesk.board))
    breaches = BreachList(SqlBreachBook(stores.database), stores.transcripts, gasdesk.clock, company.company.zone)
    api.include_router(breach_routes(leading=reading, breaches=breaches))
    zone, surveys = company.company.zone, SqlSurveys(stores.database).between
    api.include_router(survey_routes(leading=reading, judged=surveys, clock=gasdesk.clock, zone=zone))
    book = SqlLogBook(stores.database)
    api.include_router(log_routes(leading=reading, book=book, clock=gasdesk.clock, zone=zone))
    _add_shift_routes(api, gasdesk, auth, company)


def _add_shift_routes(api: FastAPI, gasdesk: Gasdesk, auth: Auth, company: CompanyProfile) -> None:
    database, clock, serving = gasdesk.stores.database, gasdesk.clock, auth.requires(Role.AGENT, Role.LEAD)
    roster, book = SqlRoster(database), SqlHandovers(database)
    acts = ShiftActs(
        roster=roster,
        book=book,
        staff=gasdesk.stores.staff,
        shifts=company.staffing.shift_names,
        open_cases=partial(open_cases, database),
        clock=clock,
        new_id=lambda: str(uuid.uuid4()),
    )
    install_shift_refusals(api)
    leading = auth.requires(Role.LEAD)
    api.include_router(
        roster_routes(serving=serving, leading=leading, acts=acts, roster=roster, company=company, clock=clock)
    )
    api.include_router(handover_routes(serving=serving, acts=acts, book=book, company=company, clock=clock))
