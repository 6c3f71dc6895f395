"""A model on its way into service, and back: its states, who keeps them, who runs the models."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from bot.training.canary import Canary
from bot.training.shares import WHOLE


class ReleaseState(StrEnum):
    REQUESTED = "requested"
    #: A second Rasa is being started on it; the old one answers.
    STARTING = "starting"
    #: It answers its share of the new conversations; the old one all others.
    CANARY = "canary"
    #: Of a canary: asked to get everything, or nothing.
    PROMOTING = "promoting"
    WITHDRAWING = "withdrawing"
    LIVE = "live"
    WITHDRAWN = "withdrawn"
    FAILED = "failed"


UNDER_WAY = (
    ReleaseState.REQUESTED,
    ReleaseState.STARTING,
    ReleaseState.CANARY,
    ReleaseState.PROMOTING,
    ReleaseState.WITHDRAWING,
)


@dataclass(frozen=True, kw_only=True)
class Release:
    id: str
    state: ReleaseState = ReleaseState.REQUESTED
    model: str
    #: The model it replaces, to which a roll back returns.
    before: str
    run_id: str | None = None
    rollback: bool = False
    #: Percent of the new conversations; less than 100: it is tried first.
    share: int = WHOLE
    #: Since when it has been tried: conversations opened earlier stay with the old one.
    canary_at: datetime | None = None
    staff_id: str
    reason: str
    at: datetime
    #: Who decided how its trial ends, and why.
    ended_by: str | None = None
    end_reason: str = ""
    ended_at: datetime | None = None
    #: Chinese: why it failed.
    problem: str = ""


class ReleaseRefused(Exception):
    """The text (Chinese) says why and what to do."""


class CannotRelease(Exception):
    """The new model could not be started; the old one still answers. The text (Chinese) says why."""


class ModelHouse(Protocol):
    """Runs the models."""

    def live(self) -> str:
        """File name of the model that answers."""
        ...

    def on_trial(self) -> str:
        """File name of the model that answers a share; "" if there is none."""
        ...

    async def bring_up(self, model: str) -> None:
        """Start and warm up a second Rasa on the model. Raises CannotRelease; then nothing has changed."""
        ...

    async def switch(self) -> None:
        """From now on what was brought up answers, also after a restart; dialogues under way end on the old one."""
        ...

    def begin_trial(self, canary: Canary) -> None:
        """What was brought up answers the conversations that `canary` chooses."""
        ...

    def end_trial(self) -> None:
        """The live one answers everybody again; dialogues under way end on the other."""
        ...


class ReleaseStore(Protocol):
    async def begin(self, release: Release) -> Release | None:
        """Keep the new release; the one that is under way instead, if there is one."""
        ...

    async def set_state(self, release_id: str, state: ReleaseState, now: datetime, problem: str = "") -> None: ...

    async def decide(self, release_id: str, state: ReleaseState, staff_id: str, reason: str) -> bool:
        """How the trial ends; False if it is not on (any more)."""
        ...

    async def all(self, limit: int) -> list[Release]:
        """The latest first."""
        ...
