"""One stream, both kinds of loggers, nothing personal in it."""

import io
import json
import logging
import warnings
from collections.abc import Iterator
from typing import Any, Literal

import pytest
import structlog

from bot.logs import configure_logging


@pytest.fixture(autouse=True)
def untouched_logging() -> Iterator[None]:
    """Logging belongs to the process: put back what a test finds."""
    root = logging.getLogger()
    handlers, level, showwarning = root.handlers[:], root.level, warnings.showwarning
    yield
    logging.captureWarnings(False)
    warnings.showwarning = showwarning
    root.handlers, root.level = handlers, level
    structlog.reset_defaults()


def stream_of(style: Literal["json", "console"], level: str = "INFO") -> io.StringIO:
    stream = io.StringIO()
    configure_logging(style, level, stream)
    return stream


def lines(stream: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_an_event_is_one_line_of_json() -> None:
    stream = stream_of("json")
    log = structlog.get_logger("bot.somewhere")
    log.info("reply sent", action="reply_sent", phone="13812341234", conversation="c-1")
    (line,) = lines(stream)
    assert line.pop("timestamp").endswith("Z")
    assert line == {
        "event": "reply sent",
        "action": "reply_sent",
        "phone": "138****1234",
        "conversation": "c-1",
        "logger": "bot.somewhere",
        "level": "info",
    }


def test_standard_loggers_go_the_same_way() -> None:
    stream = stream_of("json")
    logging.getLogger("sqlalchemy.engine").warning("parameters %s", ("13812341234",), extra={"account": "20010001"})
    (line,) = lines(stream)
    assert line["event"] == "parameters ('138****1234',)" or line["event"] == "parameters 138****1234"
    assert (line["account"], line["level"]) == ("****0001", "warning")


def test_uvicorn_keeps_no_handler_of_its_own() -> None:
    logging.getLogger("uvicorn").addHandler(logging.StreamHandler(io.StringIO()))
    logging.getLogger("uvicorn.error").propagate = False
    stream = stream_of("json")
    logging.getLogger("uvicorn.error").error("Exception in ASGI application")
    assert [line["logger"] for line in lines(stream)] == ["uvicorn.error"]


def test_a_line_for_each_request_is_not_logged() -> None:
    stream = stream_of("json")
    logging.getLogger("httpx2").info("HTTP Request: POST https://api.telegram.org/bot123:abc/sendMessage")
    logging.getLogger("uvicorn.access").info("GET /healthz")
    assert stream.getvalue() == ""


@pytest.mark.parametrize("style", ["json", "console"])
def test_tracebacks_are_masked_too(style: Literal["json", "console"]) -> None:
    stream = stream_of(style)
    try:
        raise KeyError("13812341234")
    except KeyError:
        structlog.get_logger().exception("failed")
        logging.getLogger("other").exception("failed")
    assert stream.getvalue().count("KeyError: '138****1234'") == 2
    assert "13812341234" not in stream.getvalue()


def test_people_can_read_the_console() -> None:
    stream = stream_of("console")
    structlog.get_logger("bot").warning("assistant died", action="assistant_died", code=1)
    assert "assistant died" in stream.getvalue()
    assert "assistant_died" in stream.getvalue()
    assert "\x1b" not in stream.getvalue()


def test_below_the_level_nothing_is_written() -> None:
    stream = stream_of("json", "WARNING")
    structlog.get_logger().info("quiet")
    logging.getLogger("other").info("quiet")
    assert stream.getvalue() == ""


def test_chinese_stays_readable_and_positional_arguments_work() -> None:
    stream = stream_of("json")
    structlog.get_logger().info("户号 %s 已报数", "20010001")
    assert "户号 ****0001 已报数" in stream.getvalue()
