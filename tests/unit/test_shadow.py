"""Real messages heard by both models: masked, each once, every changed answer listed."""

from bot.training.judged import Parsed
from bot.training.report import AlarmRules
from bot.training.shadow import RealMessage, real_messages, shadow, shadow_gate


def parsed(intent: str, confidence: float = 0.9, *, understood: bool = True) -> Parsed:
    return Parsed(((intent, confidence),), understood, 1.0)


def decides(text: str, chance: float) -> str:
    return "alarm" if chance >= 0.5 else "ask" if chance >= 0.3 else "none"


RULES = AlarmRules(lambda text: False, decides, frozenset({"report_leak"}), 0.5)


def test_messages_are_masked_and_counted_once_a_shape() -> None:
    found = real_messages(["我要报数！", "我要报数", "我叫张三，电话13911112222", "嗯", "x" * 500])
    assert found == [RealMessage("我要报数！", 2), RealMessage("我叫某某，电话13800000000", 1)]


def test_no_more_than_can_be_read() -> None:
    found = real_messages([f"问题{'甲乙丙丁'[n % 4]}" for n in range(12)], most=3)
    assert [(one.text, one.count) for one in found] == [("问题甲", 3), ("问题乙", 3), ("问题丙", 3)]


def test_every_changed_answer_is_listed_what_is_heard_less_first() -> None:
    heard = [
        (RealMessage("一样", 9), parsed("greet"), parsed("greet", 0.5)),
        (RealMessage("换了", 2), parsed("greet"), parsed("thank")),
        (RealMessage("不懂了", 5), parsed("greet"), parsed("greet", understood=False)),
        (RealMessage("嘶嘶响", 1), parsed("report_leak"), parsed("report_leak", 0.4)),
        (RealMessage("有味", 1), parsed("report_leak", 0.4), parsed("report_leak", 0.9)),
    ]
    seen = shadow(heard, RULES)
    assert (seen.of, seen.messages) == (5, 18)
    assert [(one.text, one.live, one.candidate) for one in seen.changed] == [
        ("嘶嘶响", "report_leak", "report_leak"),
        ("不懂了", "greet", "nlu_fallback"),
        ("换了", "greet", "thank"),
        ("有味", "report_leak", "report_leak"),
    ]
    gate = shadow_gate(seen)
    assert (gate.passed, gate.fixed, gate.sentences) == (False, False, ("嘶嘶响",))


def test_louder_alarms_hold_nothing_back() -> None:
    assert shadow_gate(shadow([(RealMessage("有味", 1), parsed("greet"), parsed("report_leak"))], RULES)).passed
