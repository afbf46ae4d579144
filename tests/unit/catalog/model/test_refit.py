"""A fit on the ledger is published whole or not at all, skipped where nothing changed, and keeps nobody forgotten."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from made_up_shop import TODAY, random_rows, titles_of

from catalog.interactions.consent import ShopsConsent
from catalog.interactions.following import Mark
from catalog.interactions.ledger import Ledger
from catalog.interactions.rows import Row
from catalog.model import refit as refitting
from catalog.model.felt import felt
from catalog.model.fitted import MODELS, POINTER, Fitted
from catalog.model.refit import FewerPurchases, refit
from catalog.storage import Storage

PRODUCTS = 12
IDS, TITLES = [f"p{at}" for at in range(PRODUCTS)], titles_of(PRODUCTS)
NOW = datetime(1970, 1, 1, tzinfo=timezone.utc) + timedelta(days=TODAY + 2)


def row_of(shopper: str, product: int, day: int) -> Row:
    at = datetime(1970, 1, 1, 12, tzinfo=timezone.utc) + timedelta(days=day)
    return Row(shopper, f"p{product}", "bought", at, 1.0, "purchase")


@pytest.fixture
def storage(tmp_path: Path) -> Storage:
    return Storage.at(tmp_path)


@pytest.fixture
def ledger(storage: Storage) -> Ledger:
    opened = Ledger.open(storage.below("interactions"), ShopsConsent(frozenset(["purchase"])), clock=lambda: NOW)
    opened.append(row_of(*one) for one in random_rows(8, PRODUCTS, 60))
    return opened


def opened(storage: Storage) -> Fitted:
    return Fitted.open(storage.local_copy(f"{MODELS}/{storage.read_pointer(POINTER)}"))


def test_a_second_fit_on_the_same_is_skipped_and_one_on_more_is_not(storage: Storage, ledger: Ledger) -> None:
    first = refit(storage, ledger, IDS, TITLES, as_of=TODAY)
    again = refit(storage, ledger, IDS, TITLES, as_of=TODAY)
    assert (again.name, again.skipped, again.purchases) == (first.name, True, first.purchases)
    ledger.append([row_of("s001", 3, TODAY)])
    more = refit(storage, ledger, IDS, TITLES, as_of=TODAY)
    assert (more.skipped, more.purchases) == (False, first.purchases + 1)
    assert storage.names(MODELS) == sorted([first.name, more.name])


def test_no_file_of_any_model_holds_somebody_forgotten(storage: Storage, ledger: Ledger, tmp_path: Path) -> None:
    refit(storage, ledger, IDS, TITLES, as_of=TODAY)
    ledger.forget("s003")
    refit(storage, ledger, IDS, TITLES, as_of=TODAY)
    assert len(storage.names(MODELS)) == 1
    assert not [file for file in (tmp_path / MODELS).rglob("*") if file.is_file() and b"s003" in file.read_bytes()]


def test_a_fit_that_dies_leaves_the_old_model(
    storage: Storage, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = refit(storage, ledger, IDS, TITLES, as_of=TODAY)
    ledger.append([row_of("s001", 3, TODAY)])

    def die(*_: object, **__: object) -> str:
        raise OSError("no space left")

    monkeypatch.setattr(refitting.json, "dumps", die)
    with pytest.raises(OSError, match="no space"):
        refit(storage, ledger, IDS, TITLES, as_of=TODAY)
    assert storage.read_pointer(POINTER) == first.name
    assert storage.names(MODELS) == [first.name]


def test_a_ledger_that_lost_much_does_not_replace_the_model_unasked(storage: Storage, ledger: Ledger) -> None:
    first = refit(storage, ledger, IDS, TITLES, as_of=TODAY)
    for shopper in ("s001", "s002", "s003", "s004"):
        ledger.forget(shopper)
    with pytest.raises(FewerPurchases, match="giftbot interactions import FILE"):
        refit(storage, ledger, IDS, TITLES, as_of=TODAY)
    assert storage.read_pointer(POINTER) == first.name
    assert refit(storage, ledger, IDS, TITLES, as_of=TODAY, force=True).purchases < first.purchases


def test_news_of_the_ledger_are_felt_as_a_new_fit_would_have_them(storage: Storage, ledger: Ledger) -> None:
    refit(storage, ledger, IDS, TITLES, as_of=TODAY)
    before = opened(storage)
    ledger.append([row_of("s001", 3, TODAY), row_of("newcomer", 4, TODAY - 1), row_of("s003", 1, TODAY)])
    ledger.forget("s003")
    ledger.append([row_of("s002", 5, TODAY)])
    positions = {one: at for at, one in enumerate(IDS)}
    live = ledger.live_since(Mark(before.number))
    news = felt(before, live, positions, ledger.known_by, partial(ledger.purchases_of, until=live.mark.number))
    refit(storage, ledger, IDS, TITLES, as_of=TODAY)
    after = opened(storage)
    for shopper in ("s001", "s002", "newcomer", "s003"):
        past = after.histories.past_of(shopper)
        assert sorted(news.histories.past_of(shopper).product.tolist()) == sorted(past.product.tolist())
        profile = after.model.profile(past.day, after.model.today)
        difference = news.model.score(past.product, profile) - after.model.score(past.product, profile)
        assert np.abs(difference).max() <= 1e-6
    np.testing.assert_array_equal(news.counted().popularity.buyers, after.popularity.buyers)


def _order(product: int, day: int, pieces: float, order: str, shopper: str = "s001") -> Row:
    return replace(row_of(shopper, product, day), quantity=pieces, group_id=order, message_id=f"{order} {pieces} {day}")


@pytest.mark.parametrize(
    "news",
    [
        pytest.param([replace(_order(0, TODAY, -1.0, "A"), product_id="")], id="whole order cancelled"),
        pytest.param([_order(1, TODAY, -1.0, "A")], id="one piece of an order refunded"),
        pytest.param([_order(1, TODAY, -3.0, "A"), _order(1, TODAY, 1.0, "C")], id="refunded and bought again"),
        pytest.param([_order(1, TODAY - 20, 1.0, "D"), _order(1, TODAY - 20, 2.0, "E")], id="told late"),
        pytest.param([_order(5, TODAY, 2.0, "F"), replace(_order(5, TODAY, -1.0, "F"), product_id="")], id="both new"),
        pytest.param([_order(5, TODAY, 2.0, "F"), _order(5, TODAY - 1, 1.0, "G")], id="out of order"),
    ],
)
def test_what_reaches_back_is_felt_as_a_new_fit_would_have_it(
    storage: Storage, ledger: Ledger, news: list[Row]
) -> None:
    """Whoever sent the mug back must not go on being someone who has it."""
    before = [_order(1, TODAY - 20, 3.0, "A"), _order(2, TODAY - 20, 1.0, "A"), _order(1, TODAY - 2, 1.0, "B")]
    ledger.append(before)
    refit(storage, ledger, IDS, TITLES, as_of=TODAY)
    fitted, positions = opened(storage), {one: at for at, one in enumerate(IDS)}
    ledger.append(news)
    live = ledger.live_since(Mark(fitted.number))
    ledger.append([row_of("s001", 7, TODAY)])  # what came meanwhile is taken up later, once
    told = partial(ledger.purchases_of, until=live.mark.number)
    changed = felt(fitted, live, positions, ledger.known_by, told)
    changed = felt(changed, ledger.live_since(live.mark), positions, ledger.known_by, told)
    refit(storage, ledger, IDS, TITLES, as_of=TODAY)
    mine, anew = changed.histories.past_of("s001"), opened(storage).histories.past_of("s001")
    for column in ("product", "day", "quantity", "times"):
        assert getattr(mine, column).tolist() == getattr(anew, column).tolist(), column
    np.testing.assert_array_equal(changed.counted().popularity.buyers, opened(storage).popularity.buyers)


def test_a_catalogue_that_shrank_is_named_as_what_is_missing(storage: Storage, ledger: Ledger) -> None:
    first = refit(storage, ledger, IDS, TITLES, as_of=TODAY)
    with pytest.raises(FewerPurchases, match="of products the catalogue no longer has"):
        refit(storage, ledger, IDS[:3], TITLES[:3], as_of=TODAY)
    assert storage.read_pointer(POINTER) == first.name
