"""How well the trained assistant names intents, tried through Rasa's own /model/parse on sentences it never saw.

Floors lie a little below what was measured (docs/nlu.md); run with -s to see the figures.
"""

from collections import Counter

import httpx2
import pytest
from ruamel.yaml import YAML

from tests.nlu.utterances import ROOT, TEST_SETS, Utterance, to_try

pytestmark = [pytest.mark.rasa, pytest.mark.timeout(180)]

EMERGENCIES = ("report_leak", "report_co_poisoning", "report_fire")
#: As bot/adapters/rasa believes an emergency: among the first three, with at least this confidence.
BELIEVED = 0.5

Parsed = tuple[Utterance, list[tuple[str, float]], bool]


@pytest.fixture(scope="module")
def parsed(rasa: httpx2.Client) -> dict[str, list[Parsed]]:
    """By test set: each sentence with its ranking, and whether it counts as understood."""
    return {name: [_parse(rasa, utterance) for utterance in to_try(name)] for name in TEST_SETS}


@pytest.fixture
def all_parsed(parsed: dict[str, list[Parsed]]) -> list[Parsed]:
    return [sentence for sentences in parsed.values() for sentence in sentences]


def _parse(rasa: httpx2.Client, utterance: Utterance) -> Parsed:
    answer = rasa.post("/model/parse", json={"text": utterance.text}).json()
    ranking = [(scored["name"], scored["confidence"]) for scored in answer["intent_ranking"]]
    real = [(name, confidence) for name, confidence in ranking if name != "nlu_fallback"]
    return utterance, real, answer["intent"]["name"] != "nlu_fallback"


@pytest.mark.parametrize(("name", "first", "three"), [("test", 0.90, 0.97), ("fresh", 0.84, 0.95)])
def test_accuracy(parsed: dict[str, list[Parsed]], name: str, first: float, three: float) -> None:
    tried = parsed[name]
    right = [utterance for utterance, ranking, _ in tried if ranking[0][0] == utterance.intent]
    among_three = [utterance for utterance, ranking, _ in tried if utterance.intent in dict(ranking[:3])]
    accuracy, top_three = len(right) / len(tried), len(among_three) / len(tried)
    print(f"\n{name}: first intent right {accuracy:.1%}, among the first three {top_three:.1%} of {len(tried)}")
    assert accuracy >= first
    assert top_three >= three


def test_every_intent_is_recognised_more_often_than_not(all_parsed: list[Parsed]) -> None:
    total = Counter(utterance.intent for utterance, _, _ in all_parsed)
    right = Counter(utterance.intent for utterance, ranking, _ in all_parsed if ranking[0][0] == utterance.intent)
    recall = {intent: right[intent] / total[intent] for intent in total}
    for intent, share in sorted(recall.items(), key=lambda item: item[1]):
        print(f"{share:6.0%}  {intent}")
    assert min(recall.values()) >= 0.6


@pytest.mark.parametrize(("name", "share_right"), [("test", 0.91), ("fresh", 0.86)])
def test_what_counts_as_understood_is_mostly_right(
    parsed: dict[str, list[Parsed]], name: str, share_right: float
) -> None:
    tried = parsed[name]
    understood = [(utterance, ranking) for utterance, ranking, accepted in tried if accepted]
    right = [utterance for utterance, ranking in understood if ranking[0][0] == utterance.intent]
    print(f"\n{name}: {len(understood) / len(tried):.1%} understood, of these {len(right) / len(understood):.1%} right")
    assert len(understood) / len(tried) >= 0.93
    assert len(right) / len(understood) >= share_right


@pytest.mark.parametrize("intent", EMERGENCIES)
def test_emergencies_are_recognised(all_parsed: list[Parsed], intent: str) -> None:
    """Beside the emergency screen, which reads every message itself. Any emergency brings the safety instruction."""
    reported = [(utterance, ranking) for utterance, ranking, _ in all_parsed if utterance.intent == intent]
    missed = [utterance.text for utterance, ranking in reported if not _alarms(ranking)]
    print(f"\n{intent}: {len(reported) - len(missed)} of {len(reported)}, missed: {missed}")
    assert len(missed) <= 0.1 * len(reported)


def test_few_other_messages_are_taken_for_an_emergency(all_parsed: list[Parsed]) -> None:
    others = [(utterance, ranking) for utterance, ranking, _ in all_parsed if utterance.intent not in EMERGENCIES]
    false = [utterance.text for utterance, ranking in others if _alarms(ranking)]
    print(f"\nfalse alarms: {false} of {len(others)}")
    assert len(false) <= 0.02 * len(others)


def _alarms(ranking: list[tuple[str, float]]) -> bool:
    return any(name in EMERGENCIES and confidence >= BELIEVED for name, confidence in ranking[:3])


def test_what_the_assistants_own_buttons_send_is_understood(rasa: httpx2.Client) -> None:
    """The texts of buttons that begin something; answers to a dialogue's own question are read by the dialogue."""
    responses = YAML(typ="safe").load(ROOT / "domain.yml")["responses"]
    beginning = {name: variants for name, variants in responses.items() if not name.startswith("utter_question_")}
    payloads = {b["payload"] for variants in beginning.values() for v in variants for b in v.get("buttons", [])}
    assert payloads
    unsure = {}
    for payload in sorted(payloads):
        intent = rasa.post("/model/parse", json={"text": payload}).json()["intent"]
        if intent["name"] == "nlu_fallback" or intent["confidence"] < 0.8:
            unsure[payload] = intent
    assert not unsure


@pytest.mark.parametrize("text", ["13966667777", "186 0011 2233", "199-8765-4321", "15712344321打这个"])
def test_a_mobile_number_alone_asks_for_a_call(rasa: httpx2.Client, text: str) -> None:
    assert rasa.post("/model/parse", json={"text": text}).json()["intent"]["name"] == "request_callback"


@pytest.mark.parametrize("text", ["发到邮箱 abc@163.com", "我邮箱 lily.co@qq.com", "www.cocoa.com.cn"])
def test_the_letters_of_an_address_are_no_words(rasa: httpx2.Client, text: str) -> None:
    """ "co" is carbon monoxide elsewhere."""
    ranking = rasa.post("/model/parse", json={"text": text}).json()["intent_ranking"]
    assert sum(intent["confidence"] for intent in ranking if intent["name"] == "report_co_poisoning") < 0.1


@pytest.mark.parametrize("text", ["30218845", "2011334455", "12966667777", "139666677778"])
def test_another_long_number_alone_does_not(rasa: httpx2.Client, text: str) -> None:
    assert rasa.post("/model/parse", json={"text": text}).json()["intent"]["name"] != "request_callback"
