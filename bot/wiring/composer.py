"""Connects what stands around the reply box: checked drafts, suggestions, canned replies, notes, closing."""

from collections.abc import Callable

from fastapi import FastAPI

from bot.adapters.sql.composer import SqlCannedReplies
from bot.adapters.sql.surveys import SqlSurveys
from bot.channels.auth import Auth
from bot.channels.closing_api import closing_routes
from bot.channels.composer_api import canned_routes, moment_routes
from bot.channels.drafts_api import draft_routes, install_draft_refusals
from bot.channels.suggestion_api import suggestion_routes
from bot.desk.canned_replies import CannedReplies
from bot.desk.holding import Hold
from bot.desk.notes import WriteNote
from bot.desk.suggestion import SuggestReply
from bot.domain.company import CompanyProfile
from bot.domain.staff import Role
from bot.domain.wording import Wording
from bot.gasdesk import Gasdesk
from bot.quality.draft_review import DraftReview


def add_composing_routes(
    api: FastAPI,
    gasdesk: Gasdesk,
    auth: Auth,
    company: CompanyProfile,
    wording: Wording,
    review: DraftReview,
    new_id: Callable[[], str],
) -> None:
    stores, clock = gasdesk.stores, gasdesk.clock
    serving = auth.requires(Role.AGENT, Role.LEAD)
    canned = CannedReplies(
        SqlCannedReplies(stores.database),
        wording.canned_replies,
        wording=review.wording,
        clock=clock,
        new_id=new_id,
    )
    install_draft_refusals(api)
    api.include_router(
        closing_routes(
            serving=serving,
            leading=auth.requires(Role.LEAD, Role.INSPECTOR),
            surveys=SqlSurveys(stores.database).since,
            company=company,
            clock=clock,
        )
    )
    api.include_router(draft_routes(serving=serving, review=review, transcripts=stores.transcripts))
    suggest = SuggestReply(stores.transcripts, gasdesk.assistant)
    api.include_router(suggestion_routes(serving=serving, transcripts=stores.transcripts, suggest=suggest))
    api.include_router(canned_routes(serving=serving, canned=canned, company=company))
    api.include_router(
        moment_routes(
            serving=serving,
            hold=Hold(conversations=stores.conversations, company=company, clock=clock),
            write_note=WriteNote(stores.notes, stores.transcripts, clock, gasdesk.reactions.publish),
            summaries=stores.summaries,
        )
    )
