"""A report as Markdown. Sentences of the test sets are shown; they hold no personal data."""

from collections.abc import Iterable, Sequence

from bot.training.measures import Share
from bot.training.report import AlarmFigures, Report, SetFigures

Row = Sequence[str]


def percent(share: Share, *, interval: bool = False) -> str:
    if share.value is None:
        return "–"
    text = f"{share.value:.1%}"
    return f"{text} ({share.low * 100:.1f}–{share.high * 100:.1f})" if interval else text


def as_markdown(report: Report, picture: str) -> str:
    """`picture`: where the confusion matrix lies, as seen from the text."""
    return (
        "\n\n".join(
            [
                f"# How well `{report.model}` understands",
                table(SETS, set_rows(report)),
                "In brackets: the true share lies there with 95 % certainty (Wilson).",
                "## Emergencies: screen and model together",
                table(ALARMS, alarm_rows(report.alarms)),
                *_alarm_mistakes(report.alarms),
                "## The surest mistakes",
                table(("text", "is", "taken for", "confidence"), _mistakes(report)),
                "## By intent, the least recognised first",
                table(("intent", "messages", "recall", "precision"), _intents(report)),
                "## Is the confidence true?",
                table(("confidence", "messages", "mean confidence", "right"), _calibration(report)),
                f"Expected calibration error: {report.calibration_error:.3f}.",
                "## What is taken for what",
                f"![Confusion matrix]({picture})",
                table(("is", "taken for", "messages"), _confused(report)),
                "## Time",
                latency_line(report),
            ]
        )
        + "\n"
    )


SETS = ("set", "messages", "right", "among the first three", "understood", "right if understood")


def set_rows(report: Report) -> list[Row]:
    return [_set_row(figures) for figures in (*report.sets, report.total)]


def _set_row(figures: SetFigures) -> Row:
    return (
        figures.name,
        str(figures.right.of),
        percent(figures.right, interval=True),
        percent(figures.among_three),
        percent(figures.understood),
        percent(figures.right_if_understood),
    )


ALARMS = ("set", "must", "messages", "screen", "model", "alarm", "asked")


def alarm_rows(alarms: Iterable[AlarmFigures]) -> list[Row]:
    return [
        (
            figures.name,
            "alarm" if figures.emergency else "not alarm",
            str(figures.together.of),
            percent(figures.screen),
            percent(figures.model),
            percent(figures.together, interval=True),
            percent(figures.asked),
        )
        for figures in alarms
    ]


def _alarm_mistakes(alarms: Iterable[AlarmFigures]) -> list[str]:
    parts = []
    for figures in alarms:
        if figures.mistakes:
            what = "Missed" if figures.emergency else "False alarms"
            parts += [f"{what}, {figures.name}:", "\n".join(f"- {text}" for text in figures.mistakes)]
    return parts


def _mistakes(report: Report) -> list[Row]:
    return [(one.labelled.text, one.labelled.intent, one.guess, f"{one.confidence:.2f}") for one in report.worst]


def _intents(report: Report) -> list[Row]:
    return [(one.intent, str(one.recall.of), percent(one.recall), percent(one.precision)) for one in report.intents]


def _calibration(report: Report) -> list[Row]:
    return [
        (f"{one.low:.1f}–{one.high:.1f}", str(one.messages), f"{one.confidence:.2f}", f"{one.accuracy:.1%}")
        for one in report.calibration
    ]


def _confused(report: Report) -> list[Row]:
    pairs = [
        (count, meant, guess)
        for meant, row in report.confusion.items()
        for guess, count in row.items()
        if meant != guess
    ]
    return [(meant, guess, str(count)) for count, meant, guess in sorted(pairs, key=lambda pair: (-pair[0], pair[1:]))]


def latency_line(report: Report) -> str:
    time = report.latency
    parts = f"mean {time.mean:.2f} ms, p50 {time.p50:.2f}, p95 {time.p95:.2f}, p99 {time.p99:.2f}"
    return f"Rasa's pipeline, one message: {parts}."


def table(head: Row, rows: Sequence[Row]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)
