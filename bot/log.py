"""Structured logs: one JSON line a happening, an event name and ids, never a person's words, name or token.

Every module logs with ``structlog.get_logger()`` and an event in snake_case. A processor drops every key that
is not on the list below, so a text cannot slip out through a new log line.
"""

from __future__ import annotations

import logging
import re
import sys
import threading
from collections.abc import Callable, MutableMapping
from typing import Any

import structlog

from bot.pseudonyms import Pseudonym, log_name

ALLOWED = frozenset(
    {
        "event", "level", "timestamp", "role", "exc_type", "where",
        "message_id", "shopper", "send_id", "partition", "fence", "owner", "tries", "attempts",
        "reason", "state", "status", "outcome", "count", "seconds", "ms", "bytes", "port", "host", "path",
        "model", "snapshot", "products", "interactions", "kind", "event_type", "at", "pid", "version",
        "line", "entry", "rule", "field",
    }
)  # fmt: skip
"""Keys a log line may carry. Ids of messages are X's numbers; a shopper stands under a keyed name (bot.pseudonyms)."""

_EVENT = re.compile(r"[a-z0-9_.]{1,64}")
_CODE = re.compile(r"(?!.*(?:[0-9]{15}|gbd_))[\w.:/+\[\]{}-]{0,128}", re.ASCII)
"""What a value may look like: a name, a code, an address; never a sentence, an e-mail, X's id of anything, a token."""
_MESSAGE_ID = re.compile(r"(?!.*gbd_)[\w.:-]{1,128}", re.ASCII)
_SEND_ID = re.compile(r"[A-Za-z0-9_.:-]{1,64}")
_FITS = {"message_id": _MESSAGE_ID, "send_id": _SEND_ID}
_MOST = 10**14
"""Numbers as long as X's ids are none of ours."""
_WITHHELD = "withheld"


def _only_allowed(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    for key in [key for key in event if key not in ALLOWED]:
        del event[key]
    return event


def _only_codes(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Let no sentence through, whatever key it comes under; a library's event is a name or nothing."""
    for key, value in event.items():
        if key == "event":
            event[key] = value if isinstance(value, str) and _EVENT.fullmatch(value) else "library"
        elif isinstance(value, str):
            fits = _FITS.get(key, _CODE)
            slips = key == "path" and "/" not in value  # a word in a path's place
            event[key] = value if fits.fullmatch(value) and not slips else _WITHHELD
        elif not isinstance(value, (int, float, bool, type(None))) or (value is not None and abs(value) >= _MOST):
            event[key] = _WITHHELD
    return event


def _shopper_named(name: Pseudonym | None) -> Callable[[Any, str, MutableMapping[str, Any]], MutableMapping[str, Any]]:
    """Replace a shopper's id by their keyed name; without a key there is none, and the id is left out."""

    def process(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
        event.pop("shopper", None)  # else an id could be written there as it is
        shopper_id = event.pop("shopper_id", None)
        if shopper_id is not None and name is not None:
            event["shopper"] = name(str(shopper_id))
        return event

    return process


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


def configure(role: str, level: str = "info", privacy_key: str | None = None) -> None:
    """Send this process's logs to stderr as JSON lines, bound to ``role``.

    Libraries' own records are cut to warnings, and pass without their text, as they could quote a message: tweepy's
    debug records hold the Authorization header, Rasa's hold messages. So do warnings and what dies unseen in a thread.

    Args:
        role: who logs.
        level: debug, info, warning or error.
        privacy_key: what makes shoppers' names; without it no line says whom it is about.
    """
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _name_exception,
            _shopper_named(log_name(privacy_key) if privacy_key else None),
            _only_allowed,
            _only_codes,
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(level.upper())),
        logger_factory=structlog.WriteLoggerFactory(file=sys.stderr),
        cache_logger_on_first_use=True,  # Rasa asks for a dozen debug lines a turn; else each binds anew
    )
    structlog.contextvars.bind_contextvars(role=role)
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_LibraryFormatter(role))
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    for name in ("tweepy", "aiohttp", "rasa", "rasa_sdk", "sanic", "asyncio"):
        logging.getLogger(name).setLevel(logging.WARNING)
    logging.captureWarnings(True)
    sys.excepthook = lambda kind, error, trace: _died(error)
    threading.excepthook = lambda died: _died(died.exc_value)
    sys.unraisablehook = lambda unraisable: _died(unraisable.exc_value)


def _died(error: BaseException | None) -> None:
    """Tell of what nobody caught by kind and place; Python itself would print its text."""
    structlog.get_logger().error("uncaught", exc_info=error)


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
