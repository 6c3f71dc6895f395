"""For machines that watch."""

import pytest

from bot.domain.staff import Presence
from tests.flows.office import Office


async def test_health_and_readiness(office: Office) -> None:
    assert (await office.anybody.get("/healthz")).json() == {"status": "ok"}
    ready = await office.anybody.get("/readyz")
    assert (ready.status_code, ready.json()) == (200, {"ready": True, "database": "ok", "assistant": "ready"})


async def test_customers_are_let_in_without_an_assistant_after_a_minute(office: Office) -> None:
    office.desk.assistant.ready = False
    starting = await office.anybody.get("/readyz")
    assert (starting.status_code, starting.json()["assistant"]) == (503, "starting")
    office.desk.clock.advance(61)
    assert (await office.anybody.get("/readyz")).status_code == 200


async def test_readiness_tells_when_the_database_is_gone(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    async def gone() -> None:
        raise ConnectionError("the database is gone")

    monkeypatch.setattr(office.desk.gasdesk.stores.database, "ping", gone)
    answer = await office.anybody.get("/readyz")
    assert (answer.status_code, answer.json()["ready"]) == (503, False)
    assert (await office.anybody.get("/healthz")).status_code == 200


async def test_figures(office: Office) -> None:
    await office.online("101")
    await office.desk.presence("101", Presence.BUSY)
    await office.waits()
    await office.desk.wait(30)
    text = (await office.anybody.get("/metrics")).text
    figures = dict(line.rsplit(" ", 1) for line in text.splitlines() if not line.startswith("#"))
    assert figures["gasdesk_queue_length"] == "1.0"
    assert figures["gasdesk_queue_oldest_seconds"] == "30.0"
    assert figures["gasdesk_assistant_up"] == "1.0"
    assert float(figures["gasdesk_timers_armed"]) == 3, "the waiting prompt, the reply limit and the agent's absence"
    assert "转人工" not in text
