"""Rasa's own command line (train, shell, data validate, test …) with the stand-in and the mends in place."""

from __future__ import annotations

import os
import sys
import warnings
from collections.abc import Sequence


def run(arguments: Sequence[str]) -> None:
    """Run ``rasa ARGUMENTS`` in this process; ends it as Rasa does."""
    # Rasa, SQLAlchemy and matplotlib look here at import; none of them takes it another way.
    os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
    os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")
    if not sys.stderr.isatty():
        os.environ.setdefault("TQDM_DISABLE", "1")  # progress bars fill a log with thousands of lines
    warnings.simplefilter("ignore")
    from bot.rasa_host import prepare

    prepare()
    from rasa.__main__ import main

    sys.argv = ["rasa", *arguments]
    main()
