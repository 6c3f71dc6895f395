"""The shipped articles: enough of them, short, polite, with no number of the company written out."""

import re

import pytest

from actions.facts import company_facts
from bot.conversation.emergency_screen import screen
from bot.domain.knowledge import Article, Category
from bot.testing import START
from tests.knowledge.shipped import articles, company, knowledge_base, measured_with
from tests.unit.actions_stage import DOMAIN

LONGEST_BUBBLE = 120
#: S0 服务忌语 and S1/S4.
FORBIDDEN = ("不知道", "不清楚", "你听我说", "刚才不是告诉你了", "唉呀", "不行", "不可以", "还不明白")


@pytest.fixture(params=articles(), ids=lambda article: article.id)
def article(request: pytest.FixtureRequest) -> Article:
    found: Article = request.param
    return found


def test_there_are_articles_of_every_category() -> None:
    assert len(articles()) >= 60
    assert {article.category for article in articles()} == set(Category)


def test_an_article_is_short_and_written_in_chinese(article: Article) -> None:
    for bubble in article.answer.split("\n\n"):
        assert len(bubble) <= LONGEST_BUBBLE, f"{len(bubble)} characters: {bubble}"
    assert not re.search("[,?!;]|你(?!们)", article.answer)
    assert not [words for words in FORBIDDEN if words in article.answer]
    assert len(article.wordings or article.follow_ups) >= 3
    assert article.keywords


def test_no_fact_of_the_company_is_written_out(article: Article) -> None:
    facts = [fact for fact in company_facts(company()).values() if len(fact) >= 3]
    assert not [fact for fact in facts if fact in article.answer]
    assert re.findall(r"\d+(?=\s*(元|倍|%|个?工作日|天|分钟|方\b))", article.answer) == []


def test_an_answer_can_be_filled(article: Article) -> None:
    answer = knowledge_base().answer(article)
    assert "{" not in answer
    assert "}" not in answer


def test_a_question_on_a_button_raises_no_alarm(article: Article) -> None:
    """It is sent as if typed: what the screen took for a leak would call out a crew."""
    assert screen(article.question) is None


def test_every_article_answers_its_own_question_first(article: Article) -> None:
    assert knowledge_base().search_all(article.question, START)[0].article == article


def test_every_article_is_first_behind_what_it_follows(article: Article) -> None:
    for words in article.follow_ups:
        for intent in article.follows:
            assert knowledge_base().search_behind({intent}, words, START)[0].article == article


def test_an_article_refines_intents_that_exist(article: Article) -> None:
    assert set(article.refines) <= set(DOMAIN["intents"])


def test_an_article_follows_intents_that_exist(article: Article) -> None:
    assert set(article.follows) <= set(DOMAIN["intents"])


def test_the_test_questions_are_not_wordings_of_articles() -> None:
    wordings = {words for article in articles() for words in article.ways_to_ask}
    known = {article.id for article in articles()}
    for half in measured_with("questions").values():
        for asked in half:
            assert asked["text"] not in wordings
            assert {asked["article"], *asked.get("also", [])} <= known
