"""The action server answers every call, and never with silence."""

import logging
from http import HTTPStatus
from typing import Any

import pytest
from rasa_sdk import Action
from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import ActionExecutionRejection

from actions.server import handle
from tests.unit.actions_stage import DOMAIN, Stage

type Json = dict[str, Any]


class Refuses(Action):  # type: ignore[misc]  # rasa-sdk ships no types
    def name(self) -> str:
        return "action_refuses"

    async def run(self, dispatcher: Any, tracker: Any, domain: Any) -> list[Json]:
        raise ActionExecutionRejection("action_refuses", "not now")


class Breaks(Action):  # type: ignore[misc]  # rasa-sdk ships no types
    def name(self) -> str:
        return "action_breaks"

    async def run(self, dispatcher: Any, tracker: Any, domain: Any) -> list[Json]:
        raise RuntimeError("broken")


class SeesDomain(Action):  # type: ignore[misc]  # rasa-sdk ships no types
    def name(self) -> str:
        return "action_sees_domain"

    async def run(self, dispatcher: Any, tracker: Any, domain: Any) -> list[Json]:
        dispatcher.utter_message(text=str(domain))
        return []


@pytest.fixture
def executor() -> ActionExecutor:
    executor = ActionExecutor()
    for action in (Refuses(), Breaks(), SeesDomain()):
        executor.register_action(action)
    return executor


def call(action: str, **more: Any) -> Json:
    return {"next_action": action, "sender_id": "c-1", "tracker": {"sender_id": "c-1"}, **more}


async def test_a_rejection_is_a_bad_request(executor: ActionExecutor) -> None:
    status, answer = await handle(executor, call("action_refuses", domain=DOMAIN))
    assert (status, answer["action_name"]) == (HTTPStatus.BAD_REQUEST, "action_refuses")
    assert "error" in answer


async def test_an_unknown_action_is_not_found(executor: ActionExecutor) -> None:
    status, answer = await handle(executor, call("action_of_old", domain=DOMAIN))
    assert (status, answer["action_name"]) == (HTTPStatus.NOT_FOUND, "action_of_old")


async def test_a_call_without_a_domain_is_served(executor: ActionExecutor) -> None:
    status, answer = await handle(executor, call("action_sees_domain"))
    assert status == HTTPStatus.OK
    assert "intents" in answer["responses"][0]["text"]


async def test_a_failure_is_logged_and_admitted(executor: ActionExecutor, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        status, answer = await handle(executor, call("action_breaks", domain=DOMAIN))
    assert status == HTTPStatus.OK
    assert answer["responses"][0]["response"] == "utter_failed"
    assert "action_breaks" in answer["responses"][1]["custom"]["handoff"]["reason"]
    assert "c-1" in caplog.text
    assert "RuntimeError: broken" in caplog.text
    # Rasa takes a form without slots for a rejection, and would drop the apology.
    assert any(event["event"] == "slot" and event["name"] != "requested_slot" for event in answer["events"])


async def test_a_call_without_an_action_is_empty(executor: ActionExecutor) -> None:
    assert await handle(executor, {"domain": DOMAIN}) == (HTTPStatus.OK, {"events": [], "responses": []})


async def test_the_records_failing_in_a_dialogue_lead_to_a_person() -> None:
    stage = Stage()
    await stage.begin("reading_form", "我要报数", "report_meter_reading")
    stage.records.broken = True
    await stage.answer("10020001")
    assert stage.said == ["utter_failed"]
    assert "handoff" in stage.signals
    assert stage.form is None
