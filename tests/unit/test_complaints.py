"""Grades of complaints: S1 第九条 用户投诉处理管理."""

import pytest

from actions.complaint import grade, what_happened
from bot.domain.company import Complaints
from bot.domain.complaints import grade_of
from bot.domain.work_orders import Grade

HINTS = Complaints()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("师傅没按约定时间来", Grade.ORDINARY),
        ("我要投诉抄表员估抄", Grade.ORDINARY),
        ("反映三次了一直没人管", Grade.AFFECTING),
        ("停气两天我店里的损失谁赔偿", Grade.AFFECTING),
        ("你们凭什么乱扣费！！", Grade.AFFECTING),
        ("维修的把人打成受伤住院", Grade.SEVERE),
        ("我已经找了律师准备起诉", Grade.SEVERE),
        ("电视台记者已经来采访了", Grade.MEDIA),
        ("我打 123 15 投诉你们", Grade.MEDIA),
        ("老人受伤，记者也来了", Grade.MEDIA),
        ("打人工客服很久没接通", Grade.ORDINARY),
    ],
)
def test_the_gravest_hint_counts(text: str, expected: Grade) -> None:
    assert grade(text, HINTS) is expected


def test_the_words_are_the_companys() -> None:
    own = Complaints.model_validate({"severe": "总经理、漏抄"})
    assert own.severe == ("总经理", "漏抄")
    assert grade_of("抄表员漏抄", own, upset=False) is Grade.SEVERE
    assert grade_of("抄表员漏抄", HINTS, upset=False) is Grade.ORDINARY


@pytest.mark.parametrize("text", ["我要投诉", "怎么投诉你们公司", "投诉！", "你好，我想投诉一下", "13800001234"])
def test_the_wish_to_complain_is_no_story(text: str) -> None:
    assert what_happened(text) is None


@pytest.mark.parametrize("text", ["投诉抄表员，家里没人还写了读数", "态度太差", "师傅要红包，我电话13800001234"])
def test_what_happened_is_kept_in_the_customers_words(text: str) -> None:
    assert what_happened(text) == text
