"""What is found in a reply before it is sent."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Concern(StrEnum):
    #: 服务忌语: stopped; a lead may send it all the same, which is noted.
    FORBIDDEN_PHRASE = "forbidden_phrase"
    #: A canned reply with something left to fill in: stopped.
    BLANK = "blank"
    #: Personal data the customer has not stated himself: sent when the agent says that it is meant.
    PERSONAL_DATA = "personal_data"


@dataclass(frozen=True, kw_only=True)
class Finding:
    concern: Concern
    #: The piece of the draft, as it stands there: characters `start` to `end`.
    found: str
    start: int
    end: int
    #: For the agent, in Chinese.
    why: str
    better: str = ""


class DraftStopped(Exception):
    """The reply was not sent; the text says why, the findings where."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__("；".join(_sentence(each) for each in self.findings) + "。内容已保留，请修改后再发送。")

    @property
    def concern(self) -> Concern:
        return self.findings[0].concern


class ToConfirm(DraftStopped):
    """The reply would volunteer personal data: it goes when the agent confirms."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__(findings)
        self.args = ("；".join(_sentence(each) for each in self.findings) + "。确认要发送吗？",)


def _sentence(finding: Finding) -> str:
    better = f"，建议改为：“{finding.better}”" if finding.better else ""
    return f"“{finding.found}”{finding.why}{better}"
