"""The knowledge base: articles as data, and the search in them."""

from bot.domain.knowledge.article import Article, Category
from bot.domain.knowledge.base import EMPTY, Hit, KnowledgeBase
from bot.domain.knowledge.choice import (
    ASKED_BEHIND,
    SURE_BEHIND,
    SURE_TO_REFINE,
    TOLD_BEHIND,
    Choice,
    choose,
    next_best,
    refinement,
)
from bot.domain.knowledge.use import ArticleUse, Verdict

__all__ = [
    "ASKED_BEHIND",
    "EMPTY",
    "SURE_BEHIND",
    "SURE_TO_REFINE",
    "TOLD_BEHIND",
    "Article",
    "ArticleUse",
    "Category",
    "Choice",
    "Hit",
    "KnowledgeBase",
    "Verdict",
    "choose",
    "next_best",
    "refinement",
]
