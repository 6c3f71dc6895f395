"""Articles answer what no intent is sure of; the customer's verdict is kept; nothing stands in the way."""

from typing import Any

import pytest

from bot.domain.knowledge import Article, Category, KnowledgeBase
from tests.unit.actions_stage import Stage

FALLBACK = "action_default_fallback"


def article(article_id: str, question: str, *wordings: str, answer: str = "", refines: tuple[str, ...] = ()) -> Article:
    return Article(
        id=article_id, question=question, wordings=wordings, answer=answer or f"{article_id}的答案。",
        category=Category.SAFETY, refines=refines, source="S0",
    )  # fmt: skip


BASE = KnowledgeBase(
    [
        article(
            "hose",
            "燃气软管多久换一次？",
            "橡胶管几年更换",
            answer="请拨打{hotline}。",
            refines=("ask_hose_replacement",),
        ),
        article("hose-kind", "燃气软管选哪一种好？", "橡胶管更换成金属管好吗"),
        article("alarm-high", "报警器装在多高的位置？", "厨房报警器安装高度"),
        article("alarm-life", "报警器的寿命有几年？", "厨房报警器使用年限"),
        article("trip", "出远门要不要关总阀？", "旅游前怎么关气"),
    ],
    {"hotline": "0000-1"},
)  # fmt: skip
SURE = "橡胶管几年更换"
#: As near to alarm-high as to alarm-life.
UNCLEAR = "厨房报警器"


@pytest.fixture
def stage() -> Stage:
    return Stage(knowledge=BASE)


def verdicts(stage: Stage) -> list[tuple[str, str]]:
    return [(use["id"], use["verdict"]) for use in stage.signals.get("articles", [])]


async def test_a_sure_article_is_answered_and_its_use_asked_for(stage: Stage) -> None:
    await stage.act(FALLBACK, SURE, "nlu_fallback")
    assert stage.said == ["utter_article", "utter_article_helpful_question"]
    assert stage.facts["article"] == "请拨打0000-1。"
    assert stage.buttons == ["有帮助", "没帮助"]
    assert verdicts(stage) == [("hose", "shown")]
    assert stage.slots["failures"] == 0


async def test_a_verdict_counts_however_long_the_conversation_is(stage: Stage) -> None:
    for _ in range(3):
        await stage.act("action_answer", "您好", "greet")
    await stage.act(FALLBACK, SURE, "nlu_fallback")
    await stage.act("action_affirm", "有帮助", "affirm")
    assert verdicts(stage) == [("hose", "helpful")]


async def test_a_yes_to_something_else_is_no_verdict(stage: Stage) -> None:
    await stage.act(FALLBACK, SURE, "nlu_fallback")
    await stage.act("action_answer", "您好", "greet")
    await stage.act("action_affirm", "好的", "affirm")
    assert verdicts(stage) == []


async def test_what_no_article_answers_is_not_understood_as_before(stage: Stage) -> None:
    await stage.act(FALLBACK, "今天吃什么", "nlu_fallback")
    assert stage.said == ["utter_not_understood"]
    await stage.act(FALLBACK, "随便聊聊天", "nlu_fallback")
    assert stage.said == ["utter_offer_person"]


async def test_two_near_articles_are_offered_as_buttons(stage: Stage) -> None:
    await stage.act(FALLBACK, UNCLEAR, "nlu_fallback")
    assert stage.said == ["utter_article_which"]
    assert sorted(stage.buttons[:2]) == ["报警器的寿命有几年？", "报警器装在多高的位置？"]
    assert stage.buttons[2:] == ["都不是"]
    assert verdicts(stage) == []


@pytest.mark.parametrize("misread_as", ["action_answer", "action_praise", "validate_no_gas_form"])
async def test_a_chosen_article_is_answered_whatever_the_model_takes_it_for(stage: Stage, misread_as: str) -> None:
    await stage.act(FALLBACK, UNCLEAR, "nlu_fallback")
    if misread_as.startswith("validate_"):
        await stage.begin(misread_as.removeprefix("validate_"), "报警器的寿命有几年？", "ask_outage")
    else:
        await stage.act(misread_as, "报警器的寿命有几年？", "ask_outage")
    assert stage.said == ["utter_article", "utter_article_helpful_question"]
    assert verdicts(stage) == [("alarm-life", "shown")]
    assert stage.form is None


@pytest.mark.parametrize("words", ["有帮助", "有帮助，谢谢", "有用", "解决了", "明白了，谢谢您", "嗯", "好的", "是的"])
@pytest.mark.parametrize("misread_as", ["action_affirm", "validate_no_gas_form"])
async def test_a_yes_is_kept_and_thanked_for(stage: Stage, words: str, misread_as: str) -> None:
    await stage.act(FALLBACK, SURE, "nlu_fallback")
    await stage.act(misread_as, words, "affirm")
    assert stage.said == ["utter_article_helpful"]
    assert verdicts(stage) == [("hose", "helpful")]
    assert stage.slots["consulted"] is None


@pytest.mark.parametrize("words", ["没帮助", "没有", "没用", "不是", "答非所问", "不是我要问的", "没解决。"])
@pytest.mark.parametrize("misread_as", ["action_deny", "action_praise", "validate_no_gas_form"])
async def test_a_no_is_kept_and_the_next_article_or_a_person_offered(stage: Stage, words: str, misread_as: str) -> None:
    await stage.act(FALLBACK, SURE, "nlu_fallback")
    await stage.act(misread_as, words, "make_complaint")
    assert stage.said == ["utter_article_unhelpful"]
    assert stage.buttons == ["燃气软管选哪一种好？", "转人工客服"]
    assert verdicts(stage) == [("hose", "unhelpful")]
    assert "handoff" not in stage.signals
    await stage.act("action_answer", "燃气软管选哪一种好？", "ask_hose_replacement")
    assert verdicts(stage) == [("hose-kind", "shown")]
    await stage.act("action_deny", "没帮助", "deny")
    assert stage.buttons == ["转人工客服"], "no other article comes near"
    await stage.act("action_affirm", "好的", "affirm")
    assert "handoff" in stage.signals, "a plain yes accepts the person"


async def test_none_of_the_offered_is_no_verdict_on_an_article(stage: Stage) -> None:
    await stage.act(FALLBACK, UNCLEAR, "nlu_fallback")
    await stage.act("action_deny", "都不是", "deny")
    assert stage.said == ["utter_article_unhelpful"]
    assert stage.buttons == ["转人工客服"]
    assert verdicts(stage) == []


async def test_any_other_question_goes_its_own_way(stage: Stage) -> None:
    await stage.act(FALLBACK, SURE, "nlu_fallback")
    await stage.act("action_answer", "营业厅几点下班", "ask_service_hours")
    assert stage.said == ["utter_ask_service_hours"]
    await stage.act("action_affirm", "有帮助", "affirm")
    assert stage.said == ["utter_go_ahead"], "the answer was to something else by then"


async def test_an_emergency_goes_before_the_verdict(stage: Stage) -> None:
    await stage.act(FALLBACK, UNCLEAR, "nlu_fallback")
    await stage.act("action_report_emergency", "报警器的寿命有几年？", "report_leak")
    assert stage.signals.get("emergency") == "indoor_leak"


async def test_where_an_emergency_is_suspected_only_safety_is_spoken_of(stage: Stage) -> None:
    ranking = [{"name": "ask_outage", "confidence": 0.3}, {"name": "report_leak", "confidence": 0.25}]
    await stage.act(FALLBACK, "橡胶管几年更换有味", "nlu_fallback", ranking=ranking)
    assert stage.said == ["utter_ask_leak_safety"]
    await stage.act(FALLBACK, SURE, "nlu_fallback", ranking=ranking)
    assert stage.said[0] == "utter_article", "no dangerous word"


async def test_an_article_replaces_the_general_answer_to_the_intents_it_refines(stage: Stage) -> None:
    await stage.act("action_answer", SURE, "ask_hose_replacement")
    assert stage.said == ["utter_article", "utter_article_helpful_question"]
    await stage.act("action_answer", SURE, "ask_pipe_modification")
    assert stage.said == ["utter_ask_pipe_modification"]
    await stage.act("action_answer", "软管", "ask_hose_replacement")
    assert stage.said == ["utter_ask_hose_replacement"], "not sure enough"


async def test_an_article_replaces_a_dialogue_that_would_begin(stage: Stage) -> None:
    await stage.begin("hose_form", SURE, "ask_hose_replacement")
    assert stage.said == ["utter_article", "utter_article_helpful_question"]
    assert stage.form is None
    await stage.act("action_affirm", "有帮助", "affirm")
    assert verdicts(stage) == [("hose", "helpful")]


async def test_a_dialogue_that_has_begun_hears_its_answers_itself(stage: Stage) -> None:
    await stage.begin("hose_form", "想换软管", "ask_hose_replacement")
    assert stage.form == "hose_form"
    await stage.answer(SURE, "ask_hose_replacement")
    assert "utter_article" not in stage.said


async def test_the_choice_of_questions_is_offered_once_then_a_person(stage: Stage) -> None:
    await stage.act(FALLBACK, UNCLEAR, "nlu_fallback")
    await stage.act(FALLBACK, UNCLEAR, "nlu_fallback")
    assert stage.said == ["utter_offer_person"]


async def test_inside_a_dialogue_the_open_question_follows_and_no_other(stage: Stage) -> None:
    await stage.begin("reading_form", "我要报数", "report_meter_reading")
    events = await stage.act(FALLBACK, SURE, "nlu_fallback")
    assert stage.said == ["utter_article"]
    assert events[-1]["name"] == "reading_form"
    await stage.act(FALLBACK, UNCLEAR, "nlu_fallback")
    assert stage.said == ["utter_not_understood"]


async def test_an_article_that_expires_meanwhile_is_not_shown(stage: Stage) -> None:
    await stage.act("action_answer", "您好", "greet")
    gone: dict[str, Any] = {"after": 1.0, "query": SURE, "seen": [], "shown": None, "offered": ["removed"]}
    stage.slots["consulted"] = gone
    await stage.act("action_answer", "removed", "greet")
    assert stage.said == ["utter_go_on"]


async def test_when_more_of_the_message_follows_an_article_is_answered_without_a_question(stage: Stage) -> None:
    stage.more = True
    await stage.act(FALLBACK, SURE, "nlu_fallback")
    assert stage.said == ["utter_article"]
    await stage.act(FALLBACK, UNCLEAR, "nlu_fallback")
    assert stage.said == []
