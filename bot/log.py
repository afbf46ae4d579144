"""Structured logs: one JSON line a happening, an event name and ids, never a person's words, name or token.

Every module logs with ``structlog.get_logger()`` and an event in snake_case. A processor drops every key that
is not on the list below, so a text cannot slip out through a new log line.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

ALLOWED = frozenset(
    {
        "event", "level", "timestamp", "role", "exc_type", "where",
        "message_id", "shopper_id", "send_id", "partition", "fence", "owner", "tries", "attempts",
        "reason", "state", "status", "outcome", "count", "seconds", "ms", "bytes", "port", "host", "path",
        "model", "snapshot", "products", "interactions", "kind", "event_type", "at", "pid", "version",
    }
)  # fmt: skip
"""Keys a log line may carry. Ids are X's numbers; a deletion request covers the logs through them."""


def _only_allowed(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    for key in [key for key in event if key not in ALLOWED]:
        del event[key]
    return event


def _name_exception(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Keep an exception's type and place; its text may quote what a shopper wrote."""
    raised = event.pop("exc_info", None)
    if raised is True:
        raised = sys.exc_info()[1]
    if isinstance(raised, tuple):
        raised = raised[1]
    if isinstance(raised, BaseException):
        event["exc_type"] = type(raised).__name__
        trace = raised.__traceback__
        while trace is not None and trace.tb_next is not None:
            trace = trace.tb_next
        if trace is not None:
            event["where"] = f"{trace.tb_frame.f_globals.get('__name__', '?')}:{trace.tb_lineno}"
    return event


def configure(role: str, level: str = "info") -> None:
    """Send this process's logs to stderr as JSON lines, bound to ``role``.

    Libraries' own records are cut to warnings, and pass without their text where they could quote a message:
    tweepy's debug records hold the Authorization header, Rasa's hold messages.
    """
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _name_exception,
            _only_allowed,
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(level.upper())),
        logger_factory=structlog.WriteLoggerFactory(file=sys.stderr),
        cache_logger_on_first_use=False,
    )
    structlog.contextvars.bind_contextvars(role=role)
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_LibraryFormatter(role))
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    for name in ("tweepy", "aiohttp", "rasa", "rasa_sdk", "sanic", "asyncio"):
        logging.getLogger(name).setLevel(logging.WARNING)


class _LibraryFormatter(logging.Formatter):
    """A library's record as JSON with its logger and place but not its text."""

    def __init__(self, role: str) -> None:
        super().__init__()
        self._role = role

    def format(self, record: logging.LogRecord) -> str:
        where = f"{record.name}:{record.funcName}:{record.lineno}"
        exc = record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else ""
        return str(
            structlog.processors.JSONRenderer()(
                None,
                "",
                {"event": "library", "level": record.levelname.lower(), "role": self._role, "where": where}
                | ({"exc_type": exc} if exc else {}),
            )
        )
