"""Dialogue tests hold a candidate back: what it breaks for good, what was broken before until it is explained."""

import pytest

from bot.training.dialogues import Rehearsed, Turn, dialogue_gates, problems_of

SAID = {
    "replies": [{"text": "请说户号。", "buttons": [{"title": "没有", "payload": "没有户号"}]}],
    "requested_slot": "account",
    "error": None,
}


def test_all_dialogues_go_as_written() -> None:
    assert [(gate.passed, gate.fixed) for gate in dialogue_gates(9, [], [])] == [(True, True), (True, False)]


def test_what_the_candidate_breaks_cannot_be_overridden_and_is_named() -> None:
    failed = [Rehearsed("a: 报数", ("not said: 户号", "", "> 报数")), Rehearsed("b: 价格", ("silence",))]
    broken, before = dialogue_gates(9, failed, ["b: 价格"])
    assert (broken.passed, broken.fixed, broken.sentences) == (False, True, ("a: 报数：not said: 户号",))
    assert (before.passed, before.fixed, before.sentences) == (False, False, ("b: 价格：silence",))


@pytest.mark.parametrize(
    ("turn", "problem"),
    [
        ({}, None),
        ({"expect": ["户号"], "not": ["小区"], "buttons": ["没有户号"], "asks": "account"}, None),
        ({"expect": ["小区"]}, "not said: 小区"),
        ({"not": ["户号"]}, "said: 户号"),
        ({"buttons": ["转人工"]}, "no button: 转人工"),
        ({"signals": {"handoff": "人工"}}, "no signal handoff: 人工"),
        ({"asks": None}, "asks for account, not None"),
    ],
)
def test_what_is_not_as_written_is_told(turn: dict[str, object], problem: str | None) -> None:
    written = Turn.model_validate({"customer": "我要报数", **turn})
    assert problems_of(written, SAID) == ([problem] if problem else [])


def test_nobody_is_called_unless_it_is_written() -> None:
    called = {**SAID, "replies": [{"text": "好的", "custom": {"handoff": {"reason": "用户要求"}}}]}
    turn = Turn.model_validate({"customer": "转人工"})
    assert problems_of(turn, called) == ["hands over: {'reason': '用户要求'}"]
    assert problems_of(Turn.model_validate({"customer": "转人工", "signals": {"handoff": "要求"}}), called) == []
