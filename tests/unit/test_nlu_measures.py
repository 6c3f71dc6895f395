"""The figures of the NLU report, worked out by hand."""

import pytest

from bot.training.judged import Judged, Labelled, Parsed
from bot.training.measures import by_intent, calibration, confusion, percentile, share, worst
from bot.training.report import AlarmRules, AlarmTrial, build_report
from bot.training.report_text import as_markdown


def judged(intent: str, guess: str, confidence: float = 0.9, *, name: str = "test", text: str = "话") -> Judged:
    ranking = ((guess, confidence), ("deny", 0.01))
    return Judged(Labelled(name, intent, text), Parsed(ranking, understood=confidence >= 0.4, milliseconds=2.0))


FOUR = [
    judged("greet", "greet", 0.95),
    judged("greet", "thank", 0.85, text="嗨"),
    judged("thank", "thank", 0.85),
    judged("goodbye", "thank", 0.35, text="回头见"),
]


def test_the_interval_of_a_share() -> None:
    """Wilson's interval for 80 of 100, as published tables have it."""
    eighty = share(80, 100)
    assert (round(eighty.low, 3), round(eighty.high, 3)) == (0.711, 0.867)
    assert share(5, 5).high == 1.0
    assert share(5, 5).low < 0.6


def test_nothing_measured_is_not_a_share() -> None:
    assert share(0, 0).value is None


def test_precision_and_recall_by_intent() -> None:
    figures = {one.intent: (one.precision.value, one.recall.value) for one in by_intent(FOUR)}
    assert figures == {"goodbye": (None, 0.0), "greet": (1.0, 0.5), "thank": (1 / 3, 1.0)}
    assert [one.intent for one in by_intent(FOUR)] == ["goodbye", "greet", "thank"]


def test_confusion_counts_what_was_taken_for_what() -> None:
    assert confusion(FOUR) == {"greet": {"greet": 1, "thank": 1}, "thank": {"thank": 1}, "goodbye": {"thank": 1}}


def test_calibration_compares_sureness_with_truth() -> None:
    bins, error = calibration(FOUR)
    assert [(one.low, one.messages, one.accuracy) for one in bins] == [(0.3, 1, 0.0), (0.8, 2, 0.5), (0.9, 1, 1.0)]
    assert error == pytest.approx((1 * 0.35 + 2 * 0.35 + 1 * 0.05) / 4)


def test_full_confidence_has_a_place() -> None:
    bins, error = calibration([judged("greet", "greet", 1.0)])
    assert (bins[0].low, error) == (0.9, 0.0)


def test_the_surest_mistakes_come_first() -> None:
    assert [one.labelled.text for one in worst(FOUR, 5)] == ["嗨", "回头见"]
    assert len(worst(FOUR, 1)) == 1


def test_percentile() -> None:
    assert percentile([3, 1, 2, 4], 0.5) == 3
    assert percentile([1, 2], 1.0) == 2
    assert percentile([], 0.95) == 0


RULES = AlarmRules(
    hears=lambda text: "着火" in text,
    decides=lambda text, chance: "alarm" if "着火" in text or chance >= 0.5 else "ask" if chance >= 0.4 else "none",
    intents=frozenset({"report_leak"}),
    confidence=0.5,
)


def leak(confidence: float) -> Parsed:
    return Parsed((("deny", 0.3), ("report_leak", confidence)), understood=True, milliseconds=4.0)


def test_screen_and_model_alarm_together() -> None:
    trials = [
        (AlarmTrial("blind open", "灶上着火了", True), leak(0.1)),
        (AlarmTrial("blind open", "一股味", True), leak(0.6)),
        (AlarmTrial("blind open", "有怪味", True), leak(0.49)),
        (AlarmTrial("blind open", "丝丝响", True), leak(0.39)),
        (AlarmTrial("blind open", "没有漏", False), leak(0.5)),
    ]
    must, must_not = build_report("m", FOUR, trials, RULES).alarms
    assert (must.screen.hits, must.model.hits, must.together.hits, must.asked.hits) == (1, 1, 2, 1)
    assert must.mistakes == ("丝丝响",)
    assert (must_not.together.hits, must_not.mistakes) == (1, ("没有漏",))


def test_a_sealed_set_shows_its_share_and_no_sentence() -> None:
    secret = judged("greet", "deny", 0.99, name="blind sealed", text="别看我")
    trial = (AlarmTrial("blind sealed", "别看我二", True), leak(0.1))
    report = build_report("m", [*FOUR, secret], [trial], RULES, sealed=frozenset({"blind sealed"}))
    shares = {one.name: (one.right.hits, one.right.of) for one in (*report.sets, report.total)}
    assert shares == {"test": (2, 4), "blind sealed": (0, 1), "all open sets": (2, 4)}
    assert report.alarms[0].together.hits == 0
    assert "deny" not in {one.intent for one in report.intents}
    text = as_markdown(report, "confusion.png")
    assert "别看我" not in text
    assert "blind sealed" in text


def test_the_report_reads_as_markdown() -> None:
    text = as_markdown(build_report("gasdesk-1.tar.gz", FOUR, [], RULES), "confusion.png")
    assert "# How well `gasdesk-1.tar.gz` understands" in text
    assert "| test | 4 | 50.0% (15.0–85.0) | 50.0% | 75.0% | 66.7% |" in text
    assert "| 嗨 | greet | thank | 0.85 |" in text
    assert "![Confusion matrix](confusion.png)" in text
    assert "mean 2.00 ms" in text
