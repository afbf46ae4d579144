"""The sample shop as it is shipped: imports clean, opens fast and small, answers the demo's questions."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date, datetime, timezone
from decimal import Decimal
from pathlib import Path

import pytest

from catalog.publishing.prepare import Prepared, prepare
from catalog.shelf.shelf import Shelf
from catalog.suggest import suggest
from catalog.wanted import Wanted

SAMPLE = Path(__file__).parents[2] / "data" / "samples" / "online-retail"
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=timezone.utc)
GARDENER, BAKER, NEWCOMER = (one["shopper_id"] for one in json.loads((SAMPLE / "demo_shoppers.json").read_text()))


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Prepared]:
    """The sample, imported once."""
    into = tmp_path_factory.mktemp("sample") / "catalogue"
    return into, prepare(SAMPLE / "products.csv", SAMPLE / "interactions.parquet", into, as_of=date(2026, 11, 1))


@pytest.fixture(scope="module")
def shelf(published: tuple[Path, Prepared]) -> Shelf:
    """The sample, open."""
    return Shelf.open(published[0])


def test_every_row_of_the_sample_is_sound(published: tuple[Path, Prepared]) -> None:
    """What we ship must pass what we ask of others."""
    assert published[1].rejected == ()
    assert (published[1].products, published[1].unknown_interactions) == (4606, 0)


def test_the_sample_stays_small() -> None:
    """Repository and demo carry it: under 6 MB."""
    assert sum(path.stat().st_size for path in SAMPLE.iterdir() if path.is_file()) < 6_000_000


def test_the_second_start_works_nothing_out_again(published: tuple[Path, Prepared]) -> None:
    """The demo starts again within seconds."""
    again = prepare(SAMPLE / "products.csv", SAMPLE / "interactions.parquet", published[0], as_of=date(2026, 11, 2))
    assert again.skipped
    assert again.snapshot_id == published[1].snapshot_id


def test_the_shelf_opens_light_and_without_pandas(published: tuple[Path, Prepared]) -> None:
    """The action server shares its machine: under 150 MB with the shelf open, no pandas, scipy or pyarrow in it."""
    program = (
        "import sys\n"
        "from pathlib import Path\n"
        "from catalog.shelf.shelf import Shelf; from catalog.suggest import suggest\n"
        "shelf = Shelf.open(Path(sys.argv[1]))\n"
        "heavy = {'pandas', 'scipy', 'sklearn', 'pyarrow', 'yaml'} & set(sys.modules)\n"
        "kb = int(next(l for l in open('/proc/self/status') if l.startswith('VmHWM')).split()[1])\n"
        "print(kb, sorted(heavy))"
    )
    ran = subprocess.run([sys.executable, "-c", program, str(published[0])], capture_output=True, text=True, check=True)
    kilobytes, heavy = ran.stdout.split(maxsplit=1)
    assert heavy.strip() == "[]"
    assert int(kilobytes) < 150_000


def test_gardening_at_twenty_to_thirty_pounds_is_no_dead_end(shelf: Shelf) -> None:
    """Nothing for gardeners is sold at that price: three in range, and the true count outside it."""
    wanted = Wanted(likes=("gardening",), price_min=Decimal(20), price_max=Decimal(30), recipient="mom")
    answer = suggest(shelf, wanted, None, now=NOW)
    assert len(answer.suggestions) == 3
    assert all(20 <= s.product.offer.price <= 30 for s in answer.suggestions)
    outside = next(r for r in answer.relaxations if r.code == "outside_budget")
    assert outside.count == suggest(shelf, Wanted(likes=("gardening",), recipient="mom"), None, now=NOW).matching


@pytest.mark.parametrize(
    ("shopper", "wanted"),
    [
        (GARDENER, Wanted(recipient="mom", likes=("gardening",), price_max=Decimal(30), occasion="birthday")),
        (BAKER, Wanted(recipient="mom", likes=("baking",), price_max=Decimal(30), occasion="birthday")),
        (GARDENER, Wanted(recipient="friend", price_max=Decimal(15))),
        (BAKER, Wanted(recipient="friend", price_max=Decimal(15))),
    ],
)
def test_who_has_a_past_and_who_has_none_get_different_orders_for_the_same_words(
    shelf: Shelf, shopper: str, wanted: Wanted
) -> None:
    """The reasons of the one with a past name what they bought; a stated interest still comes first."""
    mine = suggest(shelf, wanted, shopper, now=NOW).suggestions
    theirs = suggest(shelf, wanted, NEWCOMER, now=NOW).suggestions
    assert [s.product.id for s in mine] != [s.product.id for s in theirs]
    assert any(r.code == "bought_together" for s in mine for r in s.reasons)
    assert not any(r.code == "bought_together" for s in theirs for r in s.reasons)
    if wanted.likes:
        assert all(s.reasons[0].code == "matches" for s in (*mine, *theirs))


def test_the_newcomer_of_the_demo_is_one(shelf: Shelf) -> None:
    """And the other two are known."""
    assert [shelf.knows(who) for who in (GARDENER, BAKER, NEWCOMER)] == [True, True, False]
