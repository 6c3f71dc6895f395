"""What a part has to tell: tables for the terminal, the same figures for a program."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from rich.console import Console
from rich.table import Table

Value = str | int | float | None


@dataclass(frozen=True)
class Figures:
    """One table. A column's name ends with its unit: "p95 ms"."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Value]]
    notes: Sequence[str] = ()

    def records(self) -> list[dict[str, Value]]:
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]


@dataclass
class Report:
    """What one part found. `missed` names the targets that were not reached."""

    part: str
    tables: list[Figures] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)

    def expect(self, holds: bool, target: str) -> None:
        if not holds:
            self.missed.append(target)


def show(report: Report, console: Console) -> None:
    for figures in report.tables:
        table = Table(title=figures.title, title_justify="left", title_style="bold")
        for column, values in zip(figures.columns, zip(*figures.rows, strict=True), strict=True):
            table.add_column(column, justify="left" if isinstance(values[0], str) else "right")
        for row in figures.rows:
            table.add_row(*(_shown(value) for value in row))
        console.print(table)
        for note in figures.notes:
            console.print(f"  {note}", highlight=False)
        console.print()
    for target in report.missed:
        console.print(f"[red]target missed:[/red] {target}")


def _shown(value: Value) -> str:
    if value is None:
        return "–"
    if isinstance(value, float):
        return f"{value:.1f}" if abs(value) >= 10 else f"{value:.3g}"
    return f"{value:,}" if isinstance(value, int) else value
