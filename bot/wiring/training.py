"""Builds the parts that retrain the assistant; wiring connects them with the rest."""

import os
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from bot.adapters.data_health import HealthProcess
from bot.adapters.example_sheets import read_sheet, write_sheet
from bot.adapters.model_shelf import ModelFolder
from bot.adapters.nlu_files import NluFiles
from bot.adapters.rasa.answers import EMERGENCY_INTENTS
from bot.adapters.rasa.in_force import put_in_force
from bot.adapters.sql.canary import SqlCanary
from bot.adapters.sql.changes import SqlChanges
from bot.adapters.sql.database import Database
from bot.adapters.sql.desk_log import SqlDeskLog
from bot.adapters.sql.releases import SqlReleases
from bot.adapters.sql.review import SqlReview
from bot.adapters.sql.review_import import SqlImports
from bot.adapters.sql.runs import SqlRuns
from bot.adapters.sql.schedule import SqlSchedule
from bot.adapters.sql.timers import SqlTimers
from bot.adapters.training_process import LocalTraining
from bot.clock import Clock
from bot.conversation.emergency_doubt import decide
from bot.conversation.emergency_screen import reports
from bot.domain import intents
from bot.domain.company import CompanyProfile
from bot.domain.knowledge import KnowledgeBase
from bot.parts import Training
from bot.ports import Exclusive, Transcripts
from bot.quality.phrases import PhraseRules
from bot.settings import ROOT, Settings
from bot.training.acts import TrainingLog
from bot.training.batches import Batches
from bot.training.canary import CanaryBook
from bot.training.change_set import EmergencyRules
from bot.training.changes import Changes
from bot.training.editing import Editing
from bot.training.exporting import Exporting
from bot.training.flagging import FlagMessages
from bot.training.importing import Importing
from bot.training.labelling import Labelling
from bot.training.nightly import Nightly
from bot.training.recorder import Parser, ReviewRecorder
from bot.training.releases import Releases
from bot.training.report import AlarmRules
from bot.training.retention import Keep, Retention
from bot.training.review import FALLBACK
from bot.training.run import TrainingProcess
from bot.training.runs import TrainingRuns
from bot.wiring.ids import new_id
from bot.wiring.texts import house, project_texts, texts_edited

#: From here on (0 to 1) an intent that reports an emergency is believed.
EMERGENCY_CONFIDENCE = 0.5
TEST_SETS = ROOT / "tests" / "nlu"


def build_training(
    settings: Settings,
    database: Database,
    *,
    transcripts: Transcripts,
    parse: Parser,
    exclusive: Exclusive,
    clock: Clock,
    timer_set: Callable[[datetime], None],
    company: CompanyProfile,
    knowledge: KnowledgeBase,
    phrases: PhraseRules,
    process: TrainingProcess | None = None,
) -> Training:
    """`process`: where training is done; on this computer unless told."""
    review = SqlReview(database, new_id)
    alarm = alarm_rules()
    files = NluFiles(settings.project_dir, TEST_SETS)
    rules = EmergencyRules(reports, decide, alarm.intents)
    texts = project_texts(settings, company)
    intents.use_own_labels(texts.own_labels())
    changes = Changes(
        store=SqlChanges(database),
        files=files,
        texts=texts,
        edited=texts_edited(texts, settings, company, knowledge),
        emergencies=rules,
        exclusive=exclusive,
        hold=partial(_hold, settings),
        clock=clock,
        new_id=new_id,
    )
    canary = SqlCanary(database)
    book = CanaryBook(canary, canary.opened_at, clock.now)
    acts = TrainingLog(SqlDeskLog(database), clock)
    runs = TrainingRuns(
        store=SqlRuns(database),
        process=process or local_training(settings, clock),
        acts=acts,
        clock=clock,
        new_id=new_id,
    )
    releases = Releases(store=SqlReleases(database), book=book, acts=acts, clock=clock, new_id=new_id)
    nightly = Nightly(
        store=SqlSchedule(database),
        acts=acts,
        timers=SqlTimers(database),
        timer_set=timer_set,
        changes=changes,
        runs=runs,
        releases=releases,
        retention=_retention(settings, database, clock),
        clock=clock,
        zone=company.company.zone,
    )
    return Training(
        review=review,
        recorder=ReviewRecorder(store=review, transcripts=transcripts, parse=parse, alarm=alarm, clock=clock),
        flags=FlagMessages(store=review, transcripts=transcripts, parse=parse, clock=clock),
        labelling=Labelling(review, clock, known_intents),
        importing=Importing(
            store=SqlImports(database, new_id), files=files, read=read_sheet, names=known_intents, clock=clock
        ),
        exporting=Exporting(files.lines, write_sheet),
        batches=Batches(review, files.known, files.stamp),
        changes=changes,
        editing=Editing(texts=texts, files=files, changes=changes, house=house(company, phrases), emergencies=rules),
        buttons=texts.buttons,
        examine=HealthProcess(ROOT, _environment(settings)),
        runs=runs,
        releases=releases,
        canary=canary,
        book=book,
        acts=acts,
        nightly=nightly,
    )


def local_training(settings: Settings, clock: Clock) -> LocalTraining:
    """Reads the same files as this process, whatever its environment says."""
    return LocalTraining(
        root=ROOT,
        folder=settings.data_dir / "training",
        models=settings.models_dir,
        environment=_environment(settings),
        clock=clock,
    )


def _environment(settings: Settings) -> dict[str, str]:
    """Of a process that reads the same files."""
    where = {
        "GASDESK_PROJECT": str(settings.project_dir),
        "GASDESK_MODELS": str(settings.models_dir),
        "GASDESK_COMPANY": str(settings.company_file),
        "GASDESK_KNOWLEDGE": str(settings.knowledge_folder),
        "GASDESK_DATABASE_URL": settings.database,
    }
    return {**os.environ, **where}


def _retention(settings: Settings, database: Database, clock: Clock) -> Retention:
    keep = Keep(settings.training.keep_models, timedelta(days=settings.training.keep_days))
    shelf = ModelFolder(settings.models_dir, settings.data_dir / "training")
    return Retention(shelf=shelf, runs=SqlRuns(database), releases=SqlReleases(database), keep=keep, clock=clock)


async def _hold(settings: Settings) -> None:
    """The live model stays in force when the examples change. Raises CannotRelease."""
    current = settings.models_dir / "current"
    if current.is_file():
        live = current.read_text(encoding="utf-8").strip()
        await put_in_force(ROOT, settings.project_dir, settings.models_dir, live)


def alarm_rules() -> AlarmRules:
    return AlarmRules(reports, decide, frozenset(EMERGENCY_INTENTS), EMERGENCY_CONFIDENCE)


def known_intents() -> list[str]:
    """What a sentence can be labelled as."""
    return [name for name in (*intents.LABELS, *intents.own_labels()) if name != FALLBACK]
