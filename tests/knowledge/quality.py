"""How well the search answers: `python -m tests.knowledge.quality` prints the figures of docs/decisions/0008."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from actions.behind import article_behind
from actions.turns import Heard
from bot.clock import stopwatch
from bot.domain.knowledge import Choice, choose
from bot.testing import START
from tests.knowledge.shipped import articles, knowledge_base, measured_with

_BEHIND: list[dict[str, Any]] = YAML(typ="safe").load((Path(__file__).parent / "behind.yml").read_text("utf-8"))


@dataclass(frozen=True)
class Quality:
    """Shares of all questions, 0 to 1; of chit-chat, how many are answered and how many only offered an article."""

    questions: int
    first: float
    among_three: float
    answered_right: float
    answered_wrong: float
    offered_right: float
    offered_wrong: float
    chitchat: int
    chitchat_answered: list[str]
    chitchat_offered: list[str]


def measure(half: str) -> Quality:
    questions = measured_with("questions")[half]
    first = three = 0
    choices: list[tuple[set[str], Choice]] = []
    for asked in questions:
        right = {asked["article"], *asked.get("also", [])}
        hits = knowledge_base().search(asked["text"], START)
        found = [hit.article.id for hit in hits[:3]]
        first += bool(right & set(found[:1]))
        three += bool(right & set(found))
        choices.append((right, choose(hits)))
    chitchat = {text: choose(knowledge_base().search(text, START)) for text in measured_with("chitchat")[half]}
    count = len(questions)
    return Quality(
        questions=count,
        first=first / count,
        among_three=three / count,
        answered_right=sum(c.answer is not None and c.answer.id in right for right, c in choices) / count,
        answered_wrong=sum(c.answer is not None and c.answer.id not in right for right, c in choices) / count,
        offered_right=sum(bool(right & _ids(c)) for right, c in choices) / count,
        offered_wrong=sum(bool(c.offer) and not right & _ids(c) for right, c in choices) / count,
        chitchat=len(chitchat),
        chitchat_answered=[text for text, c in chitchat.items() if c.answer],
        chitchat_offered=[text for text, c in chitchat.items() if c.offer],
    )


@dataclass(frozen=True)
class Behind:
    """Shares, 0 to 1: of what is asked right behind an answer, answered rightly and wrongly; of answers, thanks and
    other subjects, taken for such a question."""

    right: float
    wrong: float
    answers_taken: float


def behind() -> Behind:
    """As if the model knew nothing of the words (tests/knowledge/behind.yml)."""
    asked = [each for each in _BEHIND if "article" in each]
    found = [(each, _behind(each)) for each in asked]
    right = sum(got is not None and got in each["article"] for each, got in found)
    taken = sum(_behind(each) is not None for each in _BEHIND if "article" not in each)
    wrong = sum(got is not None for _, got in found) - right
    return Behind(right / len(asked), wrong / len(asked), taken / (len(_BEHIND) - len(asked)))


def _behind(each: dict[str, Any]) -> str | None:
    article = article_behind({each["behind"]}, Heard(each["text"], "nlu_fallback", 0.4), knowledge_base(), START)
    return article.id if article else None


def _ids(choice: Choice) -> set[str]:
    return {article.id for article in choice.offer}


def milliseconds_a_search(rounds: int = 3) -> float:
    texts: list[Any] = [asked["text"] for half in measured_with("questions").values() for asked in half]
    begun = stopwatch()
    for _ in range(rounds):
        for text in texts:
            knowledge_base().search(text, START)
    return (stopwatch() - begun) * 1000 / rounds / len(texts)


def misses(half: str) -> list[str]:
    lines = []
    for asked in measured_with("questions")[half]:
        hits = knowledge_base().search(asked["text"], START)[:3]
        if not hits or hits[0].article.id not in {asked["article"], *asked.get("also", [])}:
            found = ", ".join(f"{hit.article.id} {hit.score:.2f}" for hit in hits)
            lines.append(f"{asked['text']} ({asked['article']}): {found}")
    return lines


if __name__ == "__main__":
    print(f"{len(articles())} articles, {milliseconds_a_search():.2f} ms a search")
    for half in ("tune", "test", "fresh"):
        print(half, measure(half))
        print("\n".join(f"  {line}" for line in misses(half)))
    print(behind())
