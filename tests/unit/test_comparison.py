"""What a candidate gains and loses against the live model, and which gates hold it back."""

import pytest

from bot.training.comparison import Tried, TriedAlarm, compare, delta, is_loss
from bot.training.judged import Labelled, Parsed
from bot.training.report import AlarmRules, AlarmTrial


def parsed(intent: str, confidence: float = 0.9) -> Parsed:
    return Parsed(((intent, confidence),), True, 1.0)


def hears(text: str) -> bool:
    return "漏气" in text


def decides(text: str, chance: float) -> str:
    return "alarm" if hears(text) or chance >= 0.5 else "ask" if chance >= 0.3 else "none"


RULES = AlarmRules(hears, decides, frozenset({"report_leak"}), 0.5)


def tried(text: str, intent: str, live: str, candidate: str, name: str = "open") -> Tried:
    return Tried(Labelled(name, intent, text), parsed(live), parsed(candidate))


def alarm(text: str, live: str, candidate: str, *, emergency: bool = True, name: str = "open") -> TriedAlarm:
    return TriedAlarm(AlarmTrial(name, text, emergency), parsed(live), parsed(candidate))


def gates(*alarms: TriedAlarm, sentences: list[Tried] = []) -> dict[str, bool]:  # noqa: B006
    return {gate.name: gate.passed for gate in compare(sentences, alarms, RULES, sealed=frozenset({"sealed"})).gates}


def test_the_same_answers_pass_every_gate_and_change_nothing() -> None:
    same = compare(
        [tried("怎么交费", "pay_bill", "pay_bill", "pay_bill")], [alarm("嘶嘶响", "report_leak", "report_leak")], RULES
    )
    assert all(gate.passed for gate in same.gates)
    assert (same.changed, same.intents) == ((), ())


def test_one_emergency_that_customers_no_longer_get_help_for_stops_it_and_is_named() -> None:
    lost = compare([], [alarm("墙角嘶嘶响", "report_leak", "greet")], RULES)
    gate = next(gate for gate in lost.gates if gate.name == "emergency_recall")
    assert (gate.passed, gate.fixed, gate.sentences) == (False, True, ("墙角嘶嘶响",))
    assert gate.words == "险情（筛查和模型一起）：1 句中，新漏报 1 句，改正 0 句。"


def test_the_screen_still_catches_it_but_the_model_that_forgot_many_is_stopped() -> None:
    """A poisoned change set (issue 6): the screen hides it from the first gate only."""
    few = [alarm(f"漏气了{n}", "report_leak", "greet") for n in range(4)]
    assert gates(*few) == {
        "emergency_recall": True, "emergency_model": True, "emergency_model_small": False, "false_alarms": True,
        "accuracy": True, "intents": True,
    }  # fmt: skip
    assert not gates(*few, alarm("漏气了5", "report_leak", "greet"))["emergency_model"]


def test_as_many_found_as_lost_is_no_loss() -> None:
    swapped = gates(alarm("嘶嘶响", "report_leak", "greet"), alarm("咕噜响", "greet", "report_leak"))
    assert (swapped["emergency_recall"], swapped["emergency_model_small"]) == (True, True)


def test_many_new_false_alarms_have_to_be_explained() -> None:
    calm = [alarm(f"漂亮{n}", "greet", "report_leak", emergency=False) for n in range(5)]
    comparison = compare([], calm, RULES)
    gate = next(gate for gate in comparison.gates if gate.name == "false_alarms")
    assert (gate.passed, gate.fixed) == (False, False)


def test_a_sealed_set_counts_but_is_never_quoted() -> None:
    secret = alarm("嘶嘶响", "report_leak", "greet", name="sealed")
    comparison = compare(
        [tried("秘密", "pay_bill", "pay_bill", "greet", "sealed")], [secret], RULES, sealed=frozenset({"sealed"})
    )
    assert not any(gate.sentences for gate in comparison.gates)
    assert (comparison.changed, comparison.intents) == ((), ())
    assert [(one.name, one.live, one.candidate) for one in comparison.sets] == [("sealed", 1, 0), ("all", 1, 0)]


def test_an_intent_that_falls_is_named_and_what_gets_worse_comes_first() -> None:
    worse = [tried(f"怎么交费{n}", "pay_bill", "pay_bill", "greet") for n in range(8)]
    better = [tried(f"你好{n}", "greet", "pay_bill", "greet") for n in range(8)]
    comparison = compare([*better, *worse], [], RULES)
    by_name = {gate.name: gate for gate in comparison.gates}
    assert by_name["accuracy"].passed, "as many gained as lost"
    assert by_name["intents"].words == "明显变差的意图：缴费方式（8→0/8）。"
    assert [one.name for one in comparison.intents] == ["pay_bill", "greet"]
    assert [one.better for one in comparison.changed] == [False] * 8 + [True] * 8


def test_the_interval_holds_the_difference() -> None:
    found = delta("x", [(True, True)] * 90 + [(False, True)] * 8 + [(True, False)] * 2)
    assert (found.live, found.candidate, found.of) == (92, 98, 100)
    assert found.low == pytest.approx(-0.0009, abs=0.0001)
    assert found.high == pytest.approx(0.1209, abs=0.0001)
    assert (delta("x", []).low, delta("x", []).high) == (0.0, 0.0)
    assert found.live_range == pytest.approx((0.8500, 0.9589), abs=0.0001)
    assert found.candidate_range == pytest.approx((0.9300, 0.9945), abs=0.0001)
    assert found.p == pytest.approx(112 / 1024)
    assert delta("x", [(True, True)]).p == 1.0


@pytest.mark.parametrize(
    ("lost", "gained", "loss"), [(0, 0, False), (4, 0, False), (5, 0, True), (9, 3, False), (10, 2, True)]
)
def test_a_loss_is_more_than_chance(lost: int, gained: int, loss: bool) -> None:
    assert is_loss(lost, gained) is loss
