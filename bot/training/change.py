"""A change of what the assistant learns from: its states, who keeps it, and the files that it changes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from bot.training.change_set import Addition, Finding, Level
from bot.training.edits import Edit
from bot.training.judged import Labelled


class ChangeState(StrEnum):
    #: On its way into the files; a crash there is finished at the next start.
    APPLYING = "applying"
    APPLIED = "applied"
    REVERTING = "reverting"
    REVERTED = "reverted"


@dataclass(frozen=True, kw_only=True)
class Change:
    id: str
    state: ChangeState
    additions: tuple[Addition, ...]
    diff: str
    staff_id: str
    at: datetime
    #: What else is changed.
    edits: tuple[Edit, ...] = ()
    #: Why it was written in spite of a finding.
    reason: str = ""
    reverted_by: str | None = None
    reverted_at: datetime | None = None


@dataclass(frozen=True)
class Preview:
    """What would be written."""

    additions: tuple[Addition, ...]
    findings: tuple[Finding, ...]
    diff: str
    #: Names exactly this; applying names what was seen.
    token: str

    @property
    def stopped(self) -> list[Finding]:
        return [finding for finding in self.findings if finding.level is Level.STOP]

    @property
    def needs_reason(self) -> bool:
        return any(finding.level is Level.REASON for finding in self.findings)


class ChangeRefused(Exception):
    """The change set is not written; the text (Chinese) says why and what to do."""

    def __init__(self, words: str, findings: Sequence[Finding] = ()) -> None:
        super().__init__(words)
        self.findings = tuple(findings)


class NoSuchChange(LookupError):
    """There is no change set with this id."""


class ExampleFiles(Protocol):
    """Rasa's files of examples. Raises OSError or ValueError with the file's name."""

    async def known(self) -> list[Labelled]: ...

    async def tried(self) -> list[Labelled]:
        """The sentences of all test sets."""
        ...

    async def stamp(self) -> str:
        """Changes whenever one of the files, or of the test sets, does."""
        ...

    async def diff(self, additions: Sequence[Addition]) -> str: ...

    async def write(self, additions: Sequence[Addition]) -> None:
        """Each file is seen as it was or as it is to be; again is harmless."""
        ...

    async def remove(self, additions: Sequence[Addition]) -> None: ...


class ChangeStore(Protocol):
    async def waiting(self) -> list[Addition]:
        """Accepted, not folded, not in any change set."""
        ...

    async def begin(self, change: Change) -> None:
        """Keep the change and mark its messages as part of it. Raises ChangeRefused if one is no longer accepted."""
        ...

    async def set_state(self, change_id: str, state: ChangeState, staff_id: str, now: datetime) -> None:
        """Reverted: its messages can be decided again."""
        ...

    async def get(self, change_id: str) -> Change:
        """Raises NoSuchChange."""
        ...

    async def all(self, limit: int) -> list[Change]:
        """The latest first."""
        ...
