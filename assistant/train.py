"""Trains the assistant, if its inputs have changed: `assistant/.venv/bin/python -m assistant.train --out models/`.

`--check` only says whether the model is current (exit code 0) or not (3); any Python will do for that.
"""

import argparse
import os
import shutil
import signal
import sys
from pathlib import Path
from types import FrameType

from assistant import model_files

STALE = 3


def main(arguments: list[str] | None = None) -> int:
    options = _parser().parse_args(arguments)
    try:
        wanted = model_files.fingerprint(options.root)
    except OSError as problem:
        return _failed(f"{problem.filename} cannot be read: {problem.strerror}")
    model = options.out / model_files.model_name(wanted)
    current = model_files.current_model(options.out)
    if options.release:
        return _release(options.root, options.out / options.release)
    if options.keep_released and (released := model_files.released_model(options.root, options.out)):
        model_files.make_current(released)
        print(f"the assistant's model is the released one: {released}")
        return 0
    if current == model and not options.candidate:
        print(f"the assistant's model is current: {model}")
        return 0
    if options.check:
        print(f"the assistant's model is not current: {model} is wanted, {current or 'none'} is there")
        return STALE
    if options.candidate:
        return _candidate(options.root, options.out, options.candidate, wanted)
    if model.is_file():
        model_files.make_current(model)
        print(f"the assistant goes back to a model trained before: {model}")
        return 0
    return _train(options.root, options.out, wanted)


def _release(root: Path, model: Path) -> int:
    if not model.is_file():
        return _failed(f"there is no model {model}")
    model_files.release(root, model)
    print(f"released: {model}")
    return 0


def _candidate(root: Path, models: Path, note: Path, wanted: str) -> int:
    """Train beside the current model, which stays current; the candidate's name goes into the file `note`."""
    model = models / model_files.model_name(wanted)
    if not model.is_file() and (failed := _train(root, models, wanted, candidate=True)):
        return failed
    note.write_text(f"{model.name}\n", encoding="utf-8")
    return 0


def _train(root: Path, models: Path, wanted: str, *, candidate: bool = False) -> int:
    if sys.version_info[:2] != (3, 10):
        return _failed("Rasa needs Python 3.10: run this with assistant/.venv/bin/python")
    signal.signal(signal.SIGTERM, _stop)
    work = model_files.work_folder(models)
    # Rasa caches what it has trained, but not by our components' code: it must not find anything.
    os.environ["RASA_CACHE_DIRECTORY"] = str(work / "cache")
    try:
        from assistant.training_run import CannotTrain, train_model

        trained = train_model(root, work, model_files.model_name(wanted))
        if candidate:
            trained.replace(models / model_files.model_name(wanted))
            print("the assistant is trained; the current model stays", flush=True)
        else:
            print(f"the assistant is trained: {model_files.publish(trained, models, wanted)}", flush=True)
    except CannotTrain as problem:
        return _failed(str(problem))
    except KeyboardInterrupt:
        return _failed("stopped; nothing was changed")
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m assistant.train", description="Train the assistant's model.")
    parser.add_argument("--out", type=Path, default=Path("models"), help="folder of the models (default: models)")
    parser.add_argument("--root", type=Path, default=Path(), help="folder of config.yml (default: here)")
    parser.add_argument("--check", action="store_true", help="only tell whether the model is current")
    parser.add_argument("--candidate", type=Path, help="leave the current model current; write the new one's name here")
    parser.add_argument("--release", help="put this model (its file name) in force")
    parser.add_argument("--keep-released", action="store_true", help="train nothing while a released model is in force")
    return parser


def _stop(signal_number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _failed(reason: str) -> int:
    print(f"the assistant was not trained: {reason}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
