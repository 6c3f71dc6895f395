"""What a customer writes to link his channels, and what nobody but him may see."""

from datetime import UTC, datetime

import pytest

from bot.domain.company import Linking
from bot.domain.conversations import Kind, Message, Speaker
from bot.domain.linking import CODE_MESSAGE, Wish, channel_names, codes_in, text_for_staff, wished, without_codes

LINKING = Linking()


@pytest.mark.parametrize(
    ("text", "asking", "wish"),
    [
        ("绑定", False, (Wish.ASK, "")),
        ("“关联”。", False, (Wish.ASK, "")),
        ("绑定微信", False, (Wish.ASK, "")),
        ("绑定 493028", False, (Wish.REDEEM, "493028")),
        ("“绑定 ４９３０２８”", False, (Wish.REDEEM, "493028")),
        ("关联验证码：493 028", False, (Wish.REDEEM, "493028")),
        ("493028", True, (Wish.REDEEM, "493028")),
        ("493028", False, None),
        ("取消关联", False, (Wish.UNDO, "")),
        ("怎么绑定户号", False, None),
        ("绑定 4930281", True, None),
        ("表数是493028", True, None),
        ("解绑银行卡", False, None),
    ],
)
def test_what_the_customer_wants(text: str, asking: bool, wish: tuple[Wish, str] | None) -> None:
    found = wished(text, LINKING, asking=asking)
    assert (found and tuple(found)) == wish


def test_codes_are_found_and_hidden() -> None:
    assert codes_in("我的码是４９３０２８，户号10010001，电话13800001234") == ["493028"]
    assert without_codes("绑定 493 028，４９３０２８") == "绑定 ******，******"


def message(id_: str) -> Message:
    return Message(
        id=id_,
        conversation_id="c",
        seq=1,
        at=datetime(2026, 1, 5, tzinfo=UTC),
        speaker=Speaker.SYSTEM,
        kind=Kind.NOTICE,
        text="验证码：493028，10分钟",
    )


def test_staff_see_that_there_is_a_code_and_not_which() -> None:
    assert text_for_staff(message(f"{CODE_MESSAGE}1")) == "验证码：******，10分钟"
    assert text_for_staff(message("m1")) == "验证码：493028，10分钟"


def test_channels_are_named_once() -> None:
    assert channel_names(["web:1", "wechat:2", "web:3", "sms:4"]) == "网页、微信、其他渠道"
