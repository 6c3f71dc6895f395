"""What of real messages is kept for training, which of them are one, and which come first."""

from datetime import timedelta

import pytest

from bot.testing import START
from bot.training.anonymous import anonymous
from bot.training.review import FALLBACK, Item, Reason, doubts, find, grouped

FALLBACK_ONLY = frozenset({Reason.FALLBACK})


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("电话13812345678找我", "电话13800000000找我"),
        ("手机 +86 138-1234-5678", "手机 13800000000"),
        ("户号10010001余额", "户号10000000余额"),
        ("户号：2001 查一下", "户号：10000000 查一下"),
        ("幸福小区3号楼2单元501没气", "幸福小区1号楼1单元101没气"),
        ("三号楼二单元没气", "1号楼1单元没气"),
        ("3-2-501没气", "1-101没气"),
        ("中山路12号停气吗", "中山路1号停气吗"),
        ("我叫王小明，来开户", "我叫某某，来开户"),
        ("户主是欧阳锋的电话", "户主是某某的电话"),
        ("李先生要报修", "某某先生要报修"),
        ("身份证110101199001011234行吗", "身份证一个身份证号行吗"),
        ("发票寄到a.b@qq.com", "发票寄到邮箱"),
    ],
)
def test_what_identifies_a_customer_is_replaced(text: str, kept: str) -> None:
    assert anonymous(text) == kept
    assert anonymous(kept) == kept, "once is enough"


@pytest.mark.parametrize(
    "text", ["表上1235", "读数是1234.5", "14-16点上门行吗", "9:00-11:30有人吗", "两室一厅用多少", "我是老用户"]
)
def test_what_identifies_nobody_stays(text: str) -> None:
    assert anonymous(text) == text


@pytest.mark.parametrize(
    "text", ["1235", "13812345678", "?", "gds_4fJx-0Zk_q9s1LmN8vTtYhQw2bXcR7uEoPiAsDfGhJk", "长" * 121]
)
def test_what_could_be_no_example_is_not_kept(text: str) -> None:
    assert find(text, FALLBACK_ONLY) is None


def test_a_message_without_a_reason_is_not_kept() -> None:
    assert find("燃气表有点怪", frozenset()) is None


@pytest.mark.parametrize(
    ("intent", "guesses", "reasons"),
    [
        ("pay_bill", [("pay_bill", 0.9), ("dispute_bill", 0.05)], set()),
        ("pay_bill", [("pay_bill", 0.6), ("dispute_bill", 0.3)], set()),
        ("pay_bill", [("pay_bill", 0.59), ("dispute_bill", 0.3)], {Reason.UNSURE}),
        ("pay_bill", [("pay_bill", 0.62), ("dispute_bill", 0.48)], {Reason.CLOSE}),
        ("pay_bill", [("pay_bill", 0.45), ("dispute_bill", 0.4)], {Reason.UNSURE, Reason.CLOSE}),
        (FALLBACK, [("pay_bill", 0.3)], {Reason.FALLBACK}),
    ],
)
def test_doubts(intent: str, guesses: list[tuple[str, float]], reasons: set[Reason]) -> None:
    assert doubts(intent, guesses) == reasons


def item(text: str, count: int = 1, minutes: int = 0, *reasons: Reason) -> Item:
    at = START + timedelta(minutes=minutes)
    return Item(
        id=text,
        text=text,
        reasons=frozenset(reasons or {Reason.FALLBACK}),
        guesses=(),
        count=count,
        first_at=at,
        last_at=at,
    )


def test_near_duplicates_are_folded_under_the_commonest() -> None:
    (group,) = grouped([item("请问营业厅几点上班"), item("营业厅几点上班", 3), item("营业厅几点上班呀", 2)])
    assert (group.head.text, [other.text for other in group.others]) == (
        "营业厅几点上班",
        ["营业厅几点上班呀", "请问营业厅几点上班"],
    )
    assert group.count == 6


def test_other_meanings_are_not_folded() -> None:
    assert len(grouped([item("我家漏气了"), item("我家没气了")])) == 2


def test_a_nearly_missed_emergency_comes_before_what_many_wrote() -> None:
    missed = item("厨房滋滋响", 1, 0, Reason.SCREEN_ONLY)
    common = item("表咋不走字", 500, 5, Reason.FALLBACK, Reason.UNHELPFUL)
    assert [group.head.text for group in grouped([common, missed])] == ["厨房滋滋响", "表咋不走字"]


def test_what_more_customers_write_comes_first_among_equals_the_latest() -> None:
    heads = [
        group.head.text for group in grouped([item("气灶怎么擦"), item("表箱钥匙呢", 1, 9), item("停车费多少", 2)])
    ]
    assert heads == ["停车费多少", "表箱钥匙呢", "气灶怎么擦"]
