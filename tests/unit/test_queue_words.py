"""Who waits for a person and no longer wants one."""

import pytest

from bot.conversation.queue_words import leaves, leaves_for, phone_in


@pytest.mark.parametrize(
    "said",
    [
        "算了不用人工了",
        "不等了",
        "算了",
        "不用了 谢谢",
        "还是问机器人吧",
        "不转了",
        "取消排队",
        "别转人工了",
        "不要人工客服",
    ],
)
def test_back_to_the_assistant(said: str) -> None:
    assert leaves(said)


@pytest.mark.parametrize(
    "said",
    [
        "怎么还不来人",
        "不用机器人",
        "不行",
        "不要",
        "不是",
        "你们人工怎么不理我",
        "人呢",
        "不来人了吗",
        "不用人工查也行，余额多少",
    ],
)
def test_still_waiting(said: str) -> None:
    assert not leaves(said)


@pytest.mark.parametrize("said", ["算了不等了 我就问下营业厅电话多少", "不等了，问一下气价", "算了 我查下余额"])
def test_back_to_the_assistant_with_a_question(said: str) -> None:
    assert leaves_for(said)
    assert not leaves(said)


@pytest.mark.parametrize("said", ["算了不等了", "我就问下营业厅电话多少", "不等了吗", "等了半天了 问一下怎么还没人"])
def test_no_question_for_the_assistant(said: str) -> None:
    assert not leaves_for(said)


def test_a_number_to_call() -> None:
    assert phone_in("打138 0000 0000找我") == "138 0000 0000"
    assert phone_in("0371-66668888")
    assert not phone_in("户号10010001")
