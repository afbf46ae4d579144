"""A shopper is taken out of the published model's files without a new fit, and leaves no trace in them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from made_up_shop import RECIPE, TODAY, furthest_count, purchases, random_rows, titles_of

from catalog.model.erasing import erase
from catalog.model.fitted import MODELS, POINTER, Fitted, OtherForm
from catalog.model.refit import publish
from catalog.storage import Storage

PRODUCTS = 12
IDS, TITLES = [f"p{at}" for at in range(PRODUCTS)], titles_of(PRODUCTS)
ROWS = random_rows(8, PRODUCTS, 60)


def fitted_on(rows: list[tuple[str, int, int]]) -> Fitted:
    return Fitted.fit(purchases(rows), IDS, TITLES, today=TODAY, recipe=RECIPE)


@pytest.fixture
def storage(tmp_path: Path) -> Storage:
    storage = Storage.at(tmp_path)
    publish(storage, "first", fitted_on(ROWS), report={"purchases": len(ROWS)}, forgotten=False)
    return storage


@pytest.mark.parametrize("gone", [["s000"], ["s003", "nobody"], ["s007", "s001"]])
def test_what_is_published_then_never_saw_the_shoppers(storage: Storage, gone: list[str], tmp_path: Path) -> None:
    assert erase(storage, gone) == len([one for one in gone if one != "nobody"])
    (name,) = storage.names(MODELS)
    assert storage.read_pointer(POINTER) == name != "first"
    contents = [file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()]
    assert not [one for one in gone if any(one.encode() in content for content in contents)]
    left, never = Fitted.open(storage.local_copy(f"{MODELS}/{name}")), fitted_on([r for r in ROWS if r[0] not in gone])
    assert left.histories.names.tolist() == never.histories.names.tolist()
    for each in never.histories.names.tolist():
        past, same = left.histories.past_of(each.decode()), never.histories.past_of(each.decode())
        assert past.product.tolist() == same.product.tolist()
        scores = [one.model.score(past.product, one.model.profile(past.day, TODAY)) for one in (left, never)]
        assert np.abs(scores[0] - scores[1]).max() <= 1e-6
        bought = [one.purchases.of_shopper(one.histories, each.decode()) for one in (left, never)]
        np.testing.assert_array_equal(bought[0], bought[1])
    assert furthest_count(left.popularity, never.popularity) == 0


def test_a_model_that_never_knew_the_shopper_stays(storage: Storage) -> None:
    assert erase(storage, ["nobody"]) == 0
    assert storage.read_pointer(POINTER) == "first"


def test_where_no_model_was_published_there_is_nothing_to_erase(tmp_path: Path) -> None:
    assert erase(Storage.at(tmp_path), ["s003"]) == 0


def files_that_hold(folder: Path, shopper: str) -> list[Path]:
    return [file for file in folder.rglob("*") if file.is_file() and shopper.encode() in file.read_bytes()]


def test_the_model_before_does_not_keep_who_the_published_one_never_knew(storage: Storage, tmp_path: Path) -> None:
    """Two fits since the shopper's rows went: the kept one before still has them."""
    without = fitted_on([row for row in ROWS if row[0] != "s003"])
    publish(storage, "second", without, report={"purchases": 1}, forgotten=False)
    assert files_that_hold(tmp_path, "s003")
    assert erase(storage, ["s003"]) == 0
    assert not files_that_hold(tmp_path, "s003")
    assert (storage.read_pointer(POINTER), storage.names(MODELS)) == ("second", ["second"])


def test_what_killed_fits_left_goes_with_every_forgetting(storage: Storage, tmp_path: Path) -> None:
    for left in (".building-second", ".building-gone-zeroth"):
        (tmp_path / MODELS / left).mkdir()
        (tmp_path / MODELS / left / "histories-names.npy").write_bytes(b"s005")
    assert erase(storage, ["nobody"]) == 0
    assert [folder.name for folder in (tmp_path / MODELS).iterdir()] == ["first"]


@pytest.mark.parametrize("damage", ["form.txt", "diagonal.npy", "histories-times.npy", "fitted.json"])
def test_a_model_nobody_can_read_is_removed_rather_than_kept(storage: Storage, tmp_path: Path, damage: str) -> None:
    (tmp_path / MODELS / "first" / damage).unlink()
    with pytest.raises((OtherForm, FileNotFoundError)):
        Fitted.open(storage.local_copy(f"{MODELS}/first"))
    assert erase(storage, ["s003"]) == 0
    assert (storage.read_pointer(POINTER), storage.names(MODELS)) == (None, [])
