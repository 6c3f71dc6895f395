"""What to do with the results of a search: answer, ask which one is meant, or leave it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from bot.domain.knowledge.article import Article
from bot.domain.knowledge.base import Hit

#: Measured (docs/decisions/0008-knowledge-search.md): from here on the best article is the right one.
SURE = 0.45
#: From here on it may take the place of the general answer to an intent that is sure.
SURE_TO_REFINE = 0.6
#: From here on an article is worth naming, for the customer to choose.
WORTH_NAMING = 0.36
#: Behind a subject (`search_behind`), measured (docs/knowledge.md): where the model is sure of another one, ...
SURE_BEHIND = 0.6
#: ... where it is not, and the words tell something, which may mean anything; and where they ask.
TOLD_BEHIND = 0.5
ASKED_BEHIND = 0.22
#: Enough for a second try, when the customer has said that the first article was no help.
WORTH_A_TRY = 0.2
#: Two articles whose scores differ by less answer equally well.
NEAR = 0.04
#: Buttons with questions that a customer is offered at most.
MOST_OFFERED = 2


@dataclass(frozen=True)
class Choice:
    #: The article to answer with.
    answer: Article | None = None
    #: Of the best article, 0 to 1.
    score: float = 0.0
    #: The articles to choose from, when it is not clear which one is meant.
    offer: tuple[Article, ...] = ()


NOTHING = Choice()


def choose(hits: Sequence[Hit]) -> Choice:
    """`hits` as a search returns them, the best first."""
    worthy = [hit for hit in hits if hit.score >= WORTH_NAMING][:MOST_OFFERED]
    if not worthy:
        return NOTHING
    best = worthy[0]
    rivals = [hit for hit in worthy[1:] if best.score - hit.score < NEAR]
    if best.score >= SURE and not rivals:
        return Choice(answer=best.article, score=best.score)
    return Choice(offer=tuple(hit.article for hit in worthy), score=best.score)


def refinement(hits: Sequence[Hit], intent: str) -> Article | None:
    """The article that answers more exactly than the general answer to `intent`; None when that one is better."""
    choice = choose(hits)
    fits = choice.answer is not None and intent in choice.answer.refines
    return choice.answer if fits and choice.score >= SURE_TO_REFINE else None


def next_best(hits: Sequence[Hit], seen: Collection[str]) -> Article | None:
    """Another article, none of those with the ids in `seen`; None when nothing comes near."""
    others = (hit for hit in hits if hit.article.id not in seen and hit.score >= WORTH_A_TRY)
    return next((hit.article for hit in others), None)
