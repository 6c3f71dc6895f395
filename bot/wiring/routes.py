"""Who may call what: every route of the HTTP API and the pages."""

from fastapi import FastAPI

from bot.adapters.passwords import Argon2Passwords
from bot.adapters.sql.credentials import SqlCredentials
from bot.channels.auth import Auth
from bot.channels.auth_routes import auth_routes
from bot.channels.desk_acts_api import conversation_routes, emergency_routes, install_refusals
from bot.channels.desk_api import reading_routes
from bot.channels.errors import install_error_handlers
from bot.channels.health import health_routes
from bot.channels.knowledge_api import knowledge_routes
from bot.channels.pages import page_routes
from bot.desk.sign_in import SignIn
from bot.domain.company import CompanyProfile
from bot.domain.knowledge import KnowledgeBase
from bot.domain.staff import Role
from bot.gasdesk import Gasdesk
from bot.settings import ROOT, Settings
from bot.wiring.casework import add_casework_routes
from bot.wiring.customers import add_customer_routes, history_of
from bot.wiring.inspection import add_inspection_routes
from bot.wiring.lead import add_lead_routes
from bot.wiring.reports import add_report_routes
from bot.wiring.training_routes import training_routes


def add_routes(
    api: FastAPI, gasdesk: Gasdesk, auth: Auth, company: CompanyProfile, knowledge: KnowledgeBase, settings: Settings
) -> None:
    stores, core, clock = gasdesk.stores, gasdesk.core, gasdesk.clock
    serving = auth.requires(Role.AGENT, Role.LEAD)
    sign_in = SignIn(
        credentials=SqlCredentials(stores.database),
        passwords=Argon2Passwords(),
        sessions=stores.sessions,
        clock=clock,
    )
    install_error_handlers(api)
    install_refusals(api)
    api.include_router(auth_routes(auth=auth, sign_in=sign_in, sessions=stores.sessions, clock=clock))
    api.include_router(
        reading_routes(
            reading=auth.requires(Role.AGENT, Role.LEAD, Role.INSPECTOR),
            colleague=auth.current_staff,
            leading=auth.requires(Role.LEAD, Role.INSPECTOR),
            summaries=stores.summaries,
            staff=stores.staff,
            inbox=stores.inbox,
            transcripts=stores.transcripts,
            casework=stores.casework,
            notes=stores.notes,
            clock=clock,
            watched=(core.lead_acts.watched, history_of(stores, clock).read),
        )
    )
    api.include_router(
        conversation_routes(serving=serving, acts=core.acts, seats=core.seats, summaries=stores.summaries)
    )
    add_lead_routes(api, gasdesk, auth, company)
    add_inspection_routes(api, gasdesk, auth, company)
    add_report_routes(api, gasdesk, auth, company)
    add_customer_routes(api, gasdesk, auth, company)
    api.include_router(
        knowledge_routes(
            reading=auth.requires(Role.AGENT, Role.LEAD, Role.INSPECTOR, Role.ADMIN), knowledge=knowledge, clock=clock
        )
    )
    api.include_router(emergency_routes(serving=serving, acts=core.emergency_acts, summaries=stores.summaries))
    for router in training_routes(api, gasdesk.training, auth.requires(Role.ADMIN), serving, clock):
        api.include_router(router)
    add_casework_routes(api, auth, core.casework, stores.transcripts, company, clock)
    api.include_router(health_routes(gasdesk.metrics, gasdesk.refresh_metrics, gasdesk.readiness))
    page_routes(
        api,
        ROOT / "web",
        company,
        auth.requires(Role.ADMIN, Role.LEAD),
        gasdesk.status,
        file_mb=settings.files.max_mb,
        embed_sites=settings.embed_sites,
    )
