"""Connects the customer behind the conversations: card, reveal, tags, history, search."""

from datetime import timedelta

from fastapi import FastAPI

from bot.adapters.sql.archive import SqlArchive
from bot.adapters.sql.customers import SqlCustomers, SqlTags
from bot.adapters.sql.search import SqlSearch
from bot.channels.auth import Auth
from bot.channels.customer_api import customer_routes, install_customer_refusals
from bot.channels.history_api import history_routes, search_routes
from bot.clock import Clock
from bot.customers.card import Cards
from bot.customers.history import History
from bot.customers.reveal import Reveal
from bot.customers.search import Search
from bot.customers.tagging import Tagging
from bot.customers.verify import VerifyAccount
from bot.domain.company import CompanyProfile
from bot.domain.staff import Role
from bot.gasdesk import Gasdesk
from bot.parts import Stores
from bot.wiring.customers_linking import linking_of


def add_customer_routes(api: FastAPI, gasdesk: Gasdesk, auth: Auth, company: CompanyProfile) -> None:
    stores, clock = gasdesk.stores, gasdesk.clock
    customers, tags = SqlCustomers(stores.database), SqlTags(stores.database)
    install_customer_refusals(api)
    api.include_router(
        customer_routes(
            reading=auth.requires(Role.AGENT, Role.LEAD, Role.INSPECTOR),
            serving=auth.requires(Role.AGENT, Role.LEAD),
            transcripts=stores.transcripts,
            cards=Cards(customers=customers, tags=tags, accounts=stores.back_office),
            reveal=Reveal(
                customers=customers,
                accounts=stores.back_office,
                log=stores.desk_log,
                clock=clock,
                shown_for=timedelta(seconds=company.desk.reveal_seconds),
            ),
            tagging=Tagging(customers=customers, tags=tags, clock=clock),
            verify=VerifyAccount(conversations=stores.conversations, accounts=stores.back_office),
            linking=linking_of(stores, company, clock),
            summaries=stores.summaries,
            company=company,
        )
    )
    archive, history = SqlArchive(stores.database), history_of(stores, clock)
    api.include_router(
        history_routes(
            reading=auth.requires(Role.AGENT, Role.LEAD, Role.INSPECTOR),
            transcripts=stores.transcripts,
            history=history,
            summaries=stores.summaries,
        )
    )
    api.include_router(
        search_routes(
            serving=auth.requires(Role.AGENT, Role.LEAD),
            search=Search(store=SqlSearch(stores.database), accounts=stores.back_office),
            archive=archive,
            summaries=stores.summaries,
        )
    )


def history_of(stores: Stores, clock: Clock) -> History:
    return History(
        archive=SqlArchive(stores.database), customers=SqlCustomers(stores.database), log=stores.desk_log, clock=clock
    )
