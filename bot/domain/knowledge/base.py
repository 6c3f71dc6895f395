"""All articles with the company's facts: search them, fill an answer in, leave out what has expired."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from types import MappingProxyType
from zoneinfo import ZoneInfo

from bot.domain.knowledge.article import Article
from bot.domain.knowledge.search import Entry, Index

#: Results a search gives at most, unless asked for fewer.
MOST = 8
_CHINA = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True)
class Hit:
    article: Article
    #: How well it answers, 0 to 1.
    score: float


class KnowledgeBase:
    """Searched in memory: a few hundred articles cost a fraction of a millisecond (docs/knowledge.md)."""

    def __init__(
        self,
        articles: Iterable[Article],
        facts: Mapping[str, str] = MappingProxyType({}),
        zone: tzinfo = _CHINA,
    ) -> None:
        """`facts` fill the {names} of the answers; `zone` is the company's, for the days of validity."""
        self._facts = facts
        self._zone = zone
        self.use(articles)

    def use(self, articles: Iterable[Article]) -> None:
        """From now on these are the articles."""
        self._articles = {article.id: article for article in articles}
        self._by_place = tuple(self._articles.values())
        self._index = Index([Entry(a.ways_to_ask, a.keywords) for a in self._by_place])
        self._following = tuple(article for article in self._by_place if article.follows)
        self._follow_ups = Index([Entry((*a.ways_to_ask, *a.follow_ups), a.keywords) for a in self._following])

    def __len__(self) -> int:
        return len(self._articles)

    def search(self, words: str, now: datetime, limit: int = MOST) -> list[Hit]:
        """The articles that answer `words` best by themselves, none that has expired or is not valid yet."""
        return [hit for hit in self._found(words, now) if hit.article.stands_alone][:limit]

    def search_all(self, words: str, now: datetime, limit: int = MOST) -> list[Hit]:
        """As `search`, with those that answer only behind a subject: for staff, who know what it is about."""
        return self._found(words, now)[:limit]

    def search_behind(self, intents: Collection[str], words: str, now: datetime) -> list[Hit]:
        """The articles that answer `words` best right behind one of `intents`, whatever the words leave unnamed."""
        day = self._day(now)
        found = (Hit(self._following[place], score) for place, score in self._follow_ups.search(words))
        return [hit for hit in found if not set(intents).isdisjoint(hit.article.follows) and hit.article.holds_on(day)]

    def article(self, article_id: str, now: datetime) -> Article | None:
        """None when there is none, or when it does not hold today."""
        article = self._articles.get(article_id)
        return article if article and article.holds_on(self._day(now)) else None

    def titled(self, question: str) -> Article | None:
        return next((article for article in self._by_place if article.question == question), None)

    def answer(self, article: Article) -> str:
        """Its answer with the company's facts. A blank line divides bubbles."""
        return article.answer.format_map(self._facts)

    def _found(self, words: str, now: datetime) -> list[Hit]:
        day = self._day(now)
        found = (Hit(self._by_place[place], score) for place, score in self._index.search(words))
        return [hit for hit in found if hit.article.holds_on(day)]

    def _day(self, now: datetime) -> date:
        return now.astimezone(self._zone).date()


EMPTY = KnowledgeBase(())
