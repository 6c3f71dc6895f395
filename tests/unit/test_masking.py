"""What logs may not show, and what they must still show."""

from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.masking import mask, mask_text

TOKEN = "gds_4fJx-0Zk_q9s1LmN8vTtYhQw2bXcR7uEoPiAsDfGhJk"


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("我的电话是13812341234，请回电", "我的电话是138****1234，请回电"),
        ("13812341234", "138****1234"),
        ("138 1234 1234 或 139-8765-4321", "138****1234 或 139****4321"),
        ("+86 13812341234", "138****1234"),
        ("打8613812341234找我", "打138****1234找我"),
        ("电话１３８１２３４１２３４", "电话****１２３４"),
        ("户号20010001", "户号****0001"),
        ("户号：2001", "户号：****2001"),
        ("户号是 200134", "户号是 ****0134"),
        ("我的户号2001000123456789012345", "我的户号****2345"),
        ("卡号 6222021234567890123", "卡号 ****0123"),
        ("20010001的余额", "****0001的余额"),
        ("number 20010001.", "number ****0001."),
        ("account_number=20010001,", "account_number=****0001,"),
        ("座机 0371-66668888", "座机 0371-****8888"),
        ("身份证11010519491231002X", "身份证***"),
        ("110105194912310021。", "***。"),
        ("110105 19491231 002x", "***"),
        (f"cookie gasdesk_session={TOKEN}; Path=/", "cookie gasdesk_session=***; Path=/"),
        ("Authorization: Bearer abc.DEF-1", "Authorization: Bearer ***"),
        ("POST /bot123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw1/send", "POST /bot***/send"),
        ("('13812341234', '20010001')", "('138****1234', '****0001')"),
    ],
)
def test_personal_data_and_keys_are_masked(text: str, masked: str) -> None:
    assert mask_text(text) == masked


@pytest.mark.parametrize(
    "text",
    [
        "12345678-1234-4234-8234-123456789012",
        "conversation c0a80001-0000-4000-8000-000000000000 closed",
        "20260105-0007 dispatched",
        "2026-01-05T09:00:00.000000Z",
        "读数 1235，余额 30.5 元，还剩 120 秒",
        "took 0.123456789 s",
        "web:9f2c12345678aa01",
        "127.0.0.1:5005",
        "101",
    ],
)
def test_what_helps_to_find_a_fault_stays(text: str) -> None:
    assert mask_text(text) == text


@given(st.integers(13, 19), st.integers(0, 10**9 - 1), st.text("漏气，。 \n（）abc", max_size=5))
def test_no_mobile_number_survives_wherever_it_stands(lead: int, rest: int, around: str) -> None:
    number = f"{lead}{rest:09d}"
    assert number not in mask_text(f"{around}{number}{around}")


@dataclass
class _Customer:
    phone: str


def test_every_level_of_a_value_is_masked() -> None:
    value: dict[str, Any] = {
        "list": [{"phone": "13812341234"}, ("20010001", None)],
        "13812341234": 1.5,
        "object": _Customer("13812341234"),
        "bytes": b"13812341234",
        "count": 7,
        "on": True,
    }
    assert mask(value) == {
        "list": [{"phone": "138****1234"}, ["****0001", None]],
        "138****1234": 1.5,
        "object": "_Customer(phone='138****1234')",
        "bytes": "b'138****1234'",
        "count": 7,
        "on": True,
    }


@pytest.mark.parametrize("name", ["password", "Authorization", "session_token", "app_secret", "Cookie", "AES_KEY"])
def test_fields_that_hold_keys_are_hidden_whole(name: str) -> None:
    assert mask({"headers": {name: "x"}}) == {"headers": {name: "***"}}
