"""The knowledge base over REST (docs/protocol.md 2): what staff search for beside a conversation."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel, Field

from bot.channels.auth import Dependency
from bot.clock import Clock
from bot.domain.knowledge import Hit, KnowledgeBase
from bot.domain.knowledge.base import MOST
from bot.domain.staff import Staff
from bot.domain.text import tidy

LONGEST_QUERY = 200


class FoundArticle(BaseModel):
    """An article with the company's facts filled in."""

    id: str
    question: str
    answer: str = Field(description="空行分段")
    category: str
    source: str
    score: float = Field(description="与查询的符合程度，0 到 1")


class FoundArticles(BaseModel):
    articles: list[FoundArticle]


def knowledge_routes(*, reading: Dependency, knowledge: KnowledgeBase, clock: Clock) -> APIRouter:
    """`reading` is a dependency that returns the member of staff who may."""
    router = APIRouter(prefix="/api", tags=["知识库"])

    @router.get("/knowledge", summary="查知识库", description="按问题查找文章，最符合的在前；过期和未生效的不出现。")
    async def search(
        _: Annotated[Staff, Depends(reading)],
        q: Annotated[str, Query(max_length=LONGEST_QUERY, description="问题或关键词")] = "",
        limit: Annotated[int, Query(ge=1, le=MOST)] = MOST,
    ) -> FoundArticles:
        found = knowledge.search_all(tidy(q), clock.now(), limit)
        return FoundArticles(articles=[_shown(hit, knowledge) for hit in found])

    return router


def _shown(hit: Hit, knowledge: KnowledgeBase) -> FoundArticle:
    article = hit.article
    return FoundArticle(
        id=article.id,
        question=article.question,
        answer=knowledge.answer(article),
        category=article.category.value,
        source=article.source,
        score=round(hit.score, 3),
    )
