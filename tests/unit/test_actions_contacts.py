"""Telephone numbers and convenient times, as customers write and dictate them."""

from datetime import datetime

import pytest

from actions.contacts import ConvenientTime, phone_in, time_in, tries_a_phone, without_phone

MONDAY = datetime(2026, 1, 5, 10, 0)  # noqa: DTZ001 (local, as the reader gets it)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("13800001234", "13800001234"),
        ("138 0000 1234", "13800001234"),
        ("138-0000-1234", "13800001234"),
        ("+86 13800001234", "13800001234"),
        ("１３８００００１２３４", "13800001234"),
        ("幺三八零零零零一二三四", "13800001234"),
        ("一三八 零零零零 一二三四", "13800001234"),
        ("我电话是13800001234，谢谢", "13800001234"),
        ("3号楼2单元501 13800001234", "13800001234"),
        ("13-2-501 13800001234", "13800001234"),
        ("不是13800001234，是13900001234", "13900001234"),
        ("0371-66668888", "0371-66668888"),
        ("037166668888", "0371-66668888"),
        ("（0371）6666 8888", "0371-66668888"),
        ("010 12345678", "010-12345678"),
        ("010-12345678转801", "010-12345678转801"),
    ],
)
def test_a_whole_number_is_read(text: str, number: str) -> None:
    assert phone_in(text) == number


@pytest.mark.parametrize(
    "text", ["1380000123", "138000012345", "8800123", "66668888", "12800001234", "不是13800001234"]
)
def test_what_is_no_whole_number_is_not_completed(text: str) -> None:
    assert phone_in(text) is None
    assert tries_a_phone(text)


@pytest.mark.parametrize("text", ["等一下", "3号楼2单元501", "没有电话", "明天上午"])
def test_what_is_no_number_at_all(text: str) -> None:
    assert phone_in(text) is None
    assert not tries_a_phone(text)


def test_the_rest_beside_a_number() -> None:
    assert without_phone("3号楼2单元501，13800001234").strip(" ,") == "3号楼2单元501"


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("明天上午", "1月6日（周二）上午"),
        ("周六下午", "1月10日（周六）下午"),
        ("礼拜三上午十点", "1月7日（周三）上午10点"),
        ("下周二", "1月13日（周二）"),
        ("星期一", "1月5日（周一）"),
        ("后天", "1月7日（周三）"),
        ("大后天", "1月8日（周四）"),
        ("明晚", "1月6日（周二）晚"),
        ("今天下午三点以后", "1月5日（周一）下午3点以后"),
        ("上午9:00-11:30", "上午9点-11点30分"),
        ("两点半", "2点半"),
        ("15号", "1月15日（周四）"),
        ("3号下午", "2月3日（周二）下午"),
        ("1月8号上午", "1月8日（周四）上午"),
        ("1月4日", "1月4日（周一）"),
        ("下班后", "下班后"),
        ("工作日晚上", "工作日晚上"),
        ("周末", "周末"),
        ("周一到周五晚上", "周一到周五晚上"),
        ("周六日都行", "周六日都行"),
        ("除了周三都行", "除了周三都行"),
        ("明天或者后天吧", "明天或者后天吧"),
        ("随时", "随时"),
        ("什么时候都行", "随时"),
        ("我都在家", "随时"),
        ("越快越好", "尽快"),
    ],
)
def test_a_time_is_written_as_a_date(text: str, written: str) -> None:
    assert time_in(text, MONDAY) == ConvenientTime(written)


@pytest.mark.parametrize("text", ["好的", "等一下", "我家3号楼", "2月30号", "师傅什么时候来", ""])
def test_what_is_no_time(text: str) -> None:
    assert time_in(text, MONDAY) is None


@pytest.mark.parametrize("text", ["底商12号", "幸福小区3号楼2单元501", "都可以", "尽快"])
def test_beside_another_answer_only_what_is_a_time_beyond_doubt(text: str) -> None:
    assert time_in(text, MONDAY, asked=False) is None


def test_this_morning_is_over_in_the_afternoon() -> None:
    afternoon = MONDAY.replace(hour=15)
    assert time_in("今天上午", afternoon) == ConvenientTime("1月5日（周一）上午", past=True)
    assert time_in("今天下午", afternoon) == ConvenientTime("1月5日（周一）下午")
    assert time_in("周一上午", afternoon) == ConvenientTime("1月12日（周一）上午"), "the coming one"


def test_a_day_without_a_month_may_lie_in_the_next_year() -> None:
    assert time_in("2号", datetime(2026, 12, 30, 9, 0)) == ConvenientTime("1月2日（周六）")  # noqa: DTZ001


def test_to_speak_more_slowly_is_no_hour() -> None:
    assert time_in("我耳朵不太好 打慢一点", MONDAY) is None
