"""The training command in Rasa's environment: what is wrong with the inputs is said, and nothing half is left."""

import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant import model_files
from tests.nlu.utterances import ROOT
from tests.services import find_program

pytestmark = [pytest.mark.rasa, pytest.mark.timeout(240)]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of what a model is made of."""
    for path in model_files.input_files(ROOT):
        copy = tmp_path / path.relative_to(ROOT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, copy)
    return tmp_path


def train(project: Path) -> "subprocess.CompletedProcess[str]":
    python = find_program(str(ROOT / "assistant" / ".venv" / "bin" / "python"))
    command: list[str | Path] = [python, "-m", "assistant.train", "--root", project, "--out", project / "models"]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_training_tells_its_steps_and_names_its_model(project: Path) -> None:
    done = train(project)
    assert done.returncode == 0, done.stderr
    steps = [line for line in done.stdout.splitlines() if line.startswith("training the assistant: ")]
    assert [step.split()[3] for step in steps] == ["1/5", "2/5", "3/5", "4/5", "5/5"]
    models = project / "models"
    model = models / model_files.model_name(model_files.fingerprint(project))
    assert model_files.current_model(models) == model
    assert {path.name for path in models.iterdir()} == {model.name, "current"}


Spoil = Callable[[Path], None]


def no_indent(project: Path) -> None:
    replace(project / "domain.yml", "\n  - greet\n", "\n   : greet\n")


def unknown_intent(project: Path) -> None:
    replace(project / "domain.yml", "\n  - greet\n", "\n")


def contradiction(project: Path) -> None:
    extra = "\n  - rule: the opposite\n    steps:\n      - intent: greet\n      - action: action_deny\n"
    with (project / "data" / "rules" / "small_talk.yml").open("a", encoding="utf-8") as file:
        file.write(extra)


def too_few_examples(project: Path) -> None:
    for path in (project / "data" / "nlu").glob("*.yml"):
        if path.name == "smalltalk.yml" or "_told" in path.stem:
            path.unlink()
    intents = ("greet", "goodbye", "thank", "affirm", "deny")
    lines = [f"  - intent: {intent}\n    examples: |\n      - 好\n" for intent in intents]
    (project / "data" / "nlu" / "few.yml").write_text('version: "3.1"\nnlu:\n' + "".join(lines), encoding="utf-8")


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (no_indent, r"domain.yml.*line"),
        (unknown_intent, "domain.yml does not list: greet"),
        (contradiction, "the opposite"),
        (too_few_examples, r"at least 5 examples: affirm \(1\)"),
    ],
)
def test_wrong_inputs_are_named_and_nothing_half_is_left(project: Path, spoil: Spoil, said: str) -> None:
    spoil(project)
    failed = train(project)
    assert failed.returncode == 1
    assert "Traceback" not in failed.stderr
    assert re.search(said, failed.stderr), failed.stderr
    assert list((project / "models").iterdir()) == []
