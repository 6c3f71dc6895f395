"""Short answers are read without guessing."""

from decimal import Decimal

import pytest

from actions.steering import wants_to_stop
from actions.understanding import (
    account_is_wrong,
    corrects,
    digit_runs,
    is_bare_answer,
    is_number_only,
    is_question,
    names_a_dwelling,
    numbers,
    yes_or_no,
)


@pytest.mark.parametrize("text", ["是的", "对对", "嗯，确认", "好的可以", "确认登记", "有的", "没错", "ＯＫ"])
def test_yes(text: str) -> None:
    assert yes_or_no(text) is True


@pytest.mark.parametrize("text", ["不是", "没有的", "不用了", "不对", "还没有", "错了。"])
def test_no(text: str) -> None:
    assert yes_or_no(text) is False


@pytest.mark.parametrize("text", ["有热水器", "幸福小区", "", "不对，是1235", "有没有"])
def test_neither_yes_nor_no(text: str) -> None:
    assert yes_or_no(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1234", ["1234"]),
        ("１２３４．５方", ["1234.5"]),
        ("1,234", ["1234"]),
        ("一千二百三十四", ["1234"]),
        ("一二三四", ["1234"]),
        ("幺二三四", ["1234"]),
        ("一千二", ["1200"]),
        ("1千2", ["1200"]),
        ("表上是十二点五", ["12.5"]),
        ("不是1234，是1235", ["1235"]),
        ("五", ["5"]),
        ("我看一下", []),
        ("没有", []),
        ("一会儿告诉您", []),
    ],
)
def test_numbers_arabic_and_chinese(text: str, expected: list[str]) -> None:
    assert numbers(text) == [Decimal(each) for each in expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("户号10020001", ["10020001"]),
        ("1002 0001", ["10020001"]),
        ("幺零零二零零零一", ["10020001"]),
        ("００１２３４５６", ["00123456"]),
        ("读数1234", []),
    ],
)
def test_account_numbers_keep_their_leading_zeros(text: str, expected: list[str]) -> None:
    assert digit_runs(text, 7) == expected


@pytest.mark.parametrize("text", ["三号楼二单元五零一", "3-2-501", "501", "A座1201", "5栋"])
def test_a_dwelling_is_named(text: str) -> None:
    assert names_a_dwelling(text)


@pytest.mark.parametrize("text", ["幸福小区", "我家", "后四位是5678", "两年了", "大门旁边"])
def test_no_dwelling_is_named(text: str) -> None:
    assert not names_a_dwelling(text)


@pytest.mark.parametrize("text", ["1234", "1234方", "户号10020001", "是的", "3号楼2单元501", "一千二百"])
def test_nothing_but_an_answer(text: str) -> None:
    assert is_bare_answer(text)


@pytest.mark.parametrize("text", ["3号楼漏气了", "气价多少", "转人工", "1234是什么意思"])
def test_more_than_an_answer(text: str) -> None:
    assert not is_bare_answer(text)


@pytest.mark.parametrize("text", ["算了", "先不报了", "不办了", "取消", "我不想弄了"])
def test_the_customer_stops(text: str) -> None:
    assert wants_to_stop(text)


@pytest.mark.parametrize("text", ["不对，是1235", "不用气", "取消了预约之后气费怎么算，我还没有弄明白"])
def test_the_customer_goes_on(text: str) -> None:
    assert not wants_to_stop(text)


def test_questions_and_corrections() -> None:
    assert is_question("气价多少")
    assert is_question("能开通吗？")
    assert not is_question("幸福小区")
    assert corrects("不对，是1235")
    assert not corrects("1235")


@pytest.mark.parametrize("text", ["户号错了", "户号不对", "不是这个户号", "地址错了", "账号说错了"])
def test_the_account_was_wrong(text: str) -> None:
    assert account_is_wrong(text)


def test_a_wrong_reading_is_no_wrong_account() -> None:
    assert not account_is_wrong("读数不对")


def test_a_telephone_number_is_not_just_a_number() -> None:
    assert is_number_only("10020001")
    assert is_number_only("户号：10020001")
    assert not is_number_only("13800001111")
    assert not is_number_only("3号楼")


def test_what_is_no_numeral_holds_no_number() -> None:
    assert numbers("十十一") == []
