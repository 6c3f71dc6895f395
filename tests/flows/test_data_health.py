"""All examples are examined in a process of its own, and an administrator is told."""

import shutil
from pathlib import Path

from bot.settings import ROOT
from tests.flows.office import Office, refused


async def test_an_administrator_sees_what_is_wrong_with_the_examples(office: Office, tmp_path: Path) -> None:
    target = tmp_path / "project" / "data" / "nlu"
    target.mkdir(parents=True)
    shutil.copy(ROOT / "data" / "nlu" / "smalltalk.yml", target)
    lines = (await office.get("901", "training/health"))["lines"]
    assert lines[0].startswith("共 ")
    assert any("有热水器" in line and "没有热水器" in line for line in lines)
    refused(await office.clients["201"].get("/api/training/health"), 403, "not_allowed")
