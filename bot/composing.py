"""Connects what stands around the reply box: checked drafts, canned replies, notes, closing. Part of the wiring."""

from fastapi import FastAPI

from bot.channels.auth import Auth
from bot.channels.drafts_api import draft_routes, install_draft_refusals
from bot.domain.staff import Role
from bot.gasdesk import Gasdesk
from bot.quality.draft_review import DraftReview


def add_composing_routes(api: FastAPI, gasdesk: Gasdesk, auth: Auth, review: DraftReview) -> None:
    serving = auth.requires(Role.AGENT, Role.LEAD)
    install_draft_refusals(api)
    api.include_router(draft_routes(serving=serving, review=review, transcripts=gasdesk.stores.transcripts))
