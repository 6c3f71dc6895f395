"""The examples and the test set themselves: enough of each, different from each other, none given away."""

from collections import Counter

import pytest
from ruamel.yaml import YAML

from tests.nlu.near_duplicates import near_duplicates_between, near_duplicates_within
from tests.nlu.utterances import ROOT, TEST_SETS, examples, to_try

MAIN = {
    "report_leak", "report_co_poisoning", "report_fire", "report_no_gas", "ask_outage", "ask_startup_requirements",
    "ask_supply_coverage", "report_meter_reading", "request_human", "pay_bill", "query_balance", "ask_late_fee",
    "dispute_bill", "ask_ic_card_use", "request_repair", "query_work_order",
}  # fmt: skip
#: "装热水器" and "没装热水器": the short word makes the difference.
OPPOSITES = {frozenset({"ask_water_heater_conversion", "deny"}), frozenset({"affirm", "deny"})}


def intents_of_the_domain() -> set[str]:
    domain = YAML(typ="safe").load(ROOT / "domain.yml")
    return set(domain["intents"]) - {"nlu_fallback"}


def test_every_intent_has_enough_examples() -> None:
    counts = Counter(utterance.intent for utterance in examples())
    assert set(counts) == intents_of_the_domain()
    scarce = {intent: n for intent, n in counts.items() if n < (60 if intent in MAIN else 30)}
    assert not scarce
    assert counts["out_of_scope"] >= 80


@pytest.mark.parametrize(("name", "at_least"), [("test", 10), ("fresh", 5)])
def test_every_intent_is_tried(name: str, at_least: int) -> None:
    counts = Counter(utterance.intent for utterance in to_try(name))
    assert set(counts) == intents_of_the_domain()
    assert min(counts.values()) >= at_least


def test_examples_differ() -> None:
    trained = examples()
    twins = near_duplicates_within(trained)
    assert len(twins) <= 0.02 * len(trained)
    crossing = {frozenset({one.intent, other.intent}) for one, other in twins if one.intent != other.intent}
    assert crossing <= OPPOSITES


@pytest.mark.parametrize("name", TEST_SETS)
def test_no_test_sentence_is_given_away_by_an_example(name: str) -> None:
    assert near_duplicates_between(to_try(name), examples()) == []


def test_the_two_test_sets_differ() -> None:
    assert near_duplicates_between(to_try("fresh"), to_try("test")) == []
