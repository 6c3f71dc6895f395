"""What the operator watches: counters and clocks of the service, in Prometheus' format."""

from functools import partial

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.platform_collector import PlatformCollector
from prometheus_client.process_collector import ProcessCollector

from bot.domain.conversations import Speaker
from bot.domain.events import MessagePosted, PromiseBroken

#: Media type of what `render` returns.
CONTENT_TYPE = CONTENT_TYPE_LATEST

_ANSWER_SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20)
#: The promise is 100 ms.
_SAFETY_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1)
_LATENESS_SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 60, 600)
_REQUEST_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5)


class Metrics:
    """One per app, on a registry of its own. All times are seconds."""

    def __init__(self) -> None:
        self.registry = registry = CollectorRegistry()
        ProcessCollector(registry=registry)
        PlatformCollector(registry=registry)
        count, show = partial(Counter, registry=registry), partial(Gauge, registry=registry)
        time = partial(Histogram, registry=registry)

        self._replies = count("gasdesk_replies", "Messages to customers", ["speaker"])
        self._messages = count("gasdesk_messages", "Messages by way and direction", ["channel", "direction"])
        self._deliveries = count("gasdesk_deliveries", "What became of messages to customers", ["channel", "outcome"])
        self._breaches = count("gasdesk_breaches", "Broken promises of the service clock", ["promise"])
        self._assistant_failures = count("gasdesk_assistant_failures", "Messages the assistant gave no answer to")

        self._assistant_up = show("gasdesk_assistant_up", "1 when the assistant can answer")
        self._queue_length = show("gasdesk_queue_length", "Conversations waiting for a person")
        self._queue_age = show("gasdesk_queue_oldest_seconds", "How long the longest-waiting one has waited")
        self._timers_armed = show("gasdesk_timers_armed", "Timers stored and not yet fired")

        self._answer = time("gasdesk_assistant_answer_seconds", "To the assistant's answer", buckets=_ANSWER_SECONDS)
        self._safety = time(
            "gasdesk_safety_instruction_seconds",
            "From a customer's message to the stored safety instruction",
            buckets=_SAFETY_SECONDS,
        )
        self._timer_lateness = time(
            "gasdesk_timer_lateness_seconds", "From a timer's due time to its firing", buckets=_LATENESS_SECONDS
        )
        self._requests = time(
            "gasdesk_http_request_seconds", "HTTP requests", ["method", "route", "status"], buckets=_REQUEST_SECONDS
        )

    def count_message(self, event: MessagePosted) -> None:
        """A reaction: a message was stored."""
        speaker, channel = event.message.speaker, event.conversation.channel
        if speaker is Speaker.CUSTOMER:
            self.message_received(channel)
        else:
            self.reply_posted(speaker.value)
            self.message_sent(channel)

    def count_breach(self, event: PromiseBroken) -> None:
        self.promise_broken("reply" if event.staff_id else "queue")

    def reply_posted(self, speaker: str) -> None:
        """A message to a customer was stored; `speaker` as in domain.conversations.Speaker."""
        self._replies.labels(speaker).inc()

    def assistant_answered(self, seconds: float) -> None:
        self._answer.observe(seconds)

    def assistant_failed(self) -> None:
        self._assistant_failures.inc()

    def assistant_is_up(self, up: bool) -> None:
        self._assistant_up.set(up)

    def safety_instruction_sent(self, seconds: float) -> None:
        self._safety.observe(seconds)

    def queue_is(self, length: int, oldest_seconds: float) -> None:
        self._queue_length.set(length)
        self._queue_age.set(oldest_seconds)

    def timers_are_armed(self, count: int) -> None:
        self._timers_armed.set(count)

    def timer_fired(self, lateness_seconds: float) -> None:
        self._timer_lateness.observe(lateness_seconds)

    def promise_broken(self, promise: str) -> None:
        self._breaches.labels(promise).inc()

    def message_received(self, channel: str) -> None:
        self._messages.labels(channel, "in").inc()

    def message_sent(self, channel: str) -> None:
        self._messages.labels(channel, "out").inc()

    def delivery_became(self, channel: str, outcome: str) -> None:
        """`outcome` as in domain.conversations.Delivery."""
        self._deliveries.labels(channel, outcome).inc()

    def request_served(self, method: str, route: str, status: int, seconds: float) -> None:
        """`route` is the path's pattern ("/api/conversations/{id}"), never a path with ids in it."""
        self._requests.labels(method, route, str(status)).observe(seconds)


def render(metrics: Metrics) -> bytes:
    """The text for `/metrics`; its media type is CONTENT_TYPE."""
    return generate_latest(metrics.registry)
