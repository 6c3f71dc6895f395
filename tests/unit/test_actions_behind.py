"""Words that name no subject, right behind an answer or in a dialogue: the articles that follow it answer them."""

import pytest

from actions.behind import article_behind
from actions.turns import Heard
from bot.domain.intents import label
from bot.testing import START
from tests.knowledge.quality import behind
from tests.knowledge.shipped import knowledge_base
from tests.unit.actions_stage import Stage


def found(intents: set[str], text: str, intent: str = "nlu_fallback", confidence: float = 0.4) -> str | None:
    article = article_behind(intents, Heard(text, intent, confidence), knowledge_base(), START)
    return article.id if article else None


def test_most_follow_ups_find_their_article_and_answers_find_none() -> None:
    quality = behind()
    assert quality.right >= 0.75
    assert quality.wrong <= 0.05
    assert quality.answers_taken <= 0.15


class TestTheModel:
    def test_sure_of_another_subject_it_is_believed(self) -> None:
        assert found({"ask_invoice"}, "那气价多少", "ask_gas_price", 0.95) is None
        assert found({"ask_invoice"}, "抬头在哪填", "report_meter_reading", 0.95) is None

    def test_half_sure_of_one_it_has_to_be_nearer(self) -> None:
        assert found({"ask_invoice"}, "税号是91210100", "report_meter_reading", 0.72) == "invoice-company-title"
        assert found({"ask_outage"}, "我一家老小饭咋做啊", "ask_gas_price", 0.72) is None

    def test_what_is_told_of_the_own_subject_is_for_its_dialogue(self) -> None:
        assert found({"report_meter_reading"}, "读数九百七十二", "report_meter_reading", 0.95) is None

    @pytest.mark.parametrize("intent", ["request_human", "make_complaint", "report_leak"])
    def test_persons_and_emergencies_come_first(self, intent: str) -> None:
        assert found({"ask_invoice"}, "抬头在哪填", intent, 0.5) is None

    def test_a_word_of_danger_finds_none(self) -> None:
        assert found({"ask_outage"}, "来气了有味怎么办") is None


@pytest.fixture
def stage() -> Stage:
    return Stage(knowledge=knowledge_base())


async def test_behind_a_single_answer(stage: Stage) -> None:
    stage.slots["subject"] = [None, label("query_balance")]
    await stage.act("action_default_fallback", "我交了马上能开不", "nlu_fallback")
    assert stage.said == ["utter_article"]
    assert "恢复" in stage.facts["article"]
    assert stage.signals["articles"][0]["verdict"] == "shown"
    # the subject stays
    await stage.act("action_default_fallback", "一次拿不出来这么多", "nlu_fallback")
    assert "营业厅核实" in stage.facts["article"]


async def test_behind_an_article(stage: Stage) -> None:
    await stage.act("action_default_fallback", "电子发票开好了发到哪里", "nlu_fallback")
    stage.slots["subject"] = [None, "燃气费怎么开发票？"]
    await stage.act("action_default_fallback", "税号是91210100", "nlu_fallback")
    assert "税号由您自己填" in stage.facts["article"]


async def test_behind_nothing_it_is_not_guessed(stage: Stage) -> None:
    await stage.act("action_default_fallback", "我交了马上能开不", "nlu_fallback")
    assert stage.said[0] != "utter_article"


async def test_in_a_dialogue_its_question_follows(stage: Stage) -> None:
    await stage.begin("startup_form", "想开通天然气", "ask_startup_requirements")
    await stage.answer("阳光花园", "out_of_scope")
    question = stage.slots["requested_slot"]
    await stage.answer("要是检查不合格怎么办", "nlu_fallback", 0.4)
    assert stage.said[0] == "utter_article"
    assert "不合格的当天不点火" in stage.facts["article"]
    assert stage.slots["requested_slot"] == question


async def test_an_address_is_never_taken_for_one(stage: Stage) -> None:
    await stage.begin("startup_form", "想开通天然气", "ask_startup_requirements")
    await stage.answer("锦绣家园一期7号楼1单元101", "report_meter_reading", 0.7)
    assert "utter_article" not in stage.said
