"""Rasa's input channel, in a real Rasa: one JSON for each message, and no failure that looks like silence."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import uuid4

import httpx2
import pytest

from bot.adapters.rasa.answers import read_answer
from tests.nlu.scripted_actions import ScriptedActions

pytestmark = [pytest.mark.rasa, pytest.mark.timeout(180)]  # the first one waits for Rasa's start

#: An intent with a one-turn rule whose answer comes from the action server.
QUESTION = "报表数有哪几种方式"
KEYS = {"replies", "intent", "ranking", "entities", "active_form", "requested_slot", "slots", "error"}


def post(rasa: httpx2.Client, text: str, sender: str | None = None) -> httpx2.Response:
    message = {"sender": sender or f"test-{uuid4()}", "message": text, "metadata": {"channel": "test"}}
    return rasa.post("/webhooks/gasdesk/webhook", json=message)


def test_health_names_the_model(rasa: httpx2.Client) -> None:
    health = rasa.get("/webhooks/gasdesk/").json()
    assert health["status"] == "ok"
    assert health["model"].startswith("gasdesk-")


def test_a_response_stays_whole(rasa: httpx2.Client, actions: ScriptedActions) -> None:
    button = {"title": "好", "payload": "好的"}
    response = {"text": "第一段\n\n第二段", "buttons": [button], "custom": {"handoff": {"reason": "试试"}}}
    actions.when(QUESTION, {"events": [], "responses": [response]})
    answer = post(rasa, QUESTION)
    assert answer.status_code == 200
    body = answer.json()
    assert set(body) == KEYS
    assert body["replies"] == [response]
    assert body["intent"]["name"] == "ask_reading_methods"
    assert body["ranking"][0] == body["intent"]
    assert len(body["ranking"]) == 3
    assert body["error"] is None


def test_gasdesk_reads_what_the_channel_writes(rasa: httpx2.Client, actions: ScriptedActions) -> None:
    actions.when(QUESTION, {"events": [], "responses": [{"text": "两元六角六", "buttons": [], "custom": {}}]})
    answer = read_answer(post(rasa, QUESTION).content, QUESTION, 0.5)
    assert [bubble.text for bubble in answer.bubbles] == ["两元六角六"]
    assert answer.intent is not None
    assert answer.intent.name == "ask_reading_methods"


def test_a_payload_with_an_intent_is_taken_at_its_word(rasa: httpx2.Client) -> None:
    assert post(rasa, "/ask_reading_methods").json()["intent"] == {"name": "ask_reading_methods", "confidence": 1.0}


def test_a_restarted_conversation_is_empty(rasa: httpx2.Client) -> None:
    sender = f"test-{uuid4()}"
    assert post(rasa, QUESTION, sender).json()["intent"]["name"] == "ask_reading_methods"
    restarted = post(rasa, "/restart", sender)
    assert restarted.status_code == 200
    assert restarted.json()["slots"] == {}


def test_messages_of_one_conversation_at_the_same_time_are_answered_each(
    rasa: httpx2.Client, actions: ScriptedActions
) -> None:
    sender, texts = f"test-{uuid4()}", ["你好", QUESTION, "你是机器人吗"]
    for text in texts:
        actions.when(text, {"events": [], "responses": [{"text": f"答：{text}"}]})
    with ThreadPoolExecutor() as pool:
        answers = list(pool.map(lambda text: post(rasa, text, sender).json(), texts))
    assert [answer["replies"] for answer in answers] == [[{"text": f"答：{text}"}] for text in texts]
    assert [answer["intent"]["name"] for answer in answers] == ["greet", "ask_reading_methods", "ask_agent_identity"]


def test_the_ranking_holds_real_intents_when_nothing_was_understood(rasa: httpx2.Client) -> None:
    body = post(rasa, "qwzx vbnm plok").json()
    assert body["intent"]["name"] == "nlu_fallback"
    assert len(body["ranking"]) == 3
    assert "nlu_fallback" not in {scored["name"] for scored in body["ranking"]}


@pytest.mark.parametrize(
    ("status", "answer"),
    [(500, {"error": "database is gone"}), (200, {"events": "none"}), (200, {"events": [{"event": "unheard_of"}]})],
)
def test_an_action_that_fails_is_an_error(
    rasa: httpx2.Client, actions: ScriptedActions, status: int, answer: dict[str, Any]
) -> None:
    actions.when(QUESTION, answer, status)
    failed = post(rasa, QUESTION)
    assert failed.status_code == 500
    assert set(failed.json()) == KEYS
    assert failed.json()["replies"] == []
    assert failed.json()["error"]


def test_an_action_that_never_ends_is_an_error(rasa: httpx2.Client, actions: ScriptedActions) -> None:
    actions.when(QUESTION, {"events": [{"event": "followup", "name": "action_answer"}], "responses": []})
    failed = post(rasa, QUESTION)
    assert failed.status_code == 500
    assert "Circuit breaker" in failed.json()["error"]


def test_errors_of_one_conversation_do_not_show_in_another(rasa: httpx2.Client, actions: ScriptedActions) -> None:
    actions.when(QUESTION, {}, 500)
    assert post(rasa, QUESTION).status_code == 500
    assert post(rasa, "你好").json()["error"] is None


def test_a_paused_conversation_is_not_an_empty_answer(rasa: httpx2.Client, actions: ScriptedActions) -> None:
    sender = f"test-{uuid4()}"
    actions.when(QUESTION, {"events": [{"event": "pause"}], "responses": []})
    for text in (QUESTION, "你好"):
        paused = post(rasa, text, sender)
        assert paused.status_code == 409
        assert "paused" in paused.json()["error"]


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"{", "not JSON"),
        (b"", "must be an object"),
        (b"[]", "must be an object"),
        (b'{"sender": "a"}', "message"),
        (b'{"sender": "a", "message": 1}', "message"),
        (b'{"sender": "a", "message": "  "}', "message"),
        (b'{"message": "a"}', "sender"),
        (b'{"sender": "a", "message": "a", "metadata": "a"}', "metadata"),
        (b'{"sender": "a", "message": "%s"}' % (b"a" * 4001), "4001 characters"),
    ],
)
def test_a_bad_request_says_what_is_wrong(rasa: httpx2.Client, body: bytes, said: str) -> None:
    refused = rasa.post("/webhooks/gasdesk/webhook", content=body, headers={"Content-Type": "application/json"})
    assert refused.status_code == 400
    assert set(refused.json()) == KEYS
    assert said in refused.json()["error"]


@pytest.mark.parametrize("text", ["👍", "\u0000", "？？？", "a" * 4000, "漏气" * 2000])
def test_odd_texts_get_a_whole_answer(rasa: httpx2.Client, text: str) -> None:
    answer = post(rasa, text)
    assert answer.status_code == 200
    assert answer.json()["intent"]["name"]
