"""``giftbot eval understanding`` as a person runs it, with a model that Rasa trained."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
NOT_SAID: dict[str, Any] = {
    "recipient": None, "recipient_age": None, "recipient_gender": None, "budget_min": None, "budget_max": None,
    "currency": None, "occasion": None, "interests": [], "exclusions": [],
}  # fmt: skip
MUM = {"recipient": "mom", "recipient_gender": "female", "occasion": "birthday", "interests": ["gardening"]}
ROWS = (
    {"id": "1", "text": "birthday present for my mum, she loves gardening, under £30", "intent": "ask_gift", **NOT_SAID,
     **MUM, "budget_max": 30, "currency": "GBP"},
    {"id": "2", "text": "gift for my dad, $20 to $40", "intent": "ask_gift", **NOT_SAID,
     "recipient": "dad", "recipient_gender": "male", "budget_min": 20, "budget_max": 40, "currency": "USD"},
    {"id": "3", "text": "something cheaper please", "intent": "refine", "wish": "cheaper"},
    {"id": "4", "text": "thanks!", "intent": "other", "wish": "thanks", "today": "2026-12-01", "country": "IE"},
    {"text": "/restart what's the weather tomorrow", "label": "oos_general"},
    {"text": "stop messaging me", "label": "opt_out"},
)  # fmt: skip


def run(rows: tuple[dict[str, Any], ...], folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """The command in a process of its own, as from a terminal, away from the repository."""
    file = folder / "rows.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in rows))
    command = [sys.executable, "-m", "bot", "eval", "understanding", str(file), *options]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=200, check=False)


def test_rows_come_out_as_tables_and_one_object(understanding: Path, tmp_path: Path) -> None:
    """The whole way: rows of both kinds, the trained model, slips, the table of errors, one object as the last line."""
    errors = tmp_path / "errors.csv"
    done = run(ROWS, tmp_path, "--model", str(understanding), "--json", "--typos", "0.1", "--errors", str(errors))
    assert (done.returncode, done.stderr) == (0, "")
    figures = json.loads(done.stdout.splitlines()[-1])
    assert figures["rows"] == 6
    assert figures["intent"]["ask_gift"]["f1"] == 1.0
    for slot in ("recipient", "recipient_gender", "budget_min", "budget_max", "currency", "occasion"):
        assert figures["slots"][slot]["exact"] == 1.0, slot
    assert figures["slots"]["interests"]["overlap_recall"] == 1.0
    assert (figures["out_of_scope"]["rows"], figures["out_of_scope"]["taken_for_request"]) == (2, 0.0)
    assert figures["wish"]["accuracy"] == 1.0
    assert 0 < figures["ms"]["p50"] <= figures["ms"]["p95"]
    assert figures["typos"]["share"] == 0.1
    assert figures["typos"]["mean_slot_f1_loss"] == round(figures["mean_slot_f1"] - figures["typos"]["mean_slot_f1"], 4)
    assert errors.read_text().splitlines()[0] == "id,slot,gold,got,text"
    assert "recipient" in done.stdout


def test_a_day_and_a_country_reach_the_reading(understanding: Path, tmp_path: Path) -> None:
    """Mother's Day is in March in Ireland and in May in the States: a wrong country is a wrong day."""
    text = "something for mum for mother's day"
    asked = {"text": text, "intent": "ask_gift", **NOT_SAID, **MUM, "occasion": "mothers_day", "interests": []}
    rows = (
        {**asked, "today": "2026-02-20", "country": "IE", "occasion_date": "2026-03-15"},
        {**asked, "today": "2026-02-20", "country": "US", "occasion_date": "2026-05-10"},
    )
    done = run(rows, tmp_path, "--model", str(understanding), "--json")
    assert json.loads(done.stdout.splitlines()[-1])["extras"]["occasion_date"]["exact"] == 1.0


def test_a_bad_row_ends_the_command_with_its_place(tmp_path: Path) -> None:
    """A mistake in the file is told before a minute of training, not after."""
    done = run(({**ROWS[0], "budget_max": "thirty"},), tmp_path)
    assert done.returncode == 1
    assert "rows.jsonl: line 1, field budget_max" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_folder_without_a_model_is_told(tmp_path: Path) -> None:
    """Whoever names a model that is not there learns how to get one."""
    done = run(ROWS[:1], tmp_path, "--model", str(tmp_path))
    assert done.returncode == 1
    assert "giftbot rasa train" in done.stderr
