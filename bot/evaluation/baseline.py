"""Stock Rasa beside giftbot: trained on the same examples in an environment of its own, and asked the same texts."""

from __future__ import annotations

import hashlib
import json
import subprocess
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from bot import rasa_host, settings
from bot.errors import GiftbotError
from bot.rasa_host.understanding import training_examples
from nlu.evaluation.answers import Answer, intent_of
from nlu.evaluation.entities import slots_from
from nlu.evaluation.rows import OTHER, Row
from nlu.evaluation.silver import marks
from nlu.reading import Reading
from nlu.words.lexicon import Lexicon

NAME = "stock-rasa"
STOCK = Path(rasa_host.__file__).parent / "stock"
PATIENCE_S = 3 * 3_600
"""Seconds that training and parsing may take together."""
_QUIET = {"RASA_TELEMETRY_ENABLED": "false", "TF_CPP_MIN_LOG_LEVEL": "3", "SQLALCHEMY_SILENCE_UBER_WARNING": "1"}
_MARKED_ON = date(2026, 1, 1)
"""Marks do not depend on the day; a fixed one keeps the fingerprint."""


class NoBaseline(GiftbotError):
    """The baseline cannot be measured; the text says what to do."""


def read_all(rows: Sequence[Row], root: Path) -> list[Answer]:
    """Have stock Rasa read the rows; it is trained first where its training data changed (minutes).

    Args:
        rows: the labelled messages.
        root: the repository: data/nlu and data/lookups to learn from, .stock-rasa to work in.

    Raises:
        NoBaseline: its environment is missing, or it failed; says what to run.
    """
    python = root / f".{NAME}" / "bin" / "python"
    if not python.exists():
        raise NoBaseline(f"Stock Rasa is not installed here: run `make {NAME}` (2 GB) and this command again.")
    lexicon = Lexicon.load(root / "data" / "lookups")
    work = _work_folder(root, training_data(training_examples(root / "data" / "nlu"), lexicon))
    lines = _run(python, work, [row.text for row in rows])
    return [answer_from(row.text, line, lexicon) for row, line in zip(rows, lines, strict=True)]


def training_data(examples: Sequence[tuple[str, str]], lexicon: Lexicon) -> str:
    """Our own examples as the script beside reads them, with the entities our grammars find in requests.

    Elsewhere nothing is marked, as nobody would mark "cats" in "do you like cats".
    """
    lines = (
        {
            "text": text,
            "intent": intent,
            "entities": marks(text, lexicon, today=_MARKED_ON) if intent_of([intent], Reading()) != OTHER else [],
        }
        for text, intent in examples
    )
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)


def answer_from(text: str, said: dict[str, Any], lexicon: Lexicon) -> Answer:
    """What one line of the script's output comes to, by the same rules as for giftbot."""
    intents = [str(name) for name in said["intents"]]
    slots = slots_from(text, said["entities"], lexicon)
    facts = Reading(recipient=slots["recipient"], occasion=slots["occasion"], interests=tuple(slots["interests"]))
    return Answer(
        intent=intent_of(intents, facts),
        wish=intents[0] if intents else "",
        slots=slots,
        ms=float(said["ms"]),
        cpu_ms=float(said["cpu_ms"]),
    )


def _work_folder(root: Path, examples: str) -> Path:
    """A folder that belongs to this training data, pipeline, script and environment; holds the model once trained."""
    digest = hashlib.sha256(examples.encode())
    for path in (STOCK / "config.yml", STOCK / "train_and_parse.py", root / "requirements" / f"{NAME}.txt"):
        digest.update(path.read_bytes())
    work = root / f".{NAME}" / "models" / digest.hexdigest()[:16]
    work.mkdir(parents=True, exist_ok=True)
    (work / "examples.jsonl").write_text(examples, encoding="utf-8")
    return work


def _run(python: Path, work: Path, texts: Sequence[str]) -> list[dict[str, Any]]:
    """Run the script on all texts; its complaints go to a log in the work folder."""
    log = work / "log.txt"
    asked = "".join(json.dumps({"text": text}) + "\n" for text in texts)
    kept = {name: value for name, value in settings.inherited().items() if not name.startswith("PYTHON")}
    command = [str(python), str(STOCK / "train_and_parse.py"), str(work), str(STOCK / "config.yml")]
    with log.open("w", encoding="utf-8") as complaints:
        try:
            done = subprocess.run(  # noqa: S603 -- our own script, our own interpreter
                command,
                input=asked,
                stdout=subprocess.PIPE,
                stderr=complaints,
                env={**kept, **_QUIET},
                cwd=work,
                encoding="utf-8",
                timeout=PATIENCE_S,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise NoBaseline(f"Stock Rasa took longer than {PATIENCE_S // 60} minutes; its log: {log}") from None
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    if done.returncode or len(lines) != len(texts):
        raise NoBaseline(f"Stock Rasa ended with {done.returncode} after {len(lines)} answers; its log: {log}")
    return lines
