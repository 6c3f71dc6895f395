"""Stands in for TensorFlow while Rasa is imported.

Rasa imports TensorFlow for components that config.yml does not use. That costs ten seconds of every start and two
thirds of the memory (docs/nlu.md). The stand-in lets those modules define their classes; using one of them raises.
"""

import sys
from collections.abc import Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

PACKAGES = frozenset({"tensorflow", "tensorflow_addons", "tensorflow_hub", "tensorflow_text", "keras", "jax"})
_VERSION = "2.12.0"


class TensorFlowLeftOut(RuntimeError):
    """A component needs the real TensorFlow."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} needs TensorFlow, which is left out: set GASDESK_TENSORFLOW=1 to load it")


def install() -> "HollowFinder":
    """Let the packages be imported hollow from now on. Call before Rasa is imported, and `seal()` afterwards."""
    finder = HollowFinder()
    sys.meta_path.insert(0, finder)
    return finder


class HollowFinder(MetaPathFinder, Loader):
    def __init__(self) -> None:
        Hollow.in_use = False

    def seal(self) -> None:
        """Imports are over: from now on everything hollow refuses to work."""
        Hollow.in_use = True

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname.partition(".")[0] not in PACKAGES:
            return None
        return ModuleSpec(fullname, self, is_package=True)

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        return _HollowModule(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        pass


class _HollowModule(ModuleType):
    __version__ = _VERSION

    def __getattr__(self, name: str) -> type:
        return _hollow_class(name)


class _HollowType(type):
    """Classes to derive from, to name in annotations and to decorate with; every attribute is another one."""

    def __getattr__(cls, name: str) -> type:
        return _hollow_class(name)

    def __or__(cls, other: Any) -> Any:
        return cls

    __ror__ = __or__


class Hollow(metaclass=_HollowType):
    in_use = False

    def __init__(self, *args: Any, **options: Any) -> None:
        if Hollow.in_use:
            raise TensorFlowLeftOut(type(self).__name__)

    def __call__(self, *args: Any, **options: Any) -> Any:
        """A decorator gives back what it decorates."""
        if Hollow.in_use:
            raise TensorFlowLeftOut(type(self).__name__)
        return args[0] if args and callable(args[0]) else self

    def __class_getitem__(cls, item: Any) -> type:
        return cls


def _hollow_class(name: str) -> type:
    if name.startswith("__"):
        raise AttributeError(name)
    return _HollowType(name, (Hollow,), {})
