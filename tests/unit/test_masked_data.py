"""What staff see of personal data before they ask for it: enough to compare, not enough to tell."""

import pytest

from bot.customers.permission import may_serve
from bot.customers.tagging import tag_text
from bot.domain.customers import masked_dwelling, masked_end
from bot.domain.staff import Role, Staff
from bot.domain.text import BadText


@pytest.mark.parametrize(
    ("address", "masked"),
    [("3号楼2单元501室", "*号楼*单元*室"), ("十二栋三0一", "*栋*"), ("A座12-3", "*座*-*"), ("后院", "后院")],
)
def test_of_a_dwelling_no_number_is_left(address: str, masked: str) -> None:
    assert masked_dwelling(address) == masked


@pytest.mark.parametrize(("number", "masked"), [("10010001", "****0001"), ("1234", "****34"), ("7", "****")])
def test_of_a_number_half_at_most_is_left(number: str, masked: str) -> None:
    assert masked_end(number) == masked


@pytest.mark.parametrize(
    ("role", "held", "may"),
    [
        (Role.AGENT, True, True),
        (Role.AGENT, False, False),
        (Role.LEAD, False, True),
        (Role.INSPECTOR, True, False),
        (Role.ADMIN, True, False),
    ],
)
def test_who_serves_may_see(role: Role, held: bool, may: bool) -> None:
    assert may_serve(Staff(staff_id="1", name="一", role=role), held=held) is may


@pytest.mark.parametrize("raw", ["", "电话13800001234", "户号1234567", "字" * 13, None])
def test_a_tag_is_short_and_not_personal(raw: object) -> None:
    with pytest.raises(BadText):
        tag_text(raw)
    assert tag_text(" 老年  用户\n") == "老年 用户"
