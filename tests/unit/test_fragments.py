"""What has only begun to be said."""

import pytest

from assistant.fragments import MOST_SUSPECTED, as_understood, is_fragment
from bot.conversation.emergency_doubt import decide


@pytest.mark.parametrize(
    "text",
    [
        "姑娘",
        "小伙子",
        "喂喂",
        "师傅你好",
        "我这个煤气",
        "我家那个表…",
        "我这个月",
        "姑娘，我这个灶",
        "我家",
        "新房子",
        "刚装修完",
        "我说你们这表",
    ],
)
def test_it_has_only_begun(text: str) -> None:
    assert is_fragment(text)


@pytest.mark.parametrize(
    "text", ["煤气", "我漏气", "姑娘我家没气了", "客服", "人工", "燃气卡", "我这个灶打不着", "那个师傅", ""]
)
def test_it_says_something(text: str) -> None:
    assert not is_fragment(text)


def test_a_piece_that_names_the_gas_is_no_alarm_but_may_be_asked_about() -> None:
    suspected = {"name": "report_leak", "confidence": 0.5}
    parsed = {"intent": suspected, "intent_ranking": [suspected, {"name": "query_balance", "confidence": 0.1}]}
    understood = as_understood("我这个煤气", parsed)
    assert understood["intent"]["name"] == "greet"
    assert understood["intent_ranking"][1:] == [{"name": "report_leak", "confidence": MOST_SUSPECTED}]
    assert as_understood("我这个煤气漏了", parsed) is parsed
    assert decide("我这个煤气", MOST_SUSPECTED) == "ask"
