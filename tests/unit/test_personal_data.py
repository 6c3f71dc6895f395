"""A customer's data is flagged unless he stated it or it is public; ordinary numbers are not."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from bot.domain.gas import Account, CustomerClass, MeterKind
from bot.quality.personal_data import Known, find_personal_data

ACCOUNT = Account(
    number="10010001",
    community_id="c1",
    address="3号楼2单元501室",
    holder="王建国",
    phone="13900001234",
    customer_class=CustomerClass.RESIDENTIAL,
    meter_kind=MeterKind.ORDINARY,
    contract_signed=True,
    gas_on=True,
    balance_yuan=Decimal(0),
    last_reading_m3=Decimal(0),
    last_reading_on=date(2026, 1, 1),
    monthly_average_m3=Decimal(0),
    year_used_m3=Decimal(0),
)
PUBLIC = "0000-8800119\n0000-8800201\n安居市平安路1号\n和顺东街66号商铺3单元"
KNOWN = Known(public=PUBLIC, account=ACCOUNT)


@pytest.mark.parametrize(
    ("draft", "found"),
    [
        ("您的手机号是13900001234吗？", ["13900001234"]),
        ("我们打 139 0000 1234 联系您", ["139 0000 1234"]),
        ("我们打+86-139-0000-1234联系您", ["+86-139-0000-1234"]),
        ("身份证号110101199003071234", ["110101199003071234"]),
        ("固定电话0000-8800301", ["0000-8800301"]),
        ("您家是幸福小区3号楼2单元501室", ["3号楼2单元501室"]),
        ("您住三号楼二单元吧", ["三号楼二单元"]),
        ("501室对吗", ["501室"]),
        ("户主是王建国", ["王建国"]),
        ("王先生您好", ["王先生"]),
        ("您的户号是10010001", ["10010001"]),
        ("王建国，13900001234", ["王建国", "13900001234"]),
    ],
)
def test_what_the_customer_has_not_said_is_flagged(draft: str, found: list[str]) -> None:
    assert [each.found for each in find_personal_data(draft, KNOWN)] == found
    for each in find_personal_data(draft, KNOWN):
        assert draft[each.start : each.end] == each.found


@pytest.mark.parametrize(
    ("stated", "draft"),
    [
        ("我的电话13900001234", "请问是139 0000 1234吗？"),
        ("3号楼2单元501", "您的地址是3号楼2单元501室，对吗？"),
        ("我家三号楼二单元501", "3号楼2单元501，对吗？"),
        ("幸福小区3-2-501", "3号楼2单元501室，对吗？"),
        ("户主王建国", "王建国，对吗？"),
        ("户号10010001", "户号10010001核对一致。"),
    ],
)
def test_what_the_customer_stated_may_be_read_back(stated: str, draft: str) -> None:
    assert find_personal_data(draft, replace(KNOWN, stated=(stated,))) == []
    assert find_personal_data(draft, KNOWN) != []


@pytest.mark.parametrize(
    "draft",
    [
        "请拨打24小时热线0000-8800119。",
        "总营业厅在安居市平安路1号，电话0000-8800201。",
        "工单号20260105-0001，工作人员会与您联系。",
        "预存气费200元，3个工作日内上门。",
        "读数是1234立方米，余额30.50元。",
        "请关闭室内阀门，到室外等候。",
        "国标GB17905-2008要求带熄火保护。",
        "请王师傅上门。",
    ],
)
def test_ordinary_sentences_are_not_flagged(draft: str) -> None:
    assert find_personal_data(draft, KNOWN) == []


def test_without_an_account_no_name_is_known() -> None:
    assert find_personal_data("王先生您好", Known()) == []
