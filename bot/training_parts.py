"""Builds the parts that retrain the assistant; wiring connects them with the rest."""

from collections.abc import Callable
from dataclasses import dataclass

from fastapi import APIRouter, FastAPI

from bot.adapters.rasa.answers import EMERGENCY_INTENTS
from bot.adapters.sql.database import Database
from bot.adapters.sql.review import SqlReview
from bot.channels.auth import Dependency
from bot.channels.review_api import install_review_refusals, review_routes
from bot.clock import Clock
from bot.conversation.emergency_doubt import decide
from bot.conversation.emergency_screen import reports
from bot.domain import intents
from bot.ports import Transcripts
from bot.training.labelling import Labelling
from bot.training.recorder import Parser, ReviewRecorder
from bot.training.report import AlarmRules
from bot.training.review import FALLBACK

#: From here on (0 to 1) an intent that reports an emergency is believed.
EMERGENCY_CONFIDENCE = 0.5


@dataclass(frozen=True, kw_only=True)
class Training:
    recorder: ReviewRecorder
    labelling: Labelling


def build_training(
    database: Database, *, transcripts: Transcripts, parse: Parser, clock: Clock, new_id: Callable[[], str]
) -> Training:
    review = SqlReview(database, new_id)
    alarm = AlarmRules(reports, decide, frozenset(EMERGENCY_INTENTS), EMERGENCY_CONFIDENCE)
    return Training(
        recorder=ReviewRecorder(store=review, transcripts=transcripts, parse=parse, alarm=alarm, clock=clock),
        labelling=Labelling(review, clock, known_intents()),
    )


def training_routes(api: FastAPI, training: Training, managing: Dependency) -> list[APIRouter]:
    install_review_refusals(api)
    return [review_routes(managing=managing, labelling=training.labelling, known_intents=known_intents())]


def known_intents() -> list[str]:
    """What a sentence can be labelled as."""
    return [name for name in intents.LABELS if name != FALLBACK]
