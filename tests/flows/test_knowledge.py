"""Staff search the knowledge base over REST; what the assistant does with it is kept on the timeline."""

from datetime import date, timedelta

import pytest

from bot.domain.knowledge import Article, ArticleUse, Category, KnowledgeBase, Verdict
from bot.ports import AssistantAnswer, Bubble
from bot.testing import START
from tests.flows.office import ROLES, Office, refused

TODAY = START.date()


def article(article_id: str, question: str, valid_to: date | None = None) -> Article:
    return Article(
        id=article_id, question=question, answer="请拨打{hotline}。\n\n谢谢。", category=Category.SAFETY,
        valid_to=valid_to, source="S0",
    )  # fmt: skip


@pytest.fixture
def knowledge() -> KnowledgeBase:
    articles = [article("hose", "软管多久换一次？"), article("sale", "软管打折到哪天为止？", TODAY)]
    articles.append(article("over", "软管打折到哪天结束？", TODAY - timedelta(days=1)))
    others = [article(f"other-{number}", f"{words}？") for number, words in enumerate(("气价", "发票", "过户", "报数"))]
    return KnowledgeBase([*articles, *others], {"hotline": "0000-1"})


@pytest.mark.parametrize("staff_id", ROLES)
async def test_all_staff_may_search(office: Office, staff_id: str) -> None:
    found = await office.get(staff_id, "knowledge", q="软管多久换")
    assert found["articles"][0] == {
        "id": "hose", "question": "软管多久换一次？", "answer": "请拨打0000-1。\n\n谢谢。",
        "category": "安全用气", "source": "S0", "score": found["articles"][0]["score"],
    }  # fmt: skip
    assert 0 < found["articles"][0]["score"] <= 1


async def test_nobody_else_may(office: Office) -> None:
    refused(await office.anybody.get("/api/knowledge", params={"q": "软管"}), 401, "not_signed_in")


async def test_an_article_is_there_on_its_last_day_and_gone_the_day_after(office: Office) -> None:
    found = await office.get("101", "knowledge", q="软管打折到哪天")
    ids = [each["id"] for each in found["articles"]]
    assert "sale" in ids
    assert "over" not in ids


async def test_queries_that_find_nothing_or_are_refused(office: Office) -> None:
    assert (await office.get("101", "knowledge"))["articles"] == []
    assert (await office.get("101", "knowledge", q="\x00？"))["articles"] == []
    assert len((await office.get("101", "knowledge", q="软管", limit="1"))["articles"]) == 1
    for params in ({"q": "长" * 201}, {"q": "软管", "limit": "0"}, {"q": "软管", "limit": "99"}):
        answer = await office.clients["101"].get("/api/knowledge", params=params)
        refused(answer, 422, "invalid")


async def test_it_is_described_in_the_openapi_document(office: Office) -> None:
    described = office.desk.gasdesk.api.openapi()
    answer = described["paths"]["/api/knowledge"]["get"]["responses"]["200"]
    assert answer["content"]["application/json"]["schema"]["$ref"].endswith("/FoundArticles")


async def test_use_and_verdict_are_kept_on_the_timeline(office: Office) -> None:
    shown = ArticleUse("hose", "软管多久换一次？", Verdict.SHOWN)
    unhelpful = ArticleUse("hose", "软管多久换一次？", Verdict.UNHELPFUL)
    office.desk.assistant.answers |= {
        "软管多久换": AssistantAnswer(bubbles=(Bubble("请拨打0000-1。"),), articles=(shown,)),
        "没帮助": AssistantAnswer(bubbles=(Bubble("很抱歉。"),), articles=(unhelpful,)),
    }
    await office.desk.write("软管多久换")
    await office.desk.write("没帮助")
    conversation_id = (await office.desk.conversation()).id
    timeline = (await office.get("201", f"conversations/{conversation_id}"))["timeline"]
    assert [(fact["what"], fact["text"]) for fact in timeline if fact["what"].startswith("article")] == [
        ("article_shown", "知识库“软管多久换一次？”（hose）：已答复用户"),
        ("article_unhelpful", "知识库“软管多久换一次？”（hose）：用户认为没帮助"),
    ]


async def test_an_answer_that_is_an_emergency_leaves_no_article(office: Office) -> None:
    """Whatever the knowledge base would have said, it was not said."""
    shown = ArticleUse("hose", "软管多久换一次？", Verdict.SHOWN)
    office.desk.assistant.answers["家里漏气了"] = AssistantAnswer(bubbles=(Bubble("文章"),), articles=(shown,))
    await office.desk.write("家里漏气了")
    assert "文章" not in office.desk.heard()
