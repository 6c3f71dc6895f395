"""Connects quality inspection: the inspector's work, and what agents and leads see of it."""

import socketio
from fastapi import FastAPI

from bot.adapters.sql.inspection_cases import SqlInspectionCases
from bot.adapters.sql.inspections import SqlInspections
from bot.channels.auth import Auth
from bot.channels.inspection_api import InspectionRecord, inspection_routes, install_inspection_refusals
from bot.channels.inspection_frames import InspectionFrames
from bot.channels.inspection_results_api import inspection_result_routes
from bot.domain import events
from bot.domain.company import CompanyProfile
from bot.domain.staff import Role
from bot.gasdesk import Gasdesk
from bot.quality.inspecting import Inspecting
from bot.reactions import Table
from bot.wiring.customers import history_of
from bot.wiring.ids import new_id


def inspection_reactions(server: socketio.AsyncServer) -> Table:
    return {events.InspectionMoved: [InspectionFrames(server).show]}


def add_inspection_routes(api: FastAPI, gasdesk: Gasdesk, auth: Auth, company: CompanyProfile) -> None:
    stores, clock = gasdesk.stores, gasdesk.clock
    cases = SqlInspectionCases(stores.database, company.inspection.low_satisfaction)
    store = SqlInspections(stores.database)
    acts = Inspecting(
        cases=cases,
        store=store,
        rules=company.inspection,
        clock=clock,
        new_id=new_id,
        publish=gasdesk.reactions.publish,
    )
    show = InspectionRecord(
        cases=cases,
        store=store,
        transcripts=stores.transcripts,
        notes=stores.notes,
        casework=stores.casework,
        read=history_of(stores, clock).read,
    )
    install_inspection_refusals(api)
    api.include_router(
        inspection_result_routes(
            serving=auth.requires(Role.AGENT, Role.LEAD),
            judging=auth.requires(Role.LEAD, Role.INSPECTOR),
            acts=acts,
            store=store,
            company=company,
            clock=clock,
        )
    )
    api.include_router(
        inspection_routes(
            inspecting=auth.requires(Role.INSPECTOR),
            colleague=auth.requires(Role.AGENT, Role.LEAD, Role.INSPECTOR),
            acts=acts,
            cases=cases,
            show=show,
            company=company,
            clock=clock,
        )
    )
