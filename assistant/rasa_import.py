"""How Rasa is imported here: quietly, without telemetry, and without TensorFlow unless it is asked for."""

import importlib
import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from assistant import hollow_tensorflow

#: All that serves or trains: with these, every import of TensorFlow is behind us.
_EVERYTHING = ("rasa.engine.recipes.default_components", "rasa.core.run", "rasa.cli.run")


def import_rasa() -> None:
    """Import Rasa and all its components once, in seconds instead of a quarter of a minute."""
    os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
    with _no_deprecations():
        if os.environ.get("GASDESK_TENSORFLOW") == "1":
            _import_everything()
            return
        finder = hollow_tensorflow.install()
        _import_everything()
        finder.seal()


def _import_everything() -> None:
    for module in _EVERYTHING:
        importlib.import_module(module)


@contextmanager
def _no_deprecations() -> Iterator[None]:
    """Rasa's frozen dependencies deprecate each other, and some of them turn the filters off again."""
    show = warnings.showwarning

    def show_others(message: Warning | str, category: type[Warning], *where: Any) -> None:
        if not issubclass(category, DeprecationWarning):
            show(message, category, *where)

    warnings.showwarning = show_others  # type: ignore[assignment]  # *where stands for the rest of the signature
    try:
        yield
    finally:
        warnings.showwarning = show
