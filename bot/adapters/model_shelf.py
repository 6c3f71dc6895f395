"""The folder of models, and the folders that trainings leave beside their logs."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

from bot.training.retention import KeptModel


class ModelFolder:
    """Implements training.retention.ModelShelf."""

    def __init__(self, models: Path, trainings: Path) -> None:
        self._models = models
        self._trainings = trainings

    def live(self) -> str:
        try:
            return (self._models / "current").read_text(encoding="utf-8").strip()
        except OSError:
            return ""

    def models(self) -> list[KeptModel]:
        found = []
        for file in self._models.glob("gasdesk-*.tar.gz"):
            found.append(KeptModel(file.name, datetime.fromtimestamp(file.stat().st_mtime, UTC)))
        return found

    def runs(self) -> set[str]:
        return {path.name.removesuffix(".log") for path in self._trainings.glob("*")}

    def drop_model(self, name: str) -> None:
        (self._models / name).unlink(missing_ok=True)

    def drop_run(self, run_id: str) -> None:
        shutil.rmtree(self._trainings / run_id, ignore_errors=True)
        (self._trainings / f"{run_id}.log").unlink(missing_ok=True)
