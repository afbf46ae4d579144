"""For every test: Rasa imports without TensorFlow, and says nothing to anybody about being used."""

from __future__ import annotations

import logging
import os

import structlog

from bot.rasa_host import standin

os.environ["RASA_TELEMETRY_ENABLED"] = "false"
os.environ["GIFTBOT_PRIVACY_KEY"] = "only-for-these-tests-0123456789abcdef"  # every role asks for one
standin.install()
_configure = structlog.configure


def _uncached(**chosen: object) -> None:
    """As a role configures its log, but so that a later test may capture what it tells."""
    _configure(**{**chosen, "cache_logger_on_first_use": False})


structlog.configure = _uncached
structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
