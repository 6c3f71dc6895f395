"""Responses, articles and intents in the project's own files: one changes, everything else stays as it was written."""

import shutil
from pathlib import Path

import pytest

from actions.facts import company_facts
from bot.adapters.article_text import articles_in, with_article
from bot.adapters.domain_text import DomainText
from bot.adapters.project_texts import ProjectTexts
from bot.settings import ROOT
from bot.training.edits import BadEdit, Edit, Kind
from tests.unit.actions_stage import COMPANY

DOMAIN = (ROOT / "domain.yml").read_text(encoding="utf-8")
ARTICLES = sorted((ROOT / "data" / "knowledge").glob("*.yml"))
BOOKLET = {
    "label": "燃气本补办",
    "description": "燃气本丢了或坏了，问怎么补",
    "texts": ["请带身份证到营业厅补办燃气本。"],
    "examples": ["煤气本子丢哪儿补", "燃气本丢了", "本子坏了换一本", "供气证掉了", "小本本找不着了"],
}


@pytest.fixture
def texts(tmp_path: Path) -> ProjectTexts:
    for name in ("domain.yml", "data/nlu", "data/rules", "data/knowledge"):
        source, target = ROOT / name, tmp_path / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copytree(source, target) if source.is_dir() else shutil.copy(source, target)
    return ProjectTexts(tmp_path, tmp_path / "data" / "knowledge", company_facts(COMPANY))


def snapshot(folder: Path) -> dict[str, str]:
    files = sorted(folder.rglob("*.yml"))
    return {file.relative_to(folder).as_posix(): file.read_text(encoding="utf-8") for file in files}


def changed_lines(before: str, after: str) -> tuple[set[str], set[str]]:
    one, other = before.splitlines(), after.splitlines()
    return {line for line in one if line not in other}, {line for line in other if line not in one}


def test_a_response_changes_in_its_own_line_only() -> None:
    domain = DomainText(DOMAIN)
    after = domain.with_texts("utter_thank", ['不客气，"很高兴"能帮到您。\n\n{anything_else}'])
    gone, come = changed_lines(DOMAIN, after)
    assert gone == {'    - text: "不客气，很高兴能帮到您。{anything_else}"'}
    assert come == {'    - text: "不客气，\\"很高兴\\"能帮到您。\\n\\n{anything_else}"'}
    assert DomainText(after).with_texts("utter_thank", domain.responses()["utter_thank"]) == DOMAIN


def test_what_is_not_changed_is_not_touched() -> None:
    domain = DomainText(DOMAIN)
    for name, texts in domain.responses().items():
        assert domain.with_texts(name, texts) == DOMAIN


def test_an_intent_comes_and_goes_without_a_trace() -> None:
    once = DomainText(DOMAIN).with_intent("ask_x", ["好的。"])
    twice = DomainText(once).with_intent("ask_y", ["好的。"])
    assert DomainText(twice).intents[-2:] == ["ask_x", "ask_y"]
    assert DomainText(twice).responses()["utter_ask_y"] == ["好的。"]
    assert DomainText(twice).without_intent("ask_y") == once
    assert DomainText(DomainText(twice).without_intent("ask_x")).without_intent("ask_y") == DOMAIN


@pytest.mark.parametrize("file", ARTICLES, ids=lambda file: file.stem)
def test_an_article_changes_and_nothing_around_it(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    for article_id, value in articles_in(text).items():
        assert with_article(text, article_id, value) == text
    first = next(iter(articles_in(text)))
    value = articles_in(text)[first]
    after = with_article(text, first, value | {"question": "换了个问题？", "valid_to": "2026-12-31"})
    gone, come = changed_lines(text, after)
    assert (gone, come) == (
        {f"  question: {value['question']}"},
        {"  question: 换了个问题？", "  valid_to: 2026-12-31"},
    )
    assert with_article(after, first, value) == text


def test_an_article_comes_and_goes_and_comments_stay() -> None:
    first = "# Head.\n- id: a\n  question: 甲？  # why\n  answer: 好\n"
    text = first + "\n# Between.\n- id: b\n  question: 乙？\n  answer: 行\n"
    value = {"id": "c", "question": "丙？", "answer": "{hotline}\n\n第二段", "keywords": ["本子", "本"], "source": "S1"}
    after = with_article(text, "c", value)
    assert after.startswith(text)
    assert articles_in(after)["c"] == value
    assert with_article(after, "c", None) == text
    assert with_article(text, "a", {"id": "a", "question": "甲？", "answer": "不好"}) == text.replace(
        "answer: 好", "answer: 不好"
    )
    assert "# Between.\n- id: b" in with_article(text, "a", None)


async def test_an_intent_is_written_to_all_its_files_and_taken_out_again(texts: ProjectTexts, tmp_path: Path) -> None:
    before = snapshot(tmp_path)
    edit = Edit(Kind.INTENT, "ask_booklet", None, BOOKLET)
    diff = await texts.diff(edit)
    assert snapshot(tmp_path) == before, "looking changes nothing"
    for _ in range(2):
        await texts.write(edit)
    after = snapshot(tmp_path)
    assert set(after) - set(before) == {"data/intents.yml", "data/nlu/own.yml", "data/rules/own.yml"}
    assert await texts.current(Kind.INTENT, "ask_booklet") == BOOKLET
    assert texts.own_labels() == {"ask_booklet": "燃气本补办"}
    for line in ("+  - ask_booklet", "+      - intent: ask_booklet", "+      - 燃气本丢了", "+++ b/data/nlu/own.yml"):
        assert line in diff
    await texts.write(edit.reversed)
    assert snapshot(tmp_path) == before


async def test_an_intent_with_more_examples_is_not_taken_out(texts: ProjectTexts, tmp_path: Path) -> None:
    edit = Edit(Kind.INTENT, "ask_booklet", None, BOOKLET)
    await texts.write(edit)
    own = tmp_path / "data" / "nlu" / "own.yml"
    own.write_text(own.read_text(encoding="utf-8") + "      - 本子丢了去哪儿\n", encoding="utf-8")
    with pytest.raises(BadEdit, match="先撤回后来的变更"):
        await texts.diff(edit.reversed)


async def test_the_readers_of_the_articles_say_what_is_wrong(texts: ProjectTexts) -> None:
    value = await texts.current(Kind.ARTICLE, "hose-life")
    assert value
    assert await texts.problems(Edit(Kind.ARTICLE, "hose-life", value, dict(value))) == []
    late = {**value, "valid_from": "2026-05-01", "valid_to": "2026-01-01", "answer": "{nonsense}"}
    (problem,) = await texts.problems(Edit(Kind.ARTICLE, "hose-life", value, late))
    assert "valid_to 不能早于 valid_from" in problem
    double = {**value, "question": "燃气软管选哪种好？"}
    (problem,) = await texts.problems(Edit(Kind.ARTICLE, "hose-life", value, double))
    assert "客户会不知道看哪一篇" in problem
