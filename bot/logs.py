"""Logs: one stream of events, for machines (JSON) or for people, without personal data.

Everything goes through one handler: structlog's own events and what uvicorn, SQLAlchemy and others log the
standard way. Masking is the last step before writing, so nothing gets around it.
"""

import logging
import sys
from typing import Any, Literal, TextIO

import structlog
from structlog.types import EventDict, Processor, WrappedLogger

from bot.masking import mask

#: Talkative at INFO: one line for each request, partly with keys in the address.
_QUIET = ("engineio", "httpcore", "httpcore2", "httpx", "httpx2", "rasa_sdk", "socketio", "telegram", "uvicorn.access")
#: Come with handlers of their own.
_OWN_HANDLERS = ("uvicorn", "uvicorn.access", "uvicorn.error")


def configure_logging(
    style: Literal["json", "console"] = "json", level: str = "INFO", stream: TextIO | None = None
) -> None:
    """Set up logging for the process; `stream` is standard error unless told. uvicorn needs `log_config=None`."""
    before: list[Processor] = [
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.StackInfoRenderer(),
    ]
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *before,
            structlog.stdlib.PositionalArgumentsFormatter(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    out = stream or sys.stderr
    handler = logging.StreamHandler(out)
    handler.setFormatter(_formatter(_renderer(style, colours=out.isatty()), before))
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)
    _route_others()


def _renderer(style: Literal["json", "console"], *, colours: bool) -> Processor:
    if style == "json":
        return structlog.processors.JSONRenderer(ensure_ascii=False)
    # Its own way of showing exceptions would run after the masking.
    return structlog.dev.ConsoleRenderer(colors=colours, exception_formatter=structlog.dev.plain_traceback)


def _formatter(renderer: Processor, before: list[Processor]) -> logging.Formatter:
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[*before, structlog.stdlib.ExtraAdder()],
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.format_exc_info,
            _mask_event,
            renderer,
        ],
    )


def _mask_event(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    masked: dict[str, Any] = mask(event)
    return masked


def _route_others() -> None:
    for name in _OWN_HANDLERS:
        logger = logging.getLogger(name)
        logger.handlers.clear()
        logger.propagate = True
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    logging.captureWarnings(True)
