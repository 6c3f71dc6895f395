"""Migrations are one chain: two with the same number, or two that follow the same one, would stop every start."""

import re
from itertools import pairwise

from bot.adapters.sql.migrate import _SCRIPTS


def test_each_migration_follows_the_one_before() -> None:
    chain = []
    for file in sorted((_SCRIPTS / "versions").glob("v*.py")):
        text = file.read_text(encoding="utf-8")
        revision, follows = (re.search(rf"^{name} = (.*)$", text, re.M) for name in ("revision", "down_revision"))
        assert revision is not None, file.name
        assert follows is not None, file.name
        assert revision[1].strip('"') == file.name[1:5], f"{file.name}: its number is not its name's"
        chain.append((file.name, revision[1].strip('"'), follows[1]))
    for (_, earlier, _), (name, _, before) in pairwise(chain):
        assert before == f'"{earlier}"', f"{name} follows {before}, not {earlier}: number it after the newest"
