"""Canned replies of people and teams; the company's are data (wording.yml)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

LONGEST_TITLE = 40
LONGEST_TEXT = 1_000


class Scope(StrEnum):
    PERSONAL = "personal"
    TEAM = "team"
    COMPANY = "company"


@dataclass(frozen=True, kw_only=True)
class CannedReply:
    id: str
    scope: Scope
    #: Whose it is, or who of the leads wrote the team's last; "" for the company's.
    staff_id: str = ""
    title: str
    text: str
    changed_at: datetime | None = None
