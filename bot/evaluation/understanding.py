"""What ``giftbot eval understanding`` does, from the file of rows to the printed figures."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, TextIO

from bot import settings
from bot.demo.folder import RunFolder
from bot.demo.prepare import TRAINING, prepare
from bot.demo.progress import Progress
from bot.errors import GiftbotError
from bot.evaluation import baseline, reading
from nlu.evaluation.answers import Answer
from nlu.evaluation.errors import as_table, differences
from nlu.evaluation.measure import errors_gone, measure, slip_figures
from nlu.evaluation.rows import BadRow, Row, read_rows
from nlu.evaluation.slips import with_slips

GIFTBOT = (sys.executable, "-m", "bot")


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be measured, and how.

    ``share`` of words gets a slip in a second round; ``model`` is a model file or folder, None the repository's own,
    trained first where it is not current; ``errors`` is where every difference is written.
    """

    rows: Path
    root: Path
    today: date
    country: str | None = None
    share: float = 0.0
    against_stock: bool = False
    errors: Path | None = None
    model: Path | None = None
    seed: int = 0


def evaluate(order: Order, progress: TextIO) -> dict[str, Any]:
    """Measure and return all figures as plain JSON values; what is under way is told on ``progress``.

    Raises:
        GiftbotError: the file cannot be read or scored, training failed, or the baseline cannot run.
    """
    rows = rows_of(order.rows)
    model = order.model or _trained(order.root, progress)
    answers = _read(order, rows, [row.text for row in rows], model)
    figures = measure(rows, answers, seed=order.seed)
    if order.errors is not None:
        table = as_table(list(differences(rows, answers)), markdown=order.errors.suffix == ".md")
        order.errors.write_text(table, encoding="utf-8")
    if order.share:
        slipped = with_slips([row.text for row in rows], order.share, order.seed)
        again = measure(rows, _read(order, rows, slipped, model), seed=order.seed)
        figures["typos"] = slip_figures(figures, again, share=order.share)
    if order.against_stock:
        Progress(progress).say("stock Rasa is asked the same; training it, where needed, takes ten minutes or more ...")
        theirs = measure(rows, baseline.read_all(rows, order.root), seed=order.seed)
        figures["baseline"] = {"name": baseline.NAME, **theirs, "errors_gone": errors_gone(figures, theirs)}
    return figures


def rows_of(path: Path) -> tuple[Row, ...]:
    """Read the labelled rows of a file.

    Raises:
        GiftbotError: it cannot be read, or a row cannot be scored; says where and what to do.
    """
    try:
        return read_rows(path.read_text(encoding="utf-8-sig").split("\n"))
    except (OSError, UnicodeDecodeError, BadRow) as error:
        raise GiftbotError(f"{path.name}: {error}") from error


def _read(order: Order, rows: Sequence[Row], texts: Sequence[str], model: Path) -> list[Answer]:
    config = order.root / "config.yml"
    return reading.read_all(rows, texts, model=model, config=config, today=order.today, country=order.country)


def _trained(root: Path, progress: TextIO) -> Path:
    """The folder of the repository's models, trained first where files changed since, as ``giftbot demo`` does."""
    home = RunFolder(root / "var" / "eval")
    home.log(TRAINING.name).parent.mkdir(parents=True, exist_ok=True)
    env = {**settings.inherited(), "RASA_TELEMETRY_ENABLED": "false", "PYTHONWARNINGS": "ignore"}
    asyncio.run(prepare(root, TRAINING, home, Progress(progress), GIFTBOT, env))
    return root / TRAINING.made
