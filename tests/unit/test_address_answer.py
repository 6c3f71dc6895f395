"""Whether the address that was read back is right: what is a yes, what is a no, and what is neither."""

import pytest

from bot.conversation.address_answer import Confirmation, confirmation


@pytest.mark.parametrize(
    "said",
    [
        "对", "对的", "对对对", "嗯", "嗯嗯", "是", "是的", "没错",
        "没写错", "正确", "好的谢谢", "OK", "ok", "1", "👌", "Y",
        "对，快来", "是的，味道很大了", "嗯 快点", "就是这里快来吧", "地址没错", "确认", "可以", "对！", "对。。。",
        "对头对头 快点嘛", "对的 我是不是要先把火关了 锅头还炖起肉的", "要得 快来", "嗯呐", "嗯呐 你们快点",
    ],
)  # fmt: skip
def test_yes(said: str) -> None:
    assert confirmation(said) is Confirmation.YES


@pytest.mark.parametrize("said", ["不对", "不是", "不", "错了", "写错了", "地址错了", "no", "不正确", "有误", "错"])
def test_no(said: str) -> None:
    assert confirmation(said) is Confirmation.NO


@pytest.mark.parametrize(
    "said",
    [
        "好大的味道",
        "对面也有味道",
        "可以闻到味道",
        "是不是要先关火",
        "1号楼",
        "是502",
        "对不起，是502",
        "对吗？",
        "快来啊",
        "不用了",
        "12",
        "",
    ],
)
def test_neither_yes_nor_no(said: str) -> None:
    """Each begins like a yes; a crew would have been sent to the wrong door."""
    assert confirmation(said) is None
