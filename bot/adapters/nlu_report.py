"""Tries a trained model on labelled sentences it never saw and writes what came of it, for people and programs."""

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from bot.adapters.labelled_files import read_alarms, read_labelled
from bot.adapters.rasa.answers import EMERGENCY_INTENTS
from bot.adapters.rasa.evaluation import draw_confusion, parse_all
from bot.training.judged import Judged, Labelled
from bot.training.report import AlarmRules, AlarmTrial, Report, build_report
from bot.training.report_text import as_markdown

MARKDOWN, JSON, PICTURE = "report.md", "report.json", "confusion.png"
#: Final figures only: no sentence of it is ever shown (tests/nlu/blind/README.md).
SEALED = frozenset({"blind sealed"})


@dataclass(frozen=True)
class TrialSets:
    labelled: tuple[Labelled, ...]
    alarms: tuple[AlarmTrial, ...]


def project_sets(folder: Path, *, sealed: bool) -> TrialSets:
    """The project's own, in tests/nlu. Raises BadLabels."""
    labelled = [
        *read_labelled(folder / "test_utterances.yml", "test"),
        *read_labelled(folder / "fresh_utterances.yml", "fresh"),
        *read_labelled(folder / "blind" / "open.yml", "blind open"),
        *(read_labelled(folder / "blind" / "sealed.yml", "blind sealed") if sealed else []),
    ]
    alarms = [
        *_alarms(folder / "emergency", ("emergencies", "core_must"), emergency=True),
        *_alarms(folder / "emergency", ("lookalikes", "core_must_not"), emergency=False),
        *read_alarms(folder / "development" / "emergencies.csv", "development", emergency=True),
        *read_alarms(folder / "development" / "lookalikes.csv", "development", emergency=False),
        *read_alarms(folder / "blind" / "emergencies.csv", "blind", emergency=True),
        *read_alarms(folder / "blind" / "lookalikes.csv", "blind", emergency=False),
    ]
    return TrialSets(tuple(labelled), tuple(a for a in alarms if sealed or a.name not in SEALED))


def _alarms(folder: Path, beginnings: tuple[str, ...], *, emergency: bool) -> list[AlarmTrial]:
    exact = {name for name in beginnings if name.startswith("core")}
    paths = [p for p in sorted(folder.glob("*.csv")) if p.stem in exact or p.stem.startswith(beginnings[0])]
    return [trial for path in paths for trial in read_alarms(path, "known", emergency=emergency)]


def write_nlu_report(
    root: Path,
    model: Path,
    sets: TrialSets,
    out: Path,
    *,
    hears: Callable[[str], bool],
    decides: Callable[[str, float], str],
    emergency_confidence: float = 0.5,
) -> Report:
    """Markdown, JSON and the picture into folder `out`, replacing those of an earlier run.

    `hears` and `decides` are the screen's part in emergencies (bot.training.report.AlarmRules).

    Raises:
        EvaluationFailed: the model cannot be loaded, or Rasa's environment is not there.
    """
    texts = [*(one.text for one in sets.labelled), *(one.text for one in sets.alarms)]
    parsed = parse_all(root, model, texts)
    judged = [Judged(*pair) for pair in zip(sets.labelled, parsed, strict=False)]
    alarms = list(zip(sets.alarms, parsed[len(judged) :], strict=True))
    rules = AlarmRules(hears, decides, frozenset(EMERGENCY_INTENTS), emergency_confidence)
    report = build_report(model.name, judged, alarms, rules, sealed=SEALED)
    out.mkdir(parents=True, exist_ok=True)
    draw_confusion(root, report.confusion, out / PICTURE)
    (out / MARKDOWN).write_text(as_markdown(report, PICTURE), encoding="utf-8")
    (out / JSON).write_text(json.dumps(asdict(report), ensure_ascii=False, indent=1), encoding="utf-8")
    return report


def files_of(out: Path) -> Sequence[Path]:
    return [out / name for name in (MARKDOWN, PICTURE, JSON)]
