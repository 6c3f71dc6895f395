"""Further parts of an address, and corrections of it, as frightened people write them."""

import pytest

from bot.conversation.address import (
    addition_in,
    address_in,
    completed,
    corrected,
    extended,
    is_another,
    names_part_of,
    says_it_again,
)


@pytest.mark.parametrize(
    ("known", "said", "whole"),
    [
        ("", "幸福小区", "幸福小区"),
        ("", "3号楼501", "3号楼501"),
        ("", "和平路菜市场对面 幸福小区门口这", "和平路菜市场对面幸福小区门口"),
        ("幸福小区", "3号楼2单元501", "幸福小区3号楼2单元501"),
        ("幸福小区", "3-2-501", "幸福小区3-2-501"),
        ("幸福小区", "3 2 501", "幸福小区3-2-501"),
        ("幸福小区", "501", "幸福小区501"),
        ("幸福小区", "我家是三单元", "幸福小区三单元"),
        ("幸福小区", "五零一", "幸福小区五零一"),
        ("幸福小区", "12", "幸福小区12"),
        ("幸福小区", "东户", "幸福小区东户"),
        ("幸福小区", "5楼", "幸福小区5楼"),
        ("幸福小区3号楼501", "2单元", "幸福小区3号楼2单元501"),
        ("幸福小区3号楼", "二单元五零一", "幸福小区3号楼二单元五零一"),
        ("幸福小区501", "3号楼", "幸福小区3号楼501"),
        ("3号楼501", "幸福小区", "幸福小区3号楼501"),
        ("501", "幸福小区", "幸福小区501"),
        ("三楼", "幸福小区", "幸福小区三楼"),
        ("三楼", "302", "三楼302"),
        ("人民路", "幸福小区", "人民路幸福小区"),
        ("幸福小区", "人民路", "人民路幸福小区"),
        ("和平路", "12号", "和平路12号"),
        ("幸福小区", "阳光花园5号楼", "阳光花园5号楼"),
        ("锦绣江南南门", "3号楼", "锦绣江南3号楼南门"),
        ("老槐树底下", "12号", "老槐树底下12号"),
    ],
)
def test_a_further_part_goes_where_it_belongs(known: str, said: str, whole: str) -> None:
    assert completed(known, said) == whole
    assert addition_in(known, said) == whole


@pytest.mark.parametrize("said", ["快点来", "我好害怕", "不知道", "门口", "好的", "13800000000"])
def test_what_is_no_part_adds_nothing(said: str) -> None:
    assert addition_in("幸福小区", said) is None
    assert completed("幸福小区", "") == "幸福小区"


@pytest.mark.parametrize(
    ("known", "said", "whole"),
    [
        ("二小对面", "和顺东街上 修路的把管子挖了", "和顺东街二小对面"),
        ("和顺东街", "就在二小对面", "和顺东街二小对面"),
        ("二小对面", "是第二小学", "第二小学"),
        ("平安里15号楼", "4单元502", "平安里15号楼4单元502"),
        ("和顺东街3号", "阳光花园3号楼", "阳光花园3号楼"),
        ("和顺东街第二小学", "对", None),
    ],
)
def test_a_street_and_what_stands_in_it_are_told_one_after_the_other(known: str, said: str, whole: str | None) -> None:
    assert extended(known, said) == whole


KNOWN = "幸福小区3号楼2单元501室"


@pytest.mark.parametrize(
    ("said", "right"),
    [
        ("不对，是502", "幸福小区3号楼2单元502室"),
        ("不对是502", "幸福小区3号楼2单元502室"),
        ("是502", "幸福小区3号楼2单元502室"),
        ("对不起，是502", "幸福小区3号楼2单元502室"),
        ("五零二", "幸福小区3号楼2单元五零二室"),
        ("不对，房号是1502", "幸福小区3号楼2单元1502室"),
        ("不是501，是502", "幸福小区3号楼2单元502室"),
        ("不是3号楼是4号楼", "幸福小区4号楼2单元501室"),
        ("是4号楼不是3号楼", "幸福小区4号楼2单元501室"),
        ("不是的，是4号楼", "幸福小区4号楼2单元501室"),
        ("楼号错了，4号楼", "幸福小区4号楼2单元501室"),
        ("1号楼", "幸福小区1号楼2单元501室"),
        ("不对，3单元", "幸福小区3号楼3单元501室"),
        ("应该是三单元", "幸福小区3号楼三单元501室"),
        ("换成3单元", "幸福小区3号楼3单元501室"),
        ("我说错了是3单元502", "幸福小区3号楼3单元502室"),
        ("不对，阳光花园", "阳光花园3号楼2单元501室"),
        ("不对，是阳光花园5号楼1单元302", "阳光花园5号楼1单元302"),
        ("对，不过是1单元", "幸福小区3号楼1单元501室"),
        # changes nothing, or does not say what
        ("不对", None),
        ("写错了", None),
        ("对，2单元", None),
        ("是4", None),
        ("1", None),
        ("快来啊", None),
        ("不是漏气", None),
        ("可以闻到味道", None),
    ],
)
def test_a_correction_changes_the_part_it_names(said: str, right: str | None) -> None:
    assert corrected(KNOWN, said) == right


def test_a_part_that_was_not_known_is_put_in() -> None:
    assert corrected("幸福小区3号楼501", "不对，是2单元") == "幸福小区3号楼2单元501"


@pytest.mark.parametrize(
    "said", ["不对 是西门 说错了 西门口", "是西门不是东门 你让他们去西门嘛", "搞错了 在西门", "西门 不是东门"]
)
def test_the_same_place_from_another_side(said: str) -> None:
    assert corrected("阳光花园东门口", said) == "阳光花园西门"


@pytest.mark.parametrize("said", ["不对 是东门", "东门那边不对吗", "不对"])
def test_the_same_side_changes_nothing(said: str) -> None:
    assert corrected("阳光花园东门口", said) is None


@pytest.mark.parametrize(
    ("said", "another"),
    [
        ("阳光花园西门", True),
        ("在幸福小区3号楼", True),
        ("阳光花园", False),
        ("阳光花园东门口", False),
        ("我在阳光花园西门等", False),
        ("多久到", False),
    ],
)
def test_an_address_alone_may_be_another(said: str, another: bool) -> None:
    assert is_another("阳光花园东门口", said) is another


@pytest.mark.parametrize(
    ("known", "said", "adds"),
    [
        ("阳光花园A座", "1203", True),
        ("阳光花园A座", "我家1203", True),
        ("阳光花园A座1203", "1204", False),
        ("阳光花园A座", "2", False),
        ("阳光花园A座", "13812345678", False),
        ("阳光花园A座", "等了20分钟了", False),
    ],
)
def test_the_flat_that_was_missing(known: str, said: str, adds: bool) -> None:
    assert is_another(known, said) is adds


def test_where_a_tenant_lives_is_a_flat() -> None:
    assert address_in("阳光花园A座 租客住1203 他说厨房的") == "阳光花园A座1203"


@pytest.mark.parametrize("said", ["喂 是西门不是东门", "阳光花园西门", "就在阳光花园西门。"])
def test_an_address_said_again_is_right(said: str) -> None:
    assert says_it_again("阳光花园西门", said)


@pytest.mark.parametrize("said", ["是东门不是西门", "不对", "阳光花园", "阳光花园西门不对吗", "西门"])
def test_less_or_something_else_is_no_repetition(said: str) -> None:
    assert not says_it_again("阳光花园西门", said)


def test_a_place_is_told_with_its_street() -> None:
    assert address_in("就是滨江路那个中石化加油站对面") == "滨江路中石化加油站对面"


def test_whose_house_is_named_besides_is_not_the_address() -> None:
    assert corrected("幸福里5号楼", "啊说错了是3号楼 2单元501 5号楼是我姐家") == "幸福里3号楼2单元501"


def test_floors_that_are_named_together_are_no_building() -> None:
    assert extended("百合公寓1号楼走廊", "对 靠17 18层那边味道最大") == "百合公寓1号楼18层走廊"


def test_what_is_denied_and_then_said_as_it_stands_is_part_of_it() -> None:
    assert names_part_of("幸福里3号楼2单元501", "不对不对 3号楼 我家3号楼2单元501")
    assert names_part_of("百合公寓1号楼18层", "不是17号楼 是1号楼")
    assert not names_part_of("幸福里3号楼2单元501", "不对 是4号楼")
