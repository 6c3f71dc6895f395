"""A gasdesk with models and training data of its own: what it trains and writes leaves the checkout as it is."""

import shutil
from pathlib import Path

from bot.settings import ROOT
from tests.services import free_port

#: The environments and caches stay where they are.
_LEFT_OUT = shutil.ignore_patterns(".venv", "__pycache__")


def own_project(folder: Path) -> dict[str, str]:
    """Copy the project's data and its current model into `folder`; settings (without GASDESK_) that point there."""
    project, models = folder / "project", folder / "models"
    project.mkdir()
    for name in ("config.yml", "domain.yml"):
        shutil.copy(ROOT / name, project / name)
    shutil.copytree(ROOT / "data", project / "data")
    shutil.copytree(ROOT / "assistant", project / "assistant", ignore=_LEFT_OUT)
    models.mkdir()
    current = (ROOT / "models" / "current").read_text(encoding="utf-8").strip()
    for name in ("current", current):
        shutil.copy(ROOT / "models" / name, models / name)
    ports = {"RASA_PORT": str(free_port()), "RASA_SPARE": str(free_port())}
    return {"PROJECT": str(project), "MODELS": str(models), **ports}
