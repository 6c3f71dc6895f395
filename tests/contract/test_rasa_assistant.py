"""RasaAssistant against a real HTTP server: whole answers are read, everything else is AssistantDown."""

import json
from collections.abc import AsyncIterator, Iterator

import pytest
import pytest_asyncio
import structlog.testing

from bot.adapters.rasa.assistant import RasaAssistant
from bot.domain.conversations import Button, Collected, SeenIntent
from bot.domain.emergencies import EmergencyKind
from bot.ports import AssistantDown, Bubble, Waited
from tests.contract.rasa_peer import JSON, WHOLE, RasaPeer, raw_peer, running_peer, unused_port

HEAD = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n"


@pytest.fixture(scope="module")
def server() -> Iterator[RasaPeer]:
    with running_peer() as peer:
        yield peer


@pytest.fixture
def rasa(server: RasaPeer) -> RasaPeer:
    server.healthy, server.respond = True, server.answers(WHOLE)
    server.requests.clear()
    server.connections.clear()
    return server


@pytest_asyncio.fixture
async def assistant(rasa: RasaPeer) -> AsyncIterator[RasaAssistant]:
    async with RasaAssistant(rasa.url, time_limit=0.3) as assistant:
        yield assistant


def replies(*parts: JSON) -> JSON:
    return WHOLE | {"replies": list(parts)}


def understood(name: str, confidence: float, *others: JSON) -> JSON:
    return WHOLE | {"intent": {"name": name, "confidence": confidence}, "ranking": list(others)}


async def test_the_message_goes_out_in_the_channels_shape(rasa: RasaPeer, assistant: RasaAssistant) -> None:
    answer = await assistant.reply("c-1", "你好", "m-1")
    assert rasa.requests == [{"sender": "c-1", "message": "你好", "message_id": "m-1"}]
    assert answer.bubbles == (Bubble("您好"),)
    assert answer.intent == SeenIntent("greet", 0.97, "你好")
    assert (answer.asks, answer.handoff, answer.emergency) == (False, None, None)


async def test_what_waited_goes_with_it(rasa: RasaPeer, assistant: RasaAssistant) -> None:
    await assistant.reply("c-1", "1235", "m-3", [Waited("m-1", "我要报数"), Waited("m-2", "户号10020001")])
    before = [{"id": "m-1", "text": "我要报数"}, {"id": "m-2", "text": "户号10020001"}]
    assert rasa.requests == [{"sender": "c-1", "message": "1235", "message_id": "m-3", "metadata": {"before": before}}]


async def test_what_was_open_before_goes_with_it(rasa: RasaPeer, assistant: RasaAssistant) -> None:
    await assistant.reply("c-1", "1235", "m-1", unfinished="继续报数")
    assert rasa.requests[0]["metadata"] == {"unfinished": "继续报数"}


async def test_an_answer_to_a_dialogue_is_told_to_be_one(rasa: RasaPeer, assistant: RasaAssistant) -> None:
    rasa.respond = rasa.answers(replies({"text": "好的"}, {"custom": {"an_answer": True}}))
    assert (await assistant.reply("c-1", "7号楼1单元101", "m-1")).answers_question


async def test_an_answer_to_an_open_question_is_no_emergency(rasa: RasaPeer, assistant: RasaAssistant) -> None:
    fire = understood("report_fire", 0.9) | {"replies": [{"text": "好的"}, {"custom": {"no_emergency": True}}]}
    rasa.respond = rasa.answers(fire)
    assert (await assistant.reply("c-1", "换了电池，着了", "m-1")).emergency is None


async def test_a_signalled_emergency_is_one_whatever_else_is_said(rasa: RasaPeer, assistant: RasaAssistant) -> None:
    rasa.respond = rasa.answers(replies({"custom": {"no_emergency": True}}, {"custom": {"emergency": "fire"}}))
    assert (await assistant.reply("c-1", "着火了", "m-1")).emergency is EmergencyKind.FIRE


async def test_what_is_unfinished_counts_only_while_a_question_is_open(
    rasa: RasaPeer, assistant: RasaAssistant
) -> None:
    reply = replies({"text": "读数？"}, {"custom": {"unfinished": "继续报数"}})
    rasa.respond = rasa.answers(reply | {"requested_slot": "reading_value"})
    assert (await assistant.reply("c-1", "报数", "m-1")).unfinished == "继续报数"
    rasa.respond = rasa.answers(reply)
    assert (await assistant.reply("c-1", "报数", "m-1")).unfinished == ""


async def test_a_blank_line_divides_bubbles_and_the_buttons_go_to_the_last(
    rasa: RasaPeer, assistant: RasaAssistant
) -> None:
    buttons = [{"title": "报数", "payload": "/report_meter_reading"}]
    rasa.respond = rasa.answers(
        replies({"text": "您好\n\n请问\n您要\n\n\n办什么", "buttons": buttons}, {"text": "再见"})
    )
    answer = await assistant.reply("c-1", "你好", "m-1")
    assert answer.bubbles == (
        Bubble("您好"),
        Bubble("请问\n您要"),
        Bubble("办什么", (Button("报数", "/report_meter_reading"),)),
        Bubble("再见"),
    )


async def test_a_requested_slot_means_that_it_asks(rasa: RasaPeer, assistant: RasaAssistant) -> None:
    rasa.respond = rasa.answers(WHOLE | {"active_form": "reading_form", "requested_slot": "reading"})
    assert (await assistant.reply("c-1", "报数", "m-1")).asks


async def test_signals_are_read_from_every_reply(rasa: RasaPeer, assistant: RasaAssistant) -> None:
    rasa.respond = rasa.answers(
        replies(
            {"text": "好的", "custom": {"collected": [{"label": "小区", "value": "幸福小区"}]}},
            {"custom": {"handoff": {"reason": "用户要求"}, "account": {"number": "20010001", "state": "matched"}}},
            {"custom": {"emergency": "outdoor_leak", "collected": [{"label": "读数", "value": "1235"}]}},
        )
    )
    answer = await assistant.reply("c-1", "转人工", "m-1")
    assert answer.bubbles == (Bubble("好的"),)
    assert answer.handoff == "用户要求"
    assert answer.emergency is EmergencyKind.OUTDOOR_LEAK
    assert answer.collected == (Collected("小区", "幸福小区"), Collected("读数", "1235"))
    assert (answer.account_number, answer.account_state) == ("20010001", "matched")


@pytest.mark.parametrize(
    ("intent", "kind"),
    [
        ("report_leak", EmergencyKind.INDOOR_LEAK),
        ("report_co_poisoning", EmergencyKind.CARBON_MONOXIDE),
        ("report_fire", EmergencyKind.FIRE),
    ],
)
async def test_an_emergency_intent_counts_from_half_on(
    rasa: RasaPeer, assistant: RasaAssistant, intent: str, kind: EmergencyKind
) -> None:
    rasa.respond = rasa.answers(understood(intent, 0.5))
    assert (await assistant.reply("c-1", "救命", "m-1")).emergency is kind
    rasa.respond = rasa.answers(understood(intent, 0.499))
    assert (await assistant.reply("c-1", "救命", "m-1")).emergency is None


async def test_a_likely_emergency_counts_although_rasa_fell_back(rasa: RasaPeer, assistant: RasaAssistant) -> None:
    ranking = [{"name": "report_leak", "confidence": 0.52}, {"name": "ask_leak_safety", "confidence": 0.46}]
    rasa.respond = rasa.answers(understood("nlu_fallback", 0.7, *ranking))
    assert (await assistant.reply("c-1", "有味道", "m-1")).emergency is EmergencyKind.INDOOR_LEAK


async def test_all_emergency_intents_together_are_its_chance_of_an_emergency(
    rasa: RasaPeer, assistant: RasaAssistant
) -> None:
    ranking = [{"name": "pay_bill", "confidence": 0.8}, {"name": "report_leak", "confidence": 0.06}]
    ranking.append({"name": "report_fire", "confidence": 0.05})
    rasa.respond = rasa.answers(understood("pay_bill", 0.8, *ranking))
    assert (await assistant.reply("c-1", "漏气那次的发票", "m-1")).emergency_chance == pytest.approx(0.11)


async def test_the_confidence_asked_for_is_an_argument(rasa: RasaPeer) -> None:
    rasa.respond = rasa.answers(understood("report_fire", 0.6))
    async with RasaAssistant(rasa.url, emergency_confidence=0.7) as careful:
        assert (await careful.reply("c-1", "着火", "m-1")).emergency is None


async def test_a_signal_names_the_emergency_more_exactly_than_the_intent(
    rasa: RasaPeer, assistant: RasaAssistant
) -> None:
    rasa.respond = rasa.answers(
        understood("report_leak", 0.9) | {"replies": [{"custom": {"emergency": "corridor_leak"}}]}
    )
    assert (await assistant.reply("c-1", "楼道漏气", "m-1")).emergency is EmergencyKind.CORRIDOR_LEAK


@pytest.mark.parametrize("key", ["replies", "intent", "ranking", "requested_slot", "error"])
async def test_a_missing_key_is_no_answer(rasa: RasaPeer, assistant: RasaAssistant, key: str) -> None:
    rasa.respond = rasa.answers({k: v for k, v in WHOLE.items() if k != key})
    with pytest.raises(AssistantDown, match=f"{key}.*Field required"):
        await assistant.reply("c-1", "你好", "m-1")


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"<html>", "Invalid JSON"),
        (b"", "Invalid JSON"),
        (json.dumps(WHOLE).encode()[:40], "Invalid JSON"),
        ([], "makes no sense"),
        (None, "makes no sense"),
        (WHOLE | {"replies": None}, "replies"),
        (replies({"text": 5}), "replies.0.text"),
        (replies({"text": "好", "buttons": [{"title": "是"}]}), "payload"),
        (replies({"text": " \n\n ", "buttons": [{"title": "是", "payload": "/affirm"}]}), "buttons without a text"),
        (replies({"custom": {"emergency": "flood"}}), "emergency"),
        (replies({"custom": {"handoff": {}}}), "handoff.reason"),
        (WHOLE | {"intent": {"name": "greet", "confidence": "high"}}, "intent.confidence"),
        (WHOLE | {"error": "action_x: refused"}, "reports an error: action_x: refused"),
    ],
)
async def test_an_answer_that_makes_no_sense_is_no_answer(
    rasa: RasaPeer, assistant: RasaAssistant, body: object, reason: str
) -> None:
    rasa.respond = rasa.answers(body)
    with pytest.raises(AssistantDown, match=reason):
        await assistant.reply("c-1", "你好", "m-1")


@pytest.mark.parametrize("body", [replies(), replies({"text": "\n\n"})])
async def test_an_answer_of_nothing_is_one(rasa: RasaPeer, assistant: RasaAssistant, body: object) -> None:
    """Asked again it would say as little."""
    rasa.respond = rasa.answers(body)
    with structlog.testing.capture_logs() as logs:
        answer = await assistant.reply("c-1", "你好", "m-1")
    assert (answer.bubbles, answer.handoff) == ((), None)
    assert [entry["action"] for entry in logs] == ["assistant_silent"]


@pytest.mark.parametrize("status", [400, 404, 409, 500, 502, 503])
async def test_another_status_is_no_answer_and_its_text_is_the_reason(
    rasa: RasaPeer, assistant: RasaAssistant, status: int
) -> None:
    rasa.respond = rasa.answers(WHOLE | {"error": "KeyError: 'reading'"}, status)
    with pytest.raises(AssistantDown, match=f"status {status}.*KeyError"):
        await assistant.reply("c-1", "你好", "m-1")


async def test_a_hanging_server_is_given_up_on_time(rasa: RasaPeer, assistant: RasaAssistant) -> None:
    rasa.respond = rasa.hangs
    with pytest.raises(AssistantDown, match=r"no answer within 0\.3 s"):
        await assistant.reply("c-1", "你好", "m-1")


@pytest.mark.parametrize(
    "sends",
    [
        b"",
        b"HTTP/1.1 200 OK\r\ncontent-le",
        HEAD + b"content-length: 400\r\n\r\n" + json.dumps(WHOLE).encode()[:100],
        HEAD + b"transfer-encoding: chunked\r\n\r\n40\r\n{",
        b"SSH-2.0-OpenSSH_9.2\r\n",
    ],
)
async def test_half_an_answer_is_no_answer(sends: bytes) -> None:
    with raw_peer(sends) as url:
        async with RasaAssistant(url, time_limit=5) as assistant:
            with pytest.raises(AssistantDown, match="out of reach"):
                await assistant.reply("c-1", "你好", "m-1")


async def test_nobody_listening_is_out_of_reach() -> None:
    async with RasaAssistant(f"http://127.0.0.1:{unused_port()}") as assistant:
        with pytest.raises(AssistantDown, match="out of reach"):
            await assistant.reply("c-1", "你好", "m-1")
        assert not await assistant.probe()


async def test_ready_follows_the_probe(rasa: RasaPeer, assistant: RasaAssistant) -> None:
    seen = [assistant.ready]
    for rasa.healthy in (True, False):
        assert await assistant.probe() is rasa.healthy
        seen.append(assistant.ready)
    assert seen == [False, True, False]


async def test_a_rasa_without_a_model_is_not_ready(rasa: RasaPeer, assistant: RasaAssistant) -> None:
    await assistant.probe()
    rasa.respond = rasa.answers(WHOLE | {"error": "no model is loaded"}, 503)
    with pytest.raises(AssistantDown):
        await assistant.reply("c-1", "你好", "m-1")
    assert not assistant.ready


async def test_only_a_probe_makes_it_ready_again(assistant: RasaAssistant) -> None:
    """The watch tells everybody about a return; an answer that came first would hide it."""
    await assistant.reply("c-1", "你好", "m-1")
    assert not assistant.ready


async def test_messages_share_a_connection(rasa: RasaPeer, assistant: RasaAssistant) -> None:
    for _ in range(3):
        await assistant.reply("c-1", "你好", "m-1")
    assert len(rasa.connections) == 1
