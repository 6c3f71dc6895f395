"""What counts as an answer to the survey, and which words end which case."""

import pytest

from bot.domain.closings import closing_script
from bot.domain.company.satisfaction import Satisfaction
from bot.domain.company.scripts import Scripts
from bot.domain.surveys import SurveyAnswer, grade_buttons, read_answer, reason_buttons
from bot.domain.work_orders import OrderType

WORDING, SCRIPTS = Satisfaction(), Scripts()


def test_every_button_is_understood() -> None:
    scores = [read_answer(button.payload, WORDING) for button in grade_buttons(WORDING)]
    assert scores == [SurveyAnswer(score=score) for score in (5, 4, 3, 2, 1)]
    reasons = [read_answer(button.payload, WORDING) for button in reason_buttons(WORDING)]
    assert reasons == [SurveyAnswer(reason=reason) for reason in WORDING.reasons]


@pytest.mark.parametrize(
    ("text", "score"), [("5", 5), ("5分", 5), ("4 分。", 4), ("非常满意", 5), ("不满意", 2), (" 非常不满意 ", 1)]
)
def test_an_answer_by_hand_is_bare(text: str, score: int) -> None:
    assert read_answer(text, WORDING) == SurveyAnswer(score=score, bare=True)


def test_a_reason_in_the_customers_own_words() -> None:
    assert read_answer("评价原因：师傅迟到了\n也没说一声", WORDING) == SurveyAnswer(reason="师傅迟到了\n也没说一声")


@pytest.mark.parametrize(
    "text", ["6", "0", "55", "1235", "5楼", "我不满意", "评价", "评价：6", "评价：10", "评价原因：", ""]
)
def test_other_texts_are_none(text: str) -> None:
    assert read_answer(text, WORDING) is None


@pytest.mark.parametrize(
    ("category", "script"),
    [
        ("投诉", SCRIPTS.complaint_closing),
        ("建议", SCRIPTS.suggestion_thanks),
        ("录单点火", SCRIPTS.service_closing),
        ("录单热水器改装", SCRIPTS.service_closing),
        ("派单", SCRIPTS.service_closing),
        ("咨询", SCRIPTS.consultation_closing),
        ("室内泄漏", SCRIPTS.consultation_closing),
        ("", SCRIPTS.consultation_closing),
        ("别的", SCRIPTS.consultation_closing),
    ],
)
def test_each_type_has_its_closing_script(category: str, script: str) -> None:
    assert closing_script(category, SCRIPTS) == script


def test_every_type_of_order_can_be_closed_with() -> None:
    assert all(closing_script(kind, SCRIPTS) for kind in OrderType)
