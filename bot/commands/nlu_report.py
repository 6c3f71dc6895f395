"""Try the trained model on sentences it never saw."""

from rich.console import Console

from bot.adapters.labelled_files import BadLabels
from bot.adapters.nlu_report import files_of, project_sets, write_nlu_report
from bot.adapters.nlu_report_tables import short_tables
from bot.adapters.rasa.evaluation import EvaluationFailed
from bot.commands.console import fail, settings_or_fail
from bot.commands.model import train
from bot.conversation.emergency_doubt import decide
from bot.conversation.emergency_screen import reports
from bot.settings import ROOT
from bot.training.report_text import latency_line


def nlu_report(sealed: bool) -> None:
    train()
    out = settings_or_fail().data_dir / "nlu-report"
    try:
        model = ROOT / "models" / (ROOT / "models" / "current").read_text(encoding="utf-8").strip()
        sets = project_sets(ROOT / "tests" / "nlu", sealed=sealed)
        report = write_nlu_report(ROOT, model, sets, out, hears=reports, decides=decide)
    except (BadLabels, EvaluationFailed, OSError) as problem:
        fail(str(problem))
    console = Console(highlight=False)
    for table in short_tables(report):
        console.print(table)
    console.print(latency_line(report))
    console.print(f"Calibration error {report.calibration_error:.3f}. " + ", ".join(map(str, files_of(out))))
