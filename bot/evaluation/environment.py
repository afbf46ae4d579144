"""What must hold before Rasa and the number libraries are imported for measuring."""

from __future__ import annotations

import logging
import os

import structlog


def settle() -> None:
    """Make Rasa importable and silent, and hold the number libraries to one thread: messages are timed on one core.

    All of them read these variables when first imported, so this comes before.
    """
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ.setdefault(name, "1")
    os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
    os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")
    logging.captureWarnings(True)  # the libraries turn their warnings on again while they are imported
    logging.getLogger("py.warnings").setLevel(logging.ERROR)
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    logging.getLogger("rasa").setLevel(logging.ERROR)
    from bot.rasa_host import prepare

    prepare()
