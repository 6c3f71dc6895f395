"""What became of an article in a conversation: kept on the timeline, for the review of the knowledge base."""

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    SHOWN = "shown"
    HELPFUL = "helpful"
    UNHELPFUL = "unhelpful"


_WORDS = {Verdict.SHOWN: "已答复用户", Verdict.HELPFUL: "用户认为有帮助", Verdict.UNHELPFUL: "用户认为没帮助"}


@dataclass(frozen=True)
class ArticleUse:
    article_id: str
    question: str
    verdict: Verdict

    @property
    def what(self) -> str:
        """The kind of fact on the timeline."""
        return f"article_{self.verdict}"

    @property
    def text(self) -> str:
        return f"知识库“{self.question}”（{self.article_id}）：{_WORDS[self.verdict]}"
