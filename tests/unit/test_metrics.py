"""Every observation shows in the text that Prometheus reads."""

from prometheus_client.parser import text_string_to_metric_families

from bot.metrics import Metrics, render


def samples(metrics: Metrics) -> dict[tuple[str, str], float]:
    """Values by name and by the values of the labels, joined with a blank."""
    families = text_string_to_metric_families(render(metrics).decode())
    return {(s.name, " ".join(str(value) for value in s.labels.values())): s.value for f in families for s in f.samples}


def test_counters_count_by_label() -> None:
    metrics = Metrics()
    for speaker in ("bot", "bot", "agent"):
        metrics.reply_posted(speaker)
    metrics.message_received("web")
    metrics.message_sent("telegram")
    metrics.delivery_became("web", "delivered")
    metrics.promise_broken("reply")
    metrics.assistant_failed()
    seen = samples(metrics)
    assert seen["gasdesk_replies_total", "bot"] == 2
    assert seen["gasdesk_replies_total", "agent"] == 1
    assert seen["gasdesk_messages_total", "web in"] == 1
    assert seen["gasdesk_messages_total", "telegram out"] == 1
    assert seen["gasdesk_deliveries_total", "web delivered"] == 1
    assert seen["gasdesk_breaches_total", "reply"] == 1
    assert seen["gasdesk_assistant_failures_total", ""] == 1


def test_gauges_tell_the_present() -> None:
    metrics = Metrics()
    metrics.queue_is(3, 61.5)
    metrics.queue_is(2, 12.0)
    metrics.timers_are_armed(9)
    metrics.assistant_is_up(True)
    seen = samples(metrics)
    assert seen["gasdesk_queue_length", ""] == 2
    assert seen["gasdesk_queue_oldest_seconds", ""] == 12.0
    assert seen["gasdesk_timers_armed", ""] == 9
    assert seen["gasdesk_assistant_up", ""] == 1


def test_clocks_have_a_bucket_at_each_promise() -> None:
    metrics = Metrics()
    metrics.assistant_answered(0.03)
    for seconds in (0.1, 0.11):
        metrics.safety_instruction_sent(seconds)
    for seconds in (0.5, 0.51):
        metrics.timer_fired(seconds)
    metrics.request_served("GET", "/api/queue", 200, 0.004)
    seen = samples(metrics)
    assert seen["gasdesk_assistant_answer_seconds_sum", ""] == 0.03
    assert seen["gasdesk_safety_instruction_seconds_bucket", "0.1"] == 1
    assert seen["gasdesk_timer_lateness_seconds_bucket", "0.5"] == 1
    assert seen["gasdesk_timer_lateness_seconds_count", ""] == 2
    assert seen["gasdesk_http_request_seconds_count", "GET /api/queue 200"] == 1


def test_two_apps_do_not_share_numbers() -> None:
    first, second = Metrics(), Metrics()
    first.message_received("web")
    assert ("gasdesk_messages_total", "web in") not in samples(second)


def test_the_process_itself_is_watched() -> None:
    assert ("process_resident_memory_bytes", "") in samples(Metrics())
