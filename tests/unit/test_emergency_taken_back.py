"""Who takes a report back is not asked on; who only doubts it is."""

import pytest

from bot.conversation.emergency_taken_back import denies, is_other_talk, takes_back


@pytest.mark.parametrize(
    "said",
    [
        "哦没事了是我炒辣椒熏的",
        "不好意思 是我老公拿煤油擦灶台的味",
        "没事没事 不用来了",
        "现在没有 窗户都开着",
        "已经闻不到了",
        "原来是下水道的味",
        "我刚去看了 是报警器没电了 换了电池好了",
        "没味道 真没事",
        "没漏气",
        "啥子漏气哦 我是灶打不燃 没得味道",
        "什么漏气 不是 我问灶",
    ],
)
def test_says_that_there_is_nothing(said: str) -> None:
    assert takes_back(said)


@pytest.mark.parametrize(
    "said",
    [
        "没事了，就是还有股煤气味",
        "现在没有了 但是还是头晕",
        "是煤油味还是煤气味我分不清",
        "现在没有人在家",
        "现在没有那么浓了",
        "下水道那边有煤气味",
        "现在怎么办",
        "报警器电池换了还在响",
        "报警器坏了一直响",
        "报警器没电了但是有煤气味",
        "是不是没漏气啊",
        "没漏水是漏气",
        "什么漏气 快来人",
        "什么漏气了 味道好大",
        "什么漏气啊 没有人来 头好晕",
    ],
)
def test_does_not_take_it_back(said: str) -> None:
    assert not takes_back(said)


def test_a_place_or_a_sign_of_danger_is_no_other_talk() -> None:
    assert is_other_talk("对了我想问安检一年几次")
    assert not is_other_talk("幸福小区3号楼2单元501")
    assert not is_other_talk("又闻到煤气味了")


@pytest.mark.parametrize(
    "said", ["没漏气 我是报表上的数", "不用来人！我家没漏 要报燃气表读数", "是我打错字了 我是想报数 不是漏气"]
)
def test_a_leak_is_denied_outright(said: str) -> None:
    assert denies(said)


@pytest.mark.parametrize(
    "said",
    [
        "不是漏气了吧",
        "应该没漏吧 就是有点味",
        "不用来了 我们自己关了阀门",
        "味道散了 不用来了",
        "不是泄漏 是着火了",
        "没漏吗",
    ],
)
def test_a_crew_is_not_called_off_by_less(said: str) -> None:
    assert not denies(said)
