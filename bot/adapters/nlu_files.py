"""The assistant's examples in data/nlu: read, diffed, and written file by file, each at once."""

import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path

from bot.adapters.files_at_once import difference, replace_files
from bot.adapters.labelled_files import BadLabels, read_labelled, read_lines
from bot.adapters.nlu_report import project_sets
from bot.training.change_set import Addition, by_intent
from bot.training.judged import Labelled
from bot.training.nlu_format import counted, with_examples, without_examples


class NluFiles:
    """Implements training.change.ExampleFiles. Files are read in a thread: thousands of lines take a while."""

    def __init__(self, project: Path, tests: Path) -> None:
        """`project`: the folder of data/nlu; `tests`: that of the test sets."""
        self._folder = project / "data" / "nlu"
        self._root = project
        self._tests = tests

    async def known(self) -> list[Labelled]:
        return await asyncio.to_thread(
            lambda: [one for file in self._files() for one in read_labelled(file, file.name)]
        )

    async def lines(self) -> list[tuple[str, str]]:
        """Intent and example, with what is marked in it."""
        return await asyncio.to_thread(lambda: [pair for file in self._files() for pair in read_lines(file)])

    async def tried(self) -> list[Labelled]:
        return await asyncio.to_thread(self._tried)

    async def stamp(self) -> str:
        return await asyncio.to_thread(self._stamp)

    async def diff(self, additions: Sequence[Addition]) -> str:
        return await asyncio.to_thread(lambda: difference(self._root, self._with(additions)))

    async def write(self, additions: Sequence[Addition]) -> None:
        await asyncio.to_thread(lambda: replace_files(self._with(additions)))

    async def remove(self, additions: Sequence[Addition]) -> None:
        removals = by_intent(additions)
        await asyncio.to_thread(lambda: replace_files(self._changed(lambda text: without_examples(text, removals))))

    def _files(self) -> list[Path]:
        return sorted(self._folder.glob("*.yml"))

    def _stamp(self) -> str:
        files = [*self._files(), *sorted(self._tests.rglob("*.yml")), *sorted(self._tests.rglob("*.csv"))]
        states = [(str(file), file.stat()) for file in files]
        return ";".join(f"{name}:{state.st_mtime_ns}:{state.st_size}" for name, state in states)

    def _tried(self) -> list[Labelled]:
        sets = project_sets(self._tests, sealed=True)
        alarms = [Labelled(trial.name, "", trial.text) for trial in sets.alarms]
        return [*sets.labelled, *alarms]

    def _with(self, additions: Sequence[Addition]) -> dict[Path, str]:
        """What the files hold afterwards. An intent's home is where most of its examples are. Raises BadLabels."""
        contents = {file: file.read_text(encoding="utf-8") for file in self._files()}
        sizes = {file: counted(content) for file, content in contents.items()}
        added: dict[Path, dict[str, list[str]]] = {}
        for intent, texts in by_intent(additions).items():
            home = max(contents, key=lambda file: sizes[file].get(intent, 0))
            if intent not in sizes[home]:
                raise BadLabels(f"{self._folder} has no examples of {intent}")
            added.setdefault(home, {})[intent] = texts
        return {file: with_examples(contents[file], texts) for file, texts in added.items()}

    def _changed(self, change: Callable[[str], str]) -> dict[Path, str]:
        contents = {file: file.read_text(encoding="utf-8") for file in self._files()}
        return {file: after for file, before in contents.items() if (after := change(before)) != before}
