"""Rasa's own command line (train, shell, data validate, test …) with the stand-in and the mends in place."""

from __future__ import annotations

import logging
import os
import sys
import warnings
from collections.abc import Sequence

import structlog


def run(arguments: Sequence[str]) -> None:
    """Run ``rasa ARGUMENTS`` in this process; ends it as Rasa does."""
    _settle()
    if not sys.stderr.isatty():
        os.environ.setdefault("TQDM_DISABLE", "1")  # progress bars fill a log with thousands of lines
    warnings.simplefilter("ignore")
    from bot.rasa_host import prepare

    prepare()
    from rasa.__main__ import main

    sys.argv = ["rasa", *arguments]
    main()


def prepare_for_measuring() -> None:
    """Make Rasa importable and silent in this process, and hold the number libraries to one thread.

    They read their variables when first imported, so this comes before: messages are timed on one core.
    """
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ.setdefault(name, "1")
    _settle()
    logging.captureWarnings(True)  # the libraries turn their warnings on again while they are imported
    logging.getLogger("py.warnings").setLevel(logging.ERROR)
    logging.getLogger("rasa").setLevel(logging.ERROR)
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    from bot.rasa_host import prepare

    prepare()


def _settle() -> None:
    """Rasa and SQLAlchemy look here at import; neither takes it another way."""
    os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
    os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")
