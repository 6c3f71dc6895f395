"""How ordinary customers ask, take note, call for help and tell where they live (tests/assistant/strangers_5.yml)."""

import pytest

from actions.additions import _OF_IT
from actions.follow_ups import About, follow_up_in
from actions.places import looks_like_an_address
from actions.steering import only_cries_for_help, takes_note, without_cry_for_help
from actions.understanding import is_question


@pytest.mark.parametrize("text", ["周六上班不", "微信上能交不", "押金验完退不退", "不会停气吧", "师傅到没", "修好没"])
def test_colloquial_questions(text: str) -> None:
    assert is_question(text)


@pytest.mark.parametrize(
    "text", ["没签过啥协议啊 开发商也没说", "还是不", "都不", "也没什么", "没有", "电池换了还是不行"]
)
def test_statements_with_a_no_are_no_questions(text: str) -> None:
    assert not is_question(text)


@pytest.mark.parametrize(
    "text", ["哦哦 知道了", "好吧", "好嘞", "行 那我等师傅电话", "明白了谢谢", "那我等着", "收到", "哦了解了"]
)
def test_taking_note(text: str) -> None:
    assert takes_note(text)


@pytest.mark.parametrize(
    "text", ["好的", "知道了 那多少钱", "等一下", "我等了两天师傅了", "不知道", "给我打电话吧", "好"]
)
def test_no_taking_note(text: str) -> None:
    assert not takes_note(text)


def test_a_cry_for_help_is_no_subject() -> None:
    assert without_cry_for_help("还是打不着 有啥办法") == "还是打不着"
    assert without_cry_for_help("过户怎么办") == "过户怎么办"
    assert only_cries_for_help("那咋办啊")
    assert not only_cries_for_help("发票怎么办")


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("幸福小区3号楼2单元501", True),
        ("锦绣家园一期7栋1单元101", True),
        ("我要报数3号楼501", False),
        ("我家里着火了3号楼", False),
    ],
)
def test_addresses_of_any_estate(text: str, known: bool) -> None:
    assert looks_like_an_address(text) is known


@pytest.mark.parametrize("text", ["押金验完退不退", "两千块是押金吗 以后退不退", "押金退吗"])
def test_refunds(text: str) -> None:
    assert follow_up_in(text, {About.REFUND}) is About.REFUND


def test_a_name_belongs_to_what_was_registered() -> None:
    assert _OF_IT.search("我姓刘")
