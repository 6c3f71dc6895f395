"""Which model belongs to the files in the tree, and where it lies. Standard library only: asked at every start."""

import hashlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

#: Holds the file name of the model that Rasa is to run.
CURRENT = "current"
#: Names the model that was released, and the fingerprint of everything else it stands on.
RELEASED = "released"
#: What Rasa learns from; the other folders of data/ are gasdesk's own.
_LEARNT_FROM = ("nlu", "rules", "stories")
_WORK = ".training-"


def data_folders(root: Path) -> list[Path]:
    """Where the examples and rules lie."""
    return [folder for name in _LEARNT_FROM if (folder := root / "data" / name).is_dir()]


def input_files(root: Path) -> list[Path]:
    """Everything a model is made of: configuration, domain, examples, rules, our components, Rasa's versions."""
    single = [root / "config.yml", root / "domain.yml", root / "assistant" / "requirements.lock"]
    data = [path for folder in data_folders(root) for path in folder.rglob("*.yml")]
    return sorted([*single, *data, *(root / "assistant").glob("*.py")])


def fingerprint(root: Path) -> str:
    """Twelve hexadecimal digits that change whenever the model would.

    Raises:
        FileNotFoundError: an input file is missing.
    """
    return _fingerprint(root, input_files(root))


def base_fingerprint(root: Path) -> str:
    """The same without the examples: changes when a release of gasdesk brings other rules, wording or components.

    Raises:
        FileNotFoundError: an input file is missing.
    """
    examples = root / "data" / "nlu"
    return _fingerprint(root, [path for path in input_files(root) if examples not in path.parents])


def _fingerprint(root: Path, files: list[Path]) -> str:
    digest = hashlib.sha256()
    for path in files:
        content = path.read_bytes()
        digest.update(f"{path.relative_to(root).as_posix()}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()[:12]


def model_name(print_of_inputs: str) -> str:
    return f"gasdesk-{print_of_inputs}.tar.gz"


def current_model(models: Path) -> Path | None:
    """The model that `current` names, if it is there."""
    try:
        name = (models / CURRENT).read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return None
    path = models / name
    return path if name and path.is_file() else None


def released_model(root: Path, models: Path) -> Path | None:
    """The model in force: an administrator released it, and only examples have changed since."""
    try:
        name, _, base = (models / RELEASED).read_text(encoding="utf-8").strip().partition(" ")
    except FileNotFoundError:
        return None
    model = models / name
    return model if model.is_file() and base == base_fingerprint(root) else None


def publish(trained: Path, models: Path, print_of_inputs: str) -> Path:
    """Move a finished model to its place and name it as the current one; readers see the old or the new, never half.

    The others stay: which are still needed only gasdesk knows (bot/training/retention.py).
    """
    target = models / model_name(print_of_inputs)
    trained.replace(target)
    make_current(target)
    return target


def release(root: Path, model: Path) -> None:
    """Make it the model in force, until another is released or gasdesk itself changes.

    The note is what counts: `current` follows it, at once or, after a crash in between, at the next start.
    """
    _note(model.parent / RELEASED, f"{model.name} {base_fingerprint(root)}")
    make_current(model)


def make_current(model: Path) -> None:
    _note(model.parent / CURRENT, model.name)


def _note(file: Path, line: str) -> None:
    """Readers see the old line or the new one."""
    beside = file.with_name(f".{file.name}-{os.getpid()}")
    beside.write_text(f"{line}\n", encoding="utf-8")
    beside.replace(file)


def work_folder(models: Path) -> Path:
    """A folder of this process for half-done things, after those of processes that died have been removed."""
    models.mkdir(parents=True, exist_ok=True)
    for left_over in _left_over(models):
        shutil.rmtree(left_over, ignore_errors=True)
    folder = models / f"{_WORK}{os.getpid()}"
    folder.mkdir()
    return folder


def _left_over(models: Path) -> Iterator[Path]:
    for folder in models.glob(f"{_WORK}*"):
        pid = folder.name.removeprefix(_WORK)
        if not pid.isdigit() or int(pid) == os.getpid() or not _is_running(int(pid)):
            yield folder


def _is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
