import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant import model_files
from tests.nlu.utterances import ROOT

DEAD_PID = 2**22 + 1  # above the kernel's highest process id


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A tree with an input file of each kind."""
    for name in (
        "config.yml", "domain.yml", "data/nlu/a.yml", "data/rules/b.yml",
        "assistant/x.py", "assistant/requirements.lock",
    ):  # fmt: skip
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    return tmp_path


@pytest.mark.parametrize(
    "change",
    [
        lambda root: (root / "config.yml").write_text("other"),
        lambda root: (root / "domain.yml").write_text("domain.ymL"),
        lambda root: (root / "data/nlu/new.yml").write_text(""),
        lambda root: (root / "data/nlu/a.yml").rename(root / "data/nlu/c.yml"),
        lambda root: (root / "assistant/x.py").unlink(),
        lambda root: (root / "assistant/requirements.lock").write_text("rasa==3.6.22"),
    ],
)
def test_fingerprint_changes_with_every_input(project: Path, change: Callable[[Path], object]) -> None:
    before = model_files.fingerprint(project)
    change(project)
    assert model_files.fingerprint(project) != before


def test_fingerprint_does_not_change_with_the_rest(project: Path) -> None:
    before = model_files.fingerprint(project)
    (project / "endpoints.yml").write_text("elsewhere")
    (project / "data/nlu/README.md").write_text("read me")
    (project / "data/knowledge").mkdir()
    (project / "data/knowledge/safety.yml").write_text("- id: answers are not learnt")
    (project / "config.yml").touch()
    assert model_files.fingerprint(project) == before
    assert len(before) == 12


def test_publish_moves_the_model_and_names_it(tmp_path: Path) -> None:
    work = model_files.work_folder(tmp_path)
    (work / "m.tar.gz").write_bytes(b"model")
    model = model_files.publish(work / "m.tar.gz", tmp_path, "0123456789ab")
    assert model == model_files.current_model(tmp_path) == tmp_path / "gasdesk-0123456789ab.tar.gz"
    assert model.read_bytes() == b"model"


def test_publish_takes_no_model_away(tmp_path: Path) -> None:
    """Any of them may be the one to roll back to, or on trial: only gasdesk's own book says which."""
    prints = [f"{number:012x}" for number in range(12)]
    for age, print_of_inputs in enumerate(prints):
        work = model_files.work_folder(tmp_path)
        (work / "m.tar.gz").write_bytes(b"model")
        os.utime(work / "m.tar.gz", (1000 + age, 1000 + age))
        model_files.publish(work / "m.tar.gz", tmp_path, print_of_inputs)
        work.rmdir()
    left = sorted(model.name for model in tmp_path.glob("*.tar.gz"))
    assert left == [model_files.model_name(print_of_inputs) for print_of_inputs in prints]


@pytest.mark.parametrize("note", [None, "", "\n", "gone.tar.gz\n"])
def test_there_is_no_current_model_without_its_file(tmp_path: Path, note: str | None) -> None:
    if note is not None:
        (tmp_path / model_files.CURRENT).write_text(note)
    assert model_files.current_model(tmp_path) is None


def test_work_of_dead_processes_is_removed_and_that_of_living_ones_kept(tmp_path: Path) -> None:
    dead, alive = tmp_path / f".training-{DEAD_PID}", tmp_path / f".training-{os.getppid()}"
    for folder in (dead, alive):
        folder.mkdir()
        (folder / "half").touch()
    mine = model_files.work_folder(tmp_path)
    assert not dead.exists()
    assert (alive / "half").exists()
    assert mine.name == f".training-{os.getpid()}"


def run_train(project: Path, *more: str) -> "subprocess.CompletedProcess[str]":
    """As a start of gasdesk does, with its own Python."""
    command = [sys.executable, "-m", "assistant.train", "--root", str(project), "--out", str(project / "models"), *more]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def place_model(project: Path) -> Path:
    model = project / "models" / model_files.model_name(model_files.fingerprint(project))
    model.parent.mkdir()
    model.touch()
    return model


def test_check_tells_stale_from_current(project: Path) -> None:
    stale = run_train(project, "--check")
    assert (stale.returncode, stale.stderr) == (3, "")
    assert "is not current" in stale.stdout
    model_files.make_current(place_model(project))
    current = run_train(project, "--check")
    assert current.returncode == 0
    assert "is current" in current.stdout


def test_a_model_trained_before_is_taken_up_again(project: Path) -> None:
    place_model(project)
    assert "goes back" in run_train(project).stdout
    assert run_train(project, "--check").returncode == 0


def test_a_missing_input_is_named(project: Path) -> None:
    (project / "domain.yml").unlink()
    failed = run_train(project, "--check")
    assert failed.returncode == 1
    assert "domain.yml" in failed.stderr


def test_the_wrong_python_is_told(project: Path) -> None:
    failed = run_train(project)
    assert failed.returncode == 1
    assert "assistant/.venv/bin/python" in failed.stderr


def test_the_check_loads_neither_rasa_nor_tensorflow() -> None:
    code = "import sys; from assistant import train; train.main(['--check']); print('\\n'.join(sys.modules))"
    shown = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    loaded = {name.partition(".")[0] for name in shown.stdout.split()}
    assert "assistant" in loaded
    assert not loaded & {"rasa", "tensorflow", "numpy", "sklearn"}
