"""What steers do to an answer, and what they can never do."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timezone
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from small_shop import NOW

from catalog.product import Offer, Product, ProductId
from catalog.shelf.records import product_of, record_of
from catalog.shelf.shelf import Shelf
from catalog.steering.effects import Effects
from catalog.steering.reach import ShelfLike
from catalog.steering.steers import Steers
from catalog.wanted import Wanted
from catalog.words.terms import GiftTerms
from catalog.words.text_index import TextIndex

LONDON = ZoneInfo("Europe/London")
SHOP = (
    ("tin", "Cake tin vintage", "Acme", "Home > Kitchen > Tins"),
    ("tin-red", "Red cake tin", "ACME", "Home > Kitchen > Tins"),
    ("stand", "Cake stand", "Émile & Söhne", "Home > Kitchen"),
    ("lamp", "Desk lamp", "Acme Lights", "Home > Lighting"),
    ("mug", "Mug for the kitchen tin", "", "Kitchen"),
)


class Kitchen:
    """What steering needs of a shelf, of five products in the order given."""

    main_currency = "GBP"

    def __init__(self, snapshot_id: str, rows: Sequence[tuple[str, str, str, str]]) -> None:
        self.snapshot_id, self.size = snapshot_id, len(rows)
        self.records = [record_of(_product(*row))[0] for row in rows]
        self.positions = {ProductId(row[0]): at for at, row in enumerate(rows)}
        self.text = TextIndex.build((title, kind) for _, title, _, kind in rows)
        self.terms = GiftTerms.load(Path(__file__).parents[4] / "data/lookups/gift_terms.yml")

    def at(self, position: int) -> Product:
        return product_of(self.records[position])


def _product(name: str, title: str, brand: str, kind: str) -> Product:
    attributes = {key: value for key, value in (("brand", brand), ("product_type", kind)) if value}
    offer = Offer(Decimal(5), "GBP", True, date(2026, 11, 1))
    return Product(ProductId(name), title, "https://shop.example/1", None, attributes, offer)


@pytest.fixture(scope="module")
def kitchen() -> Kitchen:
    """Five products with brands and types."""
    return Kitchen("one", SHOP)


def _steer(number: int, what: str, do: str = "boost", **more: str) -> str:
    fields = {"from": "2026-11-01", "until": "2026-11-30", **more}
    rest = "".join(f"  {name.rstrip('_')}: {value}\n" for name, value in fields.items())
    return f"- id: s{number}\n  do: {do}\n  {what}\n  author: Anna\n  reason: stock\n{rest}"


def _effects(shelf: ShelfLike, *written: str, wanted: Wanted | None = None, now: datetime = NOW) -> Effects:
    return Steers.parse("".join(written), LONDON).effects(shelf, wanted or Wanted(), now)


def _hidden(shelf: ShelfLike, what: str) -> set[str]:
    effects = _effects(shelf, _steer(1, what, "hide"))
    return {name for name, at in _positions(shelf).items() if effects.hidden[at]}


def _positions(shelf: ShelfLike) -> dict[str, int]:
    return {name: shelf.positions[ProductId(name)] for name in ("tin", "tin-red", "stand", "lamp", "mug")}


@pytest.mark.parametrize(
    ("what", "reached"),
    [
        ("products: [tin, gone]", {"tin"}),
        ("where: {brand: acme}", {"tin", "tin-red"}),
        ("where: {brand: émile  & söhne}", {"stand"}),
        ("where: {product_type: home > kitchen}", {"tin", "tin-red", "stand"}),
        ("where: {product_type: Kitchen}", {"mug"}),
        ("where: {title: cake tins}", {"tin", "tin-red"}),
        ("where: {title: kitchen}", {"mug"}),
        ("where: {title: cake tin, product_type: Home > Kitchen > Tins, brand: Acme}", {"tin", "tin-red"}),
        ("where: {title: stand, brand: Acme}", set()),
        ("where: {colour: red}", set()),
    ],
)
def test_a_steer_reaches_exactly_what_it_names(kitchen: Kitchen, what: str, reached: set[str]) -> None:
    """By id, brand, type with all below it, or words of the title; a word elsewhere is not of the title."""
    assert _hidden(kitchen, what) == reached


def test_boosts_and_buries_add_up_and_stay_within_one(kitchen: Kitchen) -> None:
    """However many merchandisers push, none passes the weight ranking gives to steering."""
    effects = _effects(
        kitchen,
        _steer(1, "where: {brand: Acme}", strength="0.8"),
        _steer(2, "products: [tin]", strength="0.9"),
        _steer(3, "products: [lamp]", "bury", strength="0.25"),
    )
    at = _positions(kitchen)

    assert effects.bonus[[at["tin"], at["tin-red"], at["lamp"], at["mug"]]].tolist() == [1.0, 0.8, -0.25, 0.0]


def test_pins_keep_their_order_and_what_is_hidden_is_never_pinned(kitchen: Kitchen) -> None:
    """Hide wins: it is what someone does in a hurry."""
    at = _positions(kitchen)
    pin = _steer(1, "products: [stand, tin, mug, stand]", "pin", for_="{recipient: mum}")
    effects = _effects(kitchen, pin, _steer(2, "products: [tin]", "hide"), wanted=Wanted(recipient="mother"))

    assert effects.pinned == (at["stand"], at["mug"])


@pytest.mark.parametrize(
    ("brief", "wanted", "meant"),
    [
        ("{recipient: mum}", Wanted(recipient="mother"), True),
        ("{recipient: mum}", Wanted(recipient="dad"), False),
        ("{recipient: mum}", Wanted(), False),
        ("{recipient: landlady}", Wanted(recipient="Landladies"), True),
        ("{occasion: Christmas}", Wanted(occasion="christmas", recipient="dad"), True),
        ("{occasion: Christmas, recipient: mum}", Wanted(occasion="christmas", recipient="dad"), False),
        ("{likes: [baking, kites]}", Wanted(likes=("kite", "tea")), True),
        ("{likes: [baking, kites]}", Wanted(likes=("tea",)), False),
        ("{budget_from: 20, budget_to: 30}", Wanted(price_max=Decimal(30), currency="GBP"), True),
        ("{budget_from: 20, budget_to: 30}", Wanted(price_max=Decimal("30.01")), False),
        ("{budget_to: 30}", Wanted(price_max=Decimal(20), currency="EUR"), False),
        ("{budget_to: 30}", Wanted(), False),
    ],
)
def test_a_steer_for_a_brief_holds_for_such_briefs_only(
    kitchen: Kitchen, brief: str, wanted: Wanted, meant: bool
) -> None:
    """Words are read as shoppers' are; a budget in another currency is no budget in ours."""
    effects = _effects(kitchen, _steer(1, "products: [tin]", "pin", for_=brief), wanted=wanted)

    assert effects.any is meant
    assert bool(effects.pinned) is meant


@pytest.mark.parametrize(("day", "hour", "on"), [(31, 23, False), (1, 0, True), (30, 23, True)])
def test_a_steer_holds_between_its_times(kitchen: Kitchen, day: int, hour: int, on: bool) -> None:
    """Nobody has to be there to switch it on or off."""
    now = datetime(2026, 10 if day == 31 else 11, day, hour, 59, tzinfo=timezone.utc)

    assert _effects(kitchen, _steer(1, "products: [tin]"), now=now).any is on


def test_colleagues_see_who_steered_a_product_and_why(kitchen: Kitchen) -> None:
    """Visible inside; nothing of it is for shoppers."""
    effects = _effects(kitchen, _steer(1, "products: [tin]"), _steer(2, "products: [lamp]", "bury"))
    at = _positions(kitchen)

    assert effects.named(at["tin"]) == ("boosted by Anna until 2026-12-01 00:00 UTC (s1): stock",)
    assert effects.named(at["mug"]) == ()


def test_kept_effects_cannot_be_written_to(kitchen: Kitchen) -> None:
    """One request cannot spoil the next."""
    effects = _effects(kitchen, _steer(1, "products: [tin]"))

    with pytest.raises(ValueError, match="read-only"):
        effects.bonus += 1
    with pytest.raises(ValueError, match="read-only"):
        effects.hidden[0] = True


def test_a_new_snapshot_is_steered_anew(kitchen: Kitchen) -> None:
    """Positions of the old one would hide another product."""
    steers = Steers.parse(_steer(1, "where: {brand: Acme}", "hide"), LONDON)
    steers.effects(kitchen, Wanted(), NOW)
    turned = Kitchen("two", SHOP[::-1])

    hidden = steers.effects(turned, Wanted(), NOW).hidden

    assert {turned.at(at).id for at in hidden.nonzero()[0].tolist()} == {"tin", "tin-red"}
    assert steers.reach(turned) == {"s1": 2}


def test_a_real_shelf_can_be_steered(shelf: Shelf) -> None:
    """What is published has all that steering asks for."""
    effects = _effects(shelf, _steer(1, "where: {title: watering can}", "hide"), _steer(2, "where: {brand: none}"))

    assert {shelf.at(at).id for at in effects.hidden.nonzero()[0].tolist()} == {"can", "can-red", "can-blue"}
