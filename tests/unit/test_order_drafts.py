"""A work order filled in from a conversation."""

from dataclasses import replace

import pytest

from bot.domain.conversations import Collected, Conversation, Emergency, Kind, Message, SeenIntent, Speaker
from bot.domain.emergencies import EmergencyKind
from bot.domain.order_drafts import OrderDraft, draft_of
from bot.domain.work_orders import Handling, OrderType
from bot.testing import START

TALK = Conversation(id="c", contact_id="web:1", channel="web", opened_at=START, last_at=START)


def said(*texts: str, speaker: Speaker = Speaker.CUSTOMER) -> list[Message]:
    return [
        Message(id=str(n), conversation_id="c", seq=n, at=START, speaker=speaker, kind=Kind.TEXT, text=text)
        for n, text in enumerate(texts)
    ]


def test_nothing_known_is_a_consultation() -> None:
    assert draft_of(TALK, []) == OrderDraft()


def test_what_was_collected_fills_the_form() -> None:
    facts = {"地址": "幸福小区3号楼2单元501", "联系电话": "13000000001", "方便时间": "明天上午"}
    c = replace(TALK, collected=tuple(Collected(*fact) for fact in facts.items()))
    draft = draft_of(c, said("你好", "灶打不着火，电池换过了"))
    assert (draft.address, draft.contact_phone, draft.contact_time) == tuple(facts.values())
    assert draft.summary == "灶打不着火，电池换过了"


@pytest.mark.parametrize(
    ("intent", "kind", "handling"),
    [
        ("report_no_gas", OrderType.STOVE_PROBLEM, Handling.TO_REPAIR),
        ("ask_water_heater_conversion", OrderType.WATER_HEATER_REFIT, Handling.TO_BRANCH),
        ("make_complaint", OrderType.COMPLAINT, Handling.BY_DESK),
        ("greet", OrderType.CONSULTATION, Handling.BY_DESK),
    ],
)
def test_the_matter_decides_type_and_handling(intent: str, kind: OrderType, handling: Handling) -> None:
    c = replace(TALK, intents=(SeenIntent(intent, 0.9, "…"), SeenIntent("thank", 0.9, "谢谢")))
    draft = draft_of(c, [])
    assert (draft.type, draft.handling) == (kind, handling)


def test_the_last_number_that_the_customer_wrote_is_his_telephone() -> None:
    messages = [*said("我的电话13000000001", "打这个 130-0000-0002"), *said("回电13000000003", speaker=Speaker.AGENT)]
    assert draft_of(TALK, messages).contact_phone == "13000000002"
    assert draft_of(TALK, said("户号213000000012")).contact_phone == ""


def test_the_address_of_an_emergency_counts_first() -> None:
    emergency = Emergency(kind=EmergencyKind.INDOOR_LEAK, raised_at=START, address="幸福小区1号楼")
    c = replace(TALK, emergency=emergency, collected=(Collected("地址", "别处"),))
    assert draft_of(c, []).address == "幸福小区1号楼"


def test_an_account_that_was_not_matched_is_not_the_customers() -> None:
    c = replace(TALK, account_number="10020002", account_state="not_matched")
    assert draft_of(c, []).account_number is None
    assert draft_of(replace(c, account_state="matched"), []).account_number == "10020002"
