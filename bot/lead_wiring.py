"""Connects what team leads do: seats, board, whispers and broadcasts."""

import socketio
from fastapi import FastAPI

from bot.channels.auth import Auth
from bot.channels.board_api import board_routes
from bot.channels.lead_acts_api import lead_acts_routes
from bot.channels.lead_api import seat_routes
from bot.channels.lead_frames import LeadFrames
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
    api.include_router(board_routes(leading=auth.requires(Role.LEAD, Role.INSPECTOR), board=gasdesk.board))
