"""Connects what administrators do to retrain the assistant, and what staff flag for it, with the API."""

from fastapi import APIRouter, FastAPI

from bot.channels.auth import Dependency
from bot.channels.changes_api import changes_routes, install_change_refusals
from bot.channels.data_health_api import health_routes
from bot.channels.exchange_api import exchange_routes, install_exchange_refusals
from bot.channels.flag_api import flag_routes, install_flag_refusals
from bot.channels.models_api import install_model_refusals, models_routes
from bot.channels.releases_api import releases_routes
from bot.channels.review_api import decision_routes, install_review_refusals, review_routes
from bot.channels.schedule_api import schedule_routes
from bot.channels.texts_api import install_text_refusals, texts_routes
from bot.clock import Clock
from bot.parts import Training
from bot.wiring.training import known_intents


def training_routes(
    api: FastAPI, training: Training, managing: Dependency, serving: Dependency, clock: Clock
) -> list[APIRouter]:
    install_review_refusals(api)
    install_flag_refusals(api)
    install_text_refusals(api)
    install_exchange_refusals(api)
    install_change_refusals(api)
    install_model_refusals(api)
    return [
        models_routes(managing=managing, runs=training.runs),
        releases_routes(managing=managing, runs=training.runs, releases=training.releases, canary=training.canary),
        schedule_routes(managing=managing, nightly=training.nightly, acts=training.acts, clock=clock),
        changes_routes(managing=managing, changes=training.changes),
        review_routes(
            managing=managing,
            labelling=training.labelling,
            batches=training.batches,
            known_intents=known_intents,
            clock=clock,
        ),
        decision_routes(managing=managing, labelling=training.labelling),
        exchange_routes(managing=managing, importing=training.importing, exporting=training.exporting),
        health_routes(managing=managing, examine=training.examine),
        texts_routes(managing=managing, editing=training.editing, buttons=training.buttons),
        flag_routes(serving=serving, flags=training.flags),
    ]
