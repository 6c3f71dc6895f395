"""domain.yml, the rules and the actions agree; no number of the business is written out in a response."""

import re
from pathlib import Path
from string import Formatter
from typing import Any

import pytest
from ruamel.yaml import YAML

from actions.capability import Office
from actions.dialogue import Dialogue
from actions.facts import company_facts
from actions.meanings import meaning_of
from actions.server import CAPABILITIES
from actions.testing import MemoryCasework, sample_records
from bot.testing import ManualClock
from tests.unit.actions_stage import COMPANY, DOMAIN, ROOT

#: What dialogues find out and fill in themselves.
FOUND_OUT = frozenset(
    {
        "arrears", "article", "balance", "communities", "community", "ends", "fee", "go_on", "matters", "order_lines",
        "planned", "planned_or_not", "prepay",
        "place", "reading", "reason", "starts", "topic", "volume", "what", "who",
        # money and accounts
        "average", "count", "days", "first", "house", "how", "last", "late_fee", "most", "opening_fee", "papers",
        "budget", "power", "price", "quarter", "rate", "rest", "share_lines", "since", "tier", "topics", "total", "use",
        "used",
        "way", "worth", "year",
        "monthly", "year_fee", "year_volume",
        # visits, meters and repairs
        "order", "order_number", "visit_lines",
        # people
        "field", "new", "opening_lines", "phone",
    }
)  # fmt: skip
OFFICE = Office(
    back_office=sample_records(), casework=MemoryCasework(ManualClock()), company=COMPANY, clock=ManualClock()
)
ACTIONS = [capability(OFFICE) for capability in CAPABILITIES]
DIALOGUES = [each for each in ACTIONS if isinstance(each, Dialogue)]
RESPONSES: dict[str, list[dict[str, Any]]] = DOMAIN["responses"]
RULES = [
    rule
    for path in sorted((ROOT / "data" / "rules").glob("*.yml"))
    for rule in YAML(typ="safe").load(path.read_text(encoding="utf-8"))["rules"]
]


def texts(response: str) -> list[str]:
    return [variation["text"] for variation in RESPONSES[response]]


def rule_of(intent: str) -> list[dict[str, Any]]:
    (steps,) = (rule["steps"] for rule in RULES if rule["steps"][0]["intent"] == intent)
    return list(steps)


def test_the_domain_and_the_code_know_the_same_actions() -> None:
    assert sorted(DOMAIN["actions"]) == sorted(each.name() for each in ACTIONS)


def test_the_domain_and_the_code_know_the_same_forms() -> None:
    assert {name: tuple(form["required_slots"]) for name, form in DOMAIN["forms"].items()} == {
        each.form: each.questions for each in DIALOGUES
    }


@pytest.mark.parametrize("intent", DOMAIN["intents"])
def test_every_intent_has_one_rule_and_its_answer_exists(intent: str) -> None:
    action = rule_of(intent)[1]["action"]
    if action == "action_answer":
        assert f"utter_{intent}" in RESPONSES
    else:
        assert action in DOMAIN["actions"] or action in DOMAIN["forms"]


@pytest.mark.parametrize("dialogue", DIALOGUES, ids=lambda each: each.form)
def test_a_dialogue_asks_with_a_response_for_each_question(dialogue: Dialogue) -> None:
    assert {f"utter_question_{each}" for each in dialogue.questions} <= RESPONSES.keys()


def test_every_response_that_the_code_names_exists_and_none_is_left_over() -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "actions").glob("*.py"))
    named = set(re.findall(r'"(utter_\w+)"', code))
    asked = {f"utter_question_{each}" for dialogue in DIALOGUES for each in dialogue.questions}
    answers = {f"utter_{intent}" for intent in DOMAIN["intents"] if rule_of(intent)[1]["action"] == "action_answer"}
    explained = {meaning_of(each).response for dialogue in DIALOGUES for each in dialogue.questions}
    assert (named | explained) - RESPONSES.keys() == set()
    assert RESPONSES.keys() - named - asked - answers - explained == set()


@pytest.mark.parametrize("response", RESPONSES)
def test_every_name_in_braces_is_filled(response: str) -> None:
    names = {name for text in texts(response) for _, name, _, _ in Formatter().parse(text) if name is not None}
    assert names <= company_facts(COMPANY).keys() | FOUND_OUT


def test_the_last_resort_fills_nothing_in() -> None:
    assert "{" not in texts("utter_failed")[0]


def test_the_names_that_dialogues_fill_hide_no_fact() -> None:
    assert not company_facts(COMPANY).keys() & FOUND_OUT


@pytest.mark.parametrize("response", sorted(RESPONSES.keys() - {"utter_failed"}))
def test_no_fact_of_the_business_is_written_out(response: str) -> None:
    """Examples of how to write something ("3号楼2单元501室") and "24小时" are no facts of one company."""
    facts = company_facts(COMPANY)
    written = [fact for fact in facts.values() if len(fact) >= 3]
    for text in texts(response):
        assert not [fact for fact in written if fact in text]
        assert re.findall(r"\d+(?=\s*(元|倍|%|米(?!以)|个工作日|天|分钟|方))", text) == []


@pytest.mark.parametrize("response", RESPONSES)
def test_buttons_send_what_a_customer_could_type(response: str) -> None:
    for variation in RESPONSES[response]:
        for button in variation.get("buttons", []):
            assert not button["payload"].startswith("/")
            assert button["payload"].strip() == button["payload"] != ""


def test_texts_are_short_and_punctuated_in_chinese() -> None:
    for response in RESPONSES:
        for text in texts(response):
            for bubble in text.split("\n\n"):
                assert len(bubble) <= 120, f"{response}: {len(bubble)} characters"
                assert not re.search("[,?!;]", bubble), response


def test_company_texts_come_from_the_profile() -> None:
    other = COMPANY.model_copy(update={"company": COMPANY.company.model_copy(update={"name": "远方燃气"})})
    assert company_facts(other)["company"] == "远方燃气"


def test_forbidden_expressions_are_not_used() -> None:
    """S0 服务忌语 and S1/S4: the product speaks as staff must."""
    forbidden = ("不知道", "不清楚", "你听我说", "刚才不是告诉你了", "唉呀", "怎么回事", "不行", "不可以", "还不明白")
    for response in RESPONSES:
        assert not [words for words in forbidden for text in texts(response) if words in text], response


def test_rules_lie_in_one_file_for_each_capability() -> None:
    names = {path.stem for path in Path(ROOT / "data" / "rules").glob("*.yml")}
    assert {"gas_start_up", "meter_reading", "emergencies", "persons", "small_talk"} <= names
