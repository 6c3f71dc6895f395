"""Communities and dwellings in customers' own words."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.domain.gas import Community
from bot.domain.places import (
    after_name,
    best_fits,
    dwelling,
    dwelling_key,
    is_only_dwelling,
    match_communities,
    plain,
)


def community(name: str, *aliases: str) -> Community:
    return Community(id=name, name=name, aliases=aliases, supplied=True)


KNOWN = [
    community("幸福小区"),
    community("阳光花园", "阳光城"),
    community("新阳光花园"),
    community("锦绣家园一期"),
    community("锦绣家园二期"),
    community("百合公寓"),
    community("五一新村"),
    community("滨河小区"),
    community("滨河花园"),
]


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("幸福小区", ["幸福小区"]),
        ("幸福", ["幸福小区"]),
        ("幸福花园", ["幸福小区"]),
        (" 幸福 小区 ", ["幸福小区"]),
        ("我住幸福小区三号楼", ["幸福小区"]),
        ("我住在幸福3号楼2单元", ["幸福小区"]),
        ("阳光城", ["阳光花园"]),
        ("阳光花园", ["阳光花园"]),
        ("新阳光花园5号楼", ["新阳光花园"]),
        ("锦绣家园2期", ["锦绣家园二期"]),
        ("锦绣家园二期", ["锦绣家园二期"]),
        ("锦绣家园", ["锦绣家园一期", "锦绣家园二期"]),
        ("锦绣", ["锦绣家园一期", "锦绣家园二期"]),
        ("百合公寓", ["百合公寓"]),
        ("51新村", ["五一新村"]),
        ("五一新村", ["五一新村"]),
        ("滨河", ["滨河小区", "滨河花园"]),
        ("滨河花园", ["滨河花园"]),
        ("滨河花园3-2-501", ["滨河花园"]),
        ("幸福小区对面的阳光花园", ["幸福小区", "阳光花园"]),
        ("锦绣家园3-2-501", ["锦绣家园一期", "锦绣家园二期"]),
        ("锦绣家园二期3-2-501", ["锦绣家园二期"]),
        ("不存在小区", []),
        ("不存在小区3-2-501", []),
        ("小区", []),
        ("福", []),
        ("", []),
        ("3号楼2单元501", []),
    ],
)
def test_a_community_is_known_by_its_spellings(words: str, names: list[str]) -> None:
    assert [each.name for each in match_communities(words, KNOWN)] == names


@pytest.mark.parametrize(
    "words",
    [
        "3号楼2单元501室",
        "3号楼2单元501",
        "3栋2单元501号",
        "3幢 2单元 501房",
        "3-2-501",
        "3 - 2 - 501",
        "３－２－５０１",
        "三号楼二单元五零一",
        "三号楼二单元五〇一室",
        "三栋两单元五零幺户",
        "3#2单元501",
        "3#楼2门501",
        "03号楼02单元0501室",
        "3号楼2单元5楼501室",
        "3号楼，2单元，501",
    ],
)
def test_a_dwelling_has_one_key_however_it_is_written(words: str) -> None:
    assert dwelling_key(words) == "3-2-501"


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("A座1203", "a-1203"),
        ("a栋一二〇三室", "a-1203"),
        ("B2栋1单元202", "b2-1-202"),
        ("十二号楼一单元一百零一", "12-1-101"),
        ("东区8号楼1单元302", "东-8-1-302"),
        ("底商6号", "shop-6"),
        ("商铺 6", "shop-6"),
        ("别墅18号", "18"),
        ("二期3号楼501", "2-3-501"),
        ("没有数字", ""),
    ],
)
def test_other_kinds_of_dwelling(words: str, key: str) -> None:
    assert dwelling_key(words) == key


HOMES = ["3号楼2单元501室", "3号楼1单元501室", "2号楼3单元501室", "3号楼2单元502室", "A座1203", "底商6号"]


@pytest.mark.parametrize(
    ("stated", "homes"),
    [
        ("3号楼2单元501", ["3号楼2单元501室"]),
        ("3-2-501", ["3号楼2单元501室"]),
        ("2-3-501", ["2号楼3单元501室"]),
        ("3号楼501", ["3号楼2单元501室", "3号楼1单元501室"]),
        ("3单元501", ["2号楼3单元501室"]),
        ("3-501", ["3号楼2单元501室", "3号楼1单元501室", "2号楼3单元501室"]),
        ("501", ["3号楼2单元501室", "3号楼1单元501室", "2号楼3单元501室"]),
        ("A座1203", ["A座1203"]),
        ("1203室", ["A座1203"]),
        ("底商6", ["底商6号"]),
        ("3号楼", []),
        ("3号楼2单元", []),
        ("3号楼2单元601", []),
        ("3号楼2单元501室1", []),
        ("2单元3号楼501", []),
        ("", []),
    ],
)
def test_a_stated_dwelling_is_found_and_never_guessed(stated: str, homes: list[str]) -> None:
    assert best_fits(dwelling(stated), [(dwelling(home), home) for home in HOMES]) == homes


@pytest.mark.parametrize(
    ("words", "rest"),
    [
        ("幸福小区3号楼2单元501", "3号楼2单元501"),
        ("我家在幸福小区三号楼", "3号楼"),
        ("3号楼2单元501，幸福小区", "3号楼2单元501"),
        ("幸福路12号幸福小区3-2-501", "3-2-501"),
        ("幸福3-2-501", "3-2-501"),
    ],
)
def test_what_follows_the_name_is_the_dwelling(words: str, rest: str) -> None:
    assert after_name(words, KNOWN[0]) == rest


@pytest.mark.parametrize(
    ("words", "only"),
    [
        ("3-2-501", True),
        ("我家是三号楼二单元五零一", True),
        ("地址是A座1203室", True),
        ("平安小区3-2-501", False),
        ("隔壁3-2-501", False),
    ],
)
def test_an_unknown_name_is_noticed(words: str, only: bool) -> None:
    assert is_only_dwelling(words) is only


@given(st.integers(1, 99), st.integers(1, 20), st.integers(101, 3999))
def test_figures_and_words_say_the_same(building: int, unit: int, room: int) -> None:
    spoken = str(room).translate(str.maketrans("0123456789", "零一二三四五六七八九"))
    figures = f"{building}号楼{unit}单元{room}室"
    assert dwelling_key(figures) == f"{building}-{unit}-{room}"
    assert dwelling(f"{building}号楼{unit}单元{spoken}室") == dwelling(figures)


@example("十十一")
@given(st.text() | st.text("幸福小区阳光花园城百合一二三十零5 3-A号楼单元室，。"))
def test_any_text_can_be_read(text: str) -> None:
    assert not set(plain(text)) & set(" ，。\t\n")
    assert match_communities(text, KNOWN) == match_communities(f"  {text}。", KNOWN)
    dwelling(text)
