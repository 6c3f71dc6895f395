"""The knowledge base: articles as data, and the search in them."""

from bot.domain.knowledge.article import Article, Category
from bot.domain.knowledge.base import EMPTY, Hit, KnowledgeBase
from bot.domain.knowledge.choice import SURE_TO_REFINE, Choice, choose, next_best, refinement
from bot.domain.knowledge.use import ArticleUse, Verdict

__all__ = [
    "EMPTY",
    "SURE_TO_REFINE",
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
