"""For every test: Rasa imports without TensorFlow, and says nothing to anybody about being used."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator

import pytest
import structlog

from bot.rasa_host import standin

os.environ["RASA_TELEMETRY_ENABLED"] = "false"
os.environ["GIFTBOT_PRIVACY_KEY"] = "only-for-these-tests-0123456789abcdef"  # every role asks for one
standin.install()
_configure = structlog.configure
_ASKED = {"wrapper_class": structlog.make_filtering_bound_logger(logging.WARNING)}


def _uncached(**chosen: object) -> None:
    """As a role configures its log, but so that a later test may capture what it tells."""
    _configure(**{**chosen, "cache_logger_on_first_use": False})


structlog.configure = _uncached
_uncached(**_ASKED)


@pytest.fixture(autouse=True)
def _log_as_it_was() -> Iterator[None]:
    """A command run in this process sets the level of all logs; the next test's are its own."""
    yield
    structlog.reset_defaults()
    _uncached(**_ASKED)
