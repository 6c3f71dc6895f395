"""The search finds what customers ask for, and keeps quiet when it has nothing."""

from datetime import UTC, date, datetime

import pytest

from bot.domain.knowledge import Article, Category, Hit, KnowledgeBase, choose
from bot.domain.knowledge.choice import NEAR, SURE, WORTH_NAMING
from bot.domain.knowledge.terms import plain, terms
from bot.testing import START
from tests.knowledge.quality import measure
from tests.knowledge.shipped import knowledge_base


def article(article_id: str = "a", question: str = "软管多久换", **more: object) -> Article:
    fields = {"id": article_id, "question": question, "answer": "答。", "category": Category.SAFETY, "source": "S0"}
    return Article.model_validate({**fields, **more})


@pytest.mark.parametrize(
    ("half", "first", "among_three", "answered_wrong", "chitchat_answered"),
    [("tune", 0.90, 0.96, 0.02, 2), ("test", 0.95, 0.98, 0.03, 3)],
)
def test_the_search_is_as_good_as_documented(
    half: str, first: float, among_three: float, answered_wrong: float, chitchat_answered: int
) -> None:
    quality = measure(half)
    assert quality.first >= first
    assert quality.among_three >= among_three
    assert quality.answered_wrong <= answered_wrong
    assert len(quality.chitchat_answered) <= chitchat_answered, quality.chitchat_answered


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("软官多久更换", "hose-life"),
        ("煤汽灶电池", "stove-battery"),
        ("然气为啥那么臭", "why-gas-smells"),
        ("ＩＣ卡　消磁了", "card-damaged"),
        ("发票", "invoice-how"),
    ],
)
def test_typos_other_words_and_single_keywords_are_found(typed: str, found: str) -> None:
    assert knowledge_base().search(typed, START)[0].article.id == found


@pytest.mark.parametrize("nothing", ["", "   ", "？！", "\n", "的了吗", "12345", "😀", "qwerty"])
def test_what_says_nothing_finds_nothing(nothing: str) -> None:
    assert knowledge_base().search(nothing, START) == []


def test_an_empty_knowledge_base_finds_nothing() -> None:
    assert KnowledgeBase(()).search("软管多久换", START) == []


def test_scores_are_ordered_and_lie_between_0_and_1() -> None:
    for words in ("软管", "软管多久换", "软管" * 500):
        scores = [hit.score for hit in knowledge_base().search(words, START)]
        assert scores == sorted(scores, reverse=True)
        assert all(0 < score <= 1 for score in scores)


def test_no_more_articles_than_asked_for() -> None:
    assert len(knowledge_base().search("燃气", START, limit=2)) == 2


def test_an_article_is_found_from_its_first_to_its_last_day_in_the_companys_time_zone() -> None:
    base = KnowledgeBase([article(valid_from=date(2026, 1, 5), valid_to=date(2026, 1, 6))])
    #: The 5th begins in China at 16:00 UTC of the 4th, and the 6th ends at 16:00 UTC.
    moments = {
        datetime(2026, 1, 4, 15, 59, 59, tzinfo=UTC): False,
        datetime(2026, 1, 4, 16, 0, tzinfo=UTC): True,
        datetime(2026, 1, 6, 15, 59, 59, tzinfo=UTC): True,
        datetime(2026, 1, 6, 16, 0, tzinfo=UTC): False,
    }
    for moment, valid in moments.items():
        assert bool(base.search("软管多久换", moment)) is valid
        assert (base.article("a", moment) is not None) is valid


def test_an_expired_article_does_not_take_the_place_of_a_valid_one() -> None:
    base = KnowledgeBase([article("old", valid_to=date(2025, 12, 31)), article("new", "软管多久要换一次")])
    assert [hit.article.id for hit in base.search("软管多久换", START, limit=1)] == ["new"]


def test_an_answer_is_filled_with_the_companys_facts() -> None:
    base = KnowledgeBase([article(answer="请拨打{hotline}。")], {"hotline": "0000-1"})
    (hit,) = base.search("软管多久换", START)
    assert base.answer(hit.article) == "请拨打0000-1。"


def test_particles_and_fillers_are_no_terms() -> None:
    assert terms("请问一下，我家软管？") == {"软", "管", "软管"}
    assert terms("在吗？有的呢") == frozenset()


def test_a_latin_word_is_one_term() -> None:
    assert terms("IC卡") == {"ic", "卡"}


def test_one_spelling() -> None:
    assert plain("煤气灶ＯＫ 3年") == plain("燃气灶ok 12年")


def hits(*scores: float) -> list[Hit]:
    return [Hit(article(f"a{place}", f"问题{place}"), score) for place, score in enumerate(scores)]


@pytest.mark.parametrize(
    ("scores", "answers", "offers"),
    [
        ((), None, 0),
        ((WORTH_NAMING - 0.01,), None, 0),
        ((WORTH_NAMING,), None, 1),
        ((SURE,), "a0", 0),
        ((SURE + NEAR + 0.001, SURE), "a0", 0),
        ((SURE + NEAR - 0.001, SURE), None, 2),
        ((SURE, SURE, SURE), None, 2),
        ((SURE - 0.01, WORTH_NAMING - 0.01), None, 1),
    ],
)
def test_the_choice_between_answering_offering_and_leaving_it(
    scores: tuple[float, ...], answers: str | None, offers: int
) -> None:
    choice = choose(hits(*scores))
    assert (choice.answer.id if choice.answer else None, len(choice.offer)) == (answers, offers)
