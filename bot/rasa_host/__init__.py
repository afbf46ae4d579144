"""Rasa as giftbot runs it: without TensorFlow, with its hot spots mended. See docs/decisions/0001.

Call `prepare` once, before anything of Rasa is imported.
"""

from __future__ import annotations

from pathlib import Path


def prepare(model_dir: Path | None = None) -> None:
    """Make Rasa importable without TensorFlow and mend its hot spots. Safe to call again.

    Args:
        model_dir: a process that serves this folder's newest model alone imports of Rasa's libraries what it needs.
    """
    from bot.rasa_host import leaving_out, standin

    standin.install()
    models = model_dir.glob("*.tar.gz") if model_dir else ()
    newest = max(models, key=lambda one: one.stat().st_ctime, default=None)  # as Rasa finds it
    if newest is not None and leaving_out.needs_none_of_it(newest):
        with leaving_out.left_out():
            _mend()
    else:
        _mend()


def _mend() -> None:
    import rasa.core.agent  # noqa: F401 -- all that a worker imports of Rasa, while what stands in stands in

    from bot.rasa_host import mends

    mends.install()
