"""The evidence of a breach: from the first unanswered message to the answer, and nothing else."""

from datetime import timedelta

from bot.domain.conversations import Breach, Fact, Kind, Message, Speaker
from bot.sla.evidence import evidence
from bot.testing import START


def said(seconds: float, speaker: Speaker, kind: Kind, text: str, staff_id: str | None = None) -> Message:
    at = START + timedelta(seconds=seconds)
    number = int(seconds * 10) + 1
    who = {"speaker": speaker, "kind": kind, "text": text, "staff_id": staff_id}
    return Message(id=f"m{number}", conversation_id="c1", seq=number, at=at, **who)  # type: ignore[arg-type]


def noted(seconds: float, what: str, text: str) -> Fact:
    return Fact(conversation_id="c1", at=START + timedelta(seconds=seconds), what=what, text=text)


BREACH = Breach(
    conversation_id="c1",
    at=START + timedelta(seconds=220),
    promise="reply",
    staff_id="101",
    waited_seconds=120,
    moved_to="102",
)
MESSAGES = [
    said(0, Speaker.CUSTOMER, Kind.TEXT, "早先的话"),
    said(10, Speaker.AGENT, Kind.ANSWER, "早先的答复", "101"),
    said(100, Speaker.CUSTOMER, Kind.TEXT, "表不走了"),
    said(145, Speaker.SYSTEM, Kind.WAITING_PROMPT, "请您耐心等待"),
    said(190, Speaker.SYSTEM, Kind.WAITING_PROMPT, "请您耐心等待"),
    said(220, Speaker.SYSTEM, Kind.NOTICE, "由另一位客服为您服务"),
    said(221, Speaker.AGENT, Kind.GREETING, "您好", "102"),
    said(230, Speaker.AGENT, Kind.ANSWER, "请问是IC卡表吗", "102"),
    said(300, Speaker.CUSTOMER, Kind.TEXT, "后来的话"),
]
FACTS = [
    noted(5, "assigned", "分配给工号 101"),
    noted(145, "waiting_prompt", "第 1 次等待提示"),
    noted(190, "warning", "还剩 30 秒必须回复"),
    noted(200, "whisper", "班长悄悄话"),
    noted(220, "breach", "未在 120 秒内回复"),
    noted(221, "assigned", "分配给工号 102"),
]


def test_it_runs_from_the_first_unanswered_message_to_the_answer() -> None:
    found = evidence(BREACH, MESSAGES, FACTS)
    assert [(line.kind, line.who, line.text) for line in found.lines] == [
        ("message", "客户", "表不走了"),
        ("prompt", "系统", "请您耐心等待"),
        ("prompt", "系统", "请您耐心等待"),
        ("warning", "", "还剩 30 秒必须回复"),
        ("message", "系统", "由另一位客服为您服务"),
        ("breach", "", "未在 120 秒内回复"),
        ("message", "工号 102", "您好"),
        ("move", "", "分配给工号 102"),
        ("message", "工号 102", "请问是IC卡表吗"),
    ]
    seconds = [found.since, found.warned_at, found.answered_at]
    assert [(moment - START).total_seconds() for moment in seconds if moment] == [100, 190, 230]
    assert found.prompts == 2


def test_who_never_got_an_answer_has_evidence_to_the_end() -> None:
    found = evidence(BREACH, MESSAGES[:7], FACTS)
    assert found.answered_at is None
    assert found.lines[-1].text == "分配给工号 102"


def test_a_greeting_or_a_prompt_is_no_answer_and_no_whisper_is_evidence() -> None:
    found = evidence(BREACH, MESSAGES, FACTS)
    assert found.answered_at != MESSAGES[6].at
    assert not [line for line in found.lines if "悄悄话" in line.text]
