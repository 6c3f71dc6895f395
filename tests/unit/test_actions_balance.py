"""A balance is told only to who names the account and confirms it."""

from decimal import Decimal

import pytest

from actions.balance import balance_answer, confirms
from actions.proofs import Proof
from actions.testing import sample_account, sample_records
from tests.unit.actions_stage import COMPANY, Stage

ACCOUNT = sample_account("10020002", "c1", "3号楼2单元501室", phone="13900005678")


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ("5678", True),
        ("后四位是5678", True),
        ("13900005678", True),
        ("幸福小区3号楼2单元501", True),
        ("三号楼二单元五零一", True),
        ("1234", False),
        ("3号楼2单元502", False),
        ("678", None),
        ("501", None),
        ("张三", None),
        ("", None),
    ],
)
async def test_what_confirms_an_account(stated: str, expected: bool | None) -> None:
    assert await confirms(ACCOUNT, stated, back_office=sample_records()) is expected


@pytest.mark.parametrize(
    ("balance", "response"),
    [
        ("30", "utter_balance"),
        ("29.99", "utter_balance_low"),
        ("0", "utter_balance_low"),
        ("-1", "utter_balance_arrears"),
    ],
)
def test_the_answer_names_a_low_balance_and_arrears(balance: str, response: str) -> None:
    account = sample_account("1", "c1", "1号楼", balance_yuan=Decimal(balance))
    assert balance_answer(account, COMPANY).response == response


async def test_a_number_alone_tells_nothing() -> None:
    stage = Stage()
    await stage.begin("balance_form", "查一下10020002的余额", "query_balance")
    assert stage.said == ["utter_question_balance_proof"]
    assert "balance" not in stage.facts


async def test_number_and_address_in_one_sentence() -> None:
    stage = Stage()
    await stage.begin("balance_form", "户号10020002，幸福小区3号楼2单元501，查余额", "query_balance")
    assert stage.facts["balance"] == "35"


async def test_two_wrong_proofs_close_the_matter_for_this_conversation() -> None:
    stage = Stage()
    await stage.begin("balance_form", "查余额，户号10020002", "query_balance")
    await stage.answer("1111")
    await stage.answer("2222")
    assert stage.slots["account_proof"] == Proof.REFUSED
    stage.form = None
    await stage.begin("balance_form", "查余额，户号10020002，手机号13900005678", "query_balance")
    assert stage.said == ["utter_balance_to_person"]
    assert "handoff" in stage.signals


async def test_an_account_matched_by_its_address_needs_its_number_too() -> None:
    stage = Stage()
    stage.slots |= {"account_number": "10020002", "account_proof": Proof.ADDRESS}
    await stage.begin("balance_form", "查余额", "query_balance")
    assert stage.said == ["utter_question_balance_account"]
    await stage.answer("10020002")
    assert stage.facts["balance"] == "35"


async def test_a_refusal_outlasts_a_reading_of_the_same_account() -> None:
    stage = Stage()
    stage.slots |= {"account_number": "10020002", "account_proof": Proof.REFUSED}
    await stage.begin("reading_form", "户号10020002，读数1210", "report_meter_reading")
    assert stage.slots["account_proof"] == Proof.REFUSED
    stage.form = None
    await stage.begin("balance_form", "查余额", "query_balance")
    assert stage.said == ["utter_balance_to_person"]


async def test_what_was_shown_stays_shown_for_the_same_account_only() -> None:
    stage = Stage()
    stage.slots |= {"account_number": "10020002", "account_proof": Proof.BOTH}
    await stage.begin("reading_form", "户号10020002，读数1210", "report_meter_reading")
    assert stage.slots["account_proof"] == Proof.BOTH
    stage.form = None
    await stage.begin("reading_form", "户号10020001，读数1210", "report_meter_reading")
    assert stage.slots["account_proof"] == Proof.NUMBER


async def test_a_room_number_matches_no_account_even_if_it_is_the_only_one() -> None:
    stage = Stage()
    await stage.begin("reading_form", "我要报数", "report_meter_reading")
    await stage.answer("幸福小区501")
    assert stage.said == ["utter_account_several"]


async def test_who_does_not_know_the_proof_is_told_why_it_is_needed() -> None:
    stage = Stage()
    await stage.begin("balance_form", "查余额，户号10020002", "query_balance")
    await stage.answer("不知道", "report_co_poisoning", 0.3)
    assert stage.said == ["utter_proof_needed"]
