"""The log of what was shown and clicked, as JSON lines: giftbot's own interactions, and what another ranking says.

One object a line. A line of kind ``shown`` is one place of one answer: ``group_id`` (the answer), ``product_id``,
``propensity`` (the chance it had of standing there), ``rank``. A line of kind ``clicked``, ``liked``, ``added`` or
``bought`` with the same ``group_id`` and ``product_id`` is what came of it. The way of choosing to be judged adds to
``shown`` lines ``target``, its own chance of that product there; and, where a model foretells rewards, ``expected``
(of the product shown) and ``expected_target`` (the mean over what it would show). Without ``target`` the log is judged
as it was: the estimate then is the rate itself. Other kinds and fields are passed over.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

from catalog.evaluation.columns import PARQUET_MAGIC, read_columns
from catalog.evaluation.off_policy import Floats, Logged
from catalog.interactions.ledger import Ledger
from catalog.interactions.records import KINDS
from catalog.storage import Storage

_WISHED = ("target", "expected", "expected_target")
REWARDED = ("clicked", "liked", "added", "bought")


class LogError(ValueError):
    """A line of the log cannot be used; says which, which field, and what to do."""


def read_log_file(path: Path, rewarded: tuple[str, ...] = REWARDED) -> Logged:
    """Read a file of JSON lines, or a Parquet part of the interactions ledger.

    ``path`` may also be the ledger's folder: all its parts and live rows are read. In a ledger, what was shown without
    a chance (by a website, not by giftbot) is passed over.

    Raises:
        LogError: as :func:`read_log` does; the file is neither.
        OSError: the file cannot be opened.
    """
    if path.is_dir():
        return _logged(_of_folder(path), rewarded)
    with path.open("rb") as file:
        parquet = file.read(len(PARQUET_MAGIC)) == PARQUET_MAGIC
    if parquet:
        return _logged(_of_ledger(path), rewarded)
    try:
        with path.open(encoding="utf-8") as lines:
            return read_log(lines, rewarded)
    except UnicodeDecodeError as error:
        raise LogError(f"{path.name}: neither JSON lines in UTF-8 nor Parquet.") from error


def read_log(lines: Iterable[str], rewarded: tuple[str, ...] = REWARDED) -> Logged:
    """Read a log; a place has reward 1 where any of the ``rewarded`` kinds followed in its answer, else 0.

    Raises:
        LogError: a line is no object, lacks a field or has a chance that is none; or nothing was shown.
    """
    written = ((number, line) for number, line in enumerate(lines, start=1) if line.strip())
    return _logged(((number, _object(line, number)) for number, line in written), rewarded)


def _of_ledger(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    columns = read_columns(path, ("kind", "group_id", "product_id", "propensity"), ("rank", *_WISHED))
    values = {name: column.to_pylist() for name, column in columns.items()}
    for row, kind in enumerate(values["kind"]):
        told = {name: column[row] for name, column in values.items() if column[row] is not None}
        if isinstance(kind, int) and 0 <= kind < len(KINDS):
            told["kind"] = KINDS[kind]
        if told.get("kind") != "shown" or "propensity" in told:
            yield row + 1, told


def _of_folder(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """Read a whole ledger, as giftbot keeps it below the catalogue's folder."""
    ledger = Ledger.open(Storage.at(path))
    for number, row in enumerate(ledger.rows(kinds=("shown", *REWARDED)), start=1):
        told = {"kind": row.kind, "group_id": row.group_id, "product_id": row.product_id, "rank": row.rank}
        if row.kind != "shown":
            yield number, told
        elif row.propensity is not None:
            yield number, {**told, "propensity": row.propensity}


def _logged(rows: Iterable[tuple[int, dict[str, Any]]], rewarded: tuple[str, ...]) -> Logged:
    places: dict[tuple[str, Any, str], dict[str, Any]] = {}  # a line written twice is one place
    came: set[tuple[str, str]] = set()
    for number, told in rows:
        kind = told.get("kind")
        if kind == "shown":
            place = _place(told, number)
            places.setdefault((str(place["group_id"]), place.get("rank"), str(place["product_id"])), place)
        elif kind in rewarded and told.get("group_id") and told.get("product_id"):
            came.add((str(told["group_id"]), str(told["product_id"])))
    shown = list(places.values())
    if not shown:
        raise LogError("no line of kind shown: there is nothing to estimate from")
    answers = {answer: at for at, answer in enumerate(sorted({str(one["group_id"]) for one in shown}))}
    return Logged(
        answer=np.array([answers[str(one["group_id"])] for one in shown], dtype=np.int64),
        propensity=_column(shown, "propensity"),
        target=np.array([one.get("target", one["propensity"]) for one in shown], dtype=np.float64),
        rank=np.array([int(one.get("rank") or 0) for one in shown], dtype=np.int64),
        reward=np.array([float((str(one["group_id"]), str(one["product_id"])) in came) for one in shown]),
        expected=_column(shown, "expected") if _all_have(shown, "expected", "expected_target") else None,
        expected_target=_column(shown, "expected_target") if _all_have(shown, "expected", "expected_target") else None,
    )


def _object(line: str, number: int) -> dict[str, Any]:
    try:
        told = json.loads(line)
    except ValueError as error:
        raise LogError(f"line {number}: no JSON ({error}). Write one object a line.") from error
    if not isinstance(told, dict):
        raise LogError(f"line {number}: no JSON object. Write one object a line.")
    return told


def _place(told: dict[str, Any], number: int) -> dict[str, Any]:
    for field in ("group_id", "product_id", "propensity"):
        if told.get(field) in (None, ""):
            raise LogError(
                f"line {number}: field {field} is missing. A shown place needs its answer, product and chance."
            )
    for field in ("propensity", *_WISHED):
        value = told.get(field, 1.0)
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
            raise LogError(f"line {number}: field {field} is {value!r}. Write a number.")
    if not 0 < told["propensity"] <= 1:
        raise LogError(f"line {number}: field propensity is {told['propensity']}. It must be above 0 and at most 1.")
    if not 0 <= told.get("target", 1.0) <= 1:
        raise LogError(f"line {number}: field target is {told['target']}. It must be from 0 to 1.")
    return told


def _column(shown: list[dict[str, Any]], field: str) -> Floats:
    return np.array([one[field] for one in shown], dtype=np.float64)


def _all_have(shown: list[dict[str, Any]], *fields: str) -> bool:
    return all(field in one for one in shown for field in fields)
