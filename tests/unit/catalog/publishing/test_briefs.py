"""An import is tried on what shoppers ask, and what is kept of a real request tells nothing of a shopper."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from snapshot_shop import NOW, product, write_snapshot

from catalog.product import ProductId
from catalog.publishing.briefs import (
    MOST_RECENT,
    RECENT,
    Brief,
    BriefsError,
    note_briefs,
    recent_briefs,
    standard_briefs,
)
from catalog.publishing.importing import TERMS
from catalog.publishing.preview import effects_of
from catalog.shelf.shelf import Shelf
from catalog.storage import Storage
from catalog.wanted import Wanted
from catalog.words.terms import GiftTerms

_TERMS = GiftTerms.load(TERMS)


def test_the_standard_briefs_speak_the_lookups_language() -> None:
    """A word the lookup does not know would count nothing for ever."""
    briefs = standard_briefs()
    assert len(briefs) == 20
    known = {term.name for term in _TERMS.interests.values()}
    for one in briefs:
        wanted = one.wanted
        assert wanted.recipient is None or _TERMS.recipient(wanted.recipient)
        assert wanted.occasion is None or _TERMS.occasion(wanted.occasion)
        assert {_TERMS.interest(like).name for like in wanted.likes} <= known


def test_nothing_a_shopper_wrote_is_kept(tmp_path: Path) -> None:
    """No free words, no ids, no ages, no dates."""
    storage = Storage.at(tmp_path)
    wanted = Wanted(
        likes=("gardening", "my ex Wilhelmina"),
        recipient="mum",
        age=(61, 61),
        occasion="birthday",
        not_wanted=("nothing like Bob's",),
        already_given=frozenset({ProductId("secret-7")}),
        price_max=Decimal("25"),
        currency="GBP",
    )
    note_briefs(storage, [wanted], _TERMS, now=NOW)
    kept = (tmp_path / RECENT).read_text()
    assert not any(word in kept for word in ("Wilhelmina", "61", "Bob", "secret", "mum"))
    assert recent_briefs(storage) == [
        Brief(
            Wanted(likes=("gardening",), recipient="mom", occasion="birthday", price_max=Decimal(25), currency="GBP"),
            recent=True,
        )
    ]


def test_the_list_stays_short_and_forgives_a_bad_line(tmp_path: Path) -> None:
    """It is read at every dry run."""
    storage = Storage.at(tmp_path)
    (tmp_path / RECENT).write_text('not json\n{"likes": 3}\n["x"]\n')
    for price in range(1, MOST_RECENT + 30):
        note_briefs(storage, [Wanted(price_max=Decimal(price), recipient="mom")], _TERMS, now=NOW)
    note_briefs(storage, [Wanted(likes=("something only I say",))], _TERMS, now=NOW)
    assert len((tmp_path / RECENT).read_text().splitlines()) == MOST_RECENT
    assert len(recent_briefs(storage)) == MOST_RECENT


def test_the_greatest_loss_comes_first(tmp_path: Path) -> None:
    """Father's Day under £20 goes from three to one; what stays comes last."""
    mugs = [product(f"mug{at}", "9.00", title=f"Coffee mug {at}") for at in range(3)]
    clock = product("clock", "45.00", title="Wall clock")
    old = Shelf.of_snapshot(write_snapshot(tmp_path / "old", [*mugs, clock]))
    new = Shelf.of_snapshot(write_snapshot(tmp_path / "new", [mugs[0], clock]))
    briefs = [
        Brief(Wanted(likes=("clocks",))),
        Brief(Wanted(occasion="fathers day", recipient="dad", price_max=Decimal(20))),
        Brief(Wanted(likes=("mugs",), price_max=Decimal(5)), recent=True),
    ]
    found = effects_of(old, new, briefs, NOW)
    assert [(effect.brief, effect.before, effect.after) for effect in found] == [
        ("dad, fathers day, under £20", 3, 1),
        ("mugs, under £5", 0, 0),
        ("clocks", 1, 1),
    ]


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("[]", "must hold a list"),
        ("briefs: [{who: dad}]", "entry 1"),
        ("briefs: [{likes: tea}]", "entry 1: likes"),
        ("briefs: [{recipient: dad}, {below: cheap}]", "entry 2: below"),
        ("briefs: [{from: -1}]", "entry 1: from"),
    ],
)
def test_a_wrong_list_says_which_entry(tmp_path: Path, text: str, where: str) -> None:
    """Merchandisers may write their own."""
    path = tmp_path / "briefs.yml"
    path.write_text(text)
    with pytest.raises(BriefsError, match=where):
        standard_briefs(path)
