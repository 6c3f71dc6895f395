"""Every intent the assistant can name has a Chinese name for staff."""

from ruamel.yaml import YAML

from bot.domain.intents import LABELS
from bot.settings import ROOT


def test_every_intent_of_the_domain_has_a_label() -> None:
    domain = YAML(typ="safe").load((ROOT / "domain.yml").read_text(encoding="utf-8"))
    names = {next(iter(entry)) if isinstance(entry, dict) else entry for entry in domain["intents"]}
    assert names - LABELS.keys() == set()
