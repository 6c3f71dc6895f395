"""The NLU report from a real model in Rasa's environment: everything is written, and the figures are the model's."""

import json
from pathlib import Path

import httpx2
import pytest

from assistant import model_files
from bot.adapters.nlu_report import JSON, MARKDOWN, PICTURE, TrialSets, project_sets, write_nlu_report
from bot.adapters.rasa.evaluation import EvaluationFailed, parse_all
from bot.conversation.emergency_doubt import decide
from bot.conversation.emergency_screen import reports
from bot.training.judged import Labelled
from bot.training.report import AlarmTrial
from tests.nlu.utterances import ROOT

pytestmark = [pytest.mark.rasa, pytest.mark.timeout(240)]

SENTENCES = [("greet", "你好"), ("ask_gas_price", "一方气多少钱"), ("deny", "谢谢")]


def test_a_report_of_the_current_model(rasa: httpx2.Client, tmp_path: Path) -> None:
    model = model_files.current_model(ROOT / "models")
    assert model is not None
    labelled = tuple(Labelled("few", intent, text) for intent, text in SENTENCES)
    alarms = (AlarmTrial("leaks", "我家漏气了", True), AlarmTrial("others", "一方气多少钱", False))
    report = write_nlu_report(
        ROOT, model, TrialSets(labelled, alarms), tmp_path / "report", hears=reports, decides=decide
    )

    assert (report.total.right.hits, report.total.right.of) == (2, 3)
    assert [(one.labelled.text, one.guess) for one in report.worst] == [("谢谢", "thank")]
    assert [one.mistakes for one in report.alarms] == [(), ()]
    answer = rasa.post("/model/parse", json={"text": "谢谢"}).json()
    assert report.worst[0].confidence == pytest.approx(answer["intent"]["confidence"], abs=1e-6)
    assert 0 < report.latency.p50 < 1000

    folder = tmp_path / "report"
    assert (folder / PICTURE).read_bytes().startswith(b"\x89PNG")
    assert "| 谢谢 | deny | thank |" in (folder / MARKDOWN).read_text(encoding="utf-8")
    assert json.loads((folder / JSON).read_text(encoding="utf-8"))["model"] == model.name


def test_a_model_that_is_none_is_told(tmp_path: Path) -> None:
    broken = tmp_path / "broken.tar.gz"
    broken.write_bytes(b"no model")
    with pytest.raises(EvaluationFailed, match=r"assistant\.evaluate"):
        parse_all(ROOT, broken, ["你好"])


def test_the_projects_sets_are_found_and_the_sealed_half_only_when_asked() -> None:
    usual, all_ = project_sets(ROOT / "tests" / "nlu", sealed=False), project_sets(ROOT / "tests" / "nlu", sealed=True)
    assert {one.name for one in usual.labelled} == {"test", "fresh", "blind open"}
    assert {one.name for one in usual.alarms} == {"known", "development", "blind open"}
    assert {one.name for one in all_.labelled} - {one.name for one in usual.labelled} == {"blind sealed"}
    assert sum(one.emergency for one in usual.alarms) > 1000
