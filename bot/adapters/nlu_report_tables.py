"""An NLU report in short, for the terminal."""

from collections.abc import Sequence

from rich.box import SIMPLE
from rich.table import Table

from bot.training.report import Report
from bot.training.report_text import ALARMS, SETS, Row, alarm_rows, percent, set_rows

WEAKEST = 10


def short_tables(report: Report) -> list[Table]:
    """Sets, alarms and the ten weakest intents of a report."""
    weakest = [(one.intent, str(one.recall.of), percent(one.recall), percent(one.precision)) for one in report.intents]
    parts: list[tuple[str, Row, Sequence[Row]]] = [
        ("Right intent", SETS, set_rows(report)),
        ("Emergencies: screen and model", ALARMS, alarm_rows(report.alarms)),
        ("Weakest intents", ("intent", "messages", "recall", "precision"), weakest[:WEAKEST]),
    ]
    tables = []
    for title, head, rows in parts:
        table = Table(title=title, title_justify="left", box=SIMPLE)
        for name in head:
            table.add_column(name, overflow="fold")
        for row in rows:
            table.add_row(*row)
        tables.append(table)
    return tables
