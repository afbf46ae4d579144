"""Rasa as giftbot runs it: without TensorFlow, with its hot spots mended. See docs/decisions/0001.

Call `prepare` once, before anything of Rasa is imported.
"""

from __future__ import annotations


def prepare() -> None:
    """Make Rasa importable without TensorFlow and mend its hot spots. Safe to call again."""
    from bot.rasa_host import standin

    standin.install()
    from bot.rasa_host import mends

    mends.install()
