"""What shoppers rule out, in the words we train on, rules something out of the sample shop, or is told not to."""

from __future__ import annotations

from datetime import date, datetime, timezone
from pathlib import Path

import pytest
import yaml

from catalog.publishing.prepare import prepare
from catalog.ranking.constraints import excluded, like_of
from catalog.shelf.shelf import Shelf
from catalog.suggest import suggest
from catalog.wanted import Wanted
from nlu.reading import read
from nlu.words.lexicon import Lexicon
from nlu.words.positions import find_position

DATA = Path(__file__).parents[2] / "data"
SAMPLE = DATA / "samples" / "online-retail"


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    """The sample, imported once; purchases do not matter here."""
    into = tmp_path_factory.mktemp("sample") / "catalogue"
    prepare(SAMPLE / "products.csv", None, into, as_of=date(2026, 11, 1))
    return Shelf.open(into)


def _exclusions() -> set[str]:
    lexicon = Lexicon.load(DATA / "lookups")
    found: set[str] = set()
    for block in yaml.safe_load((DATA / "nlu" / "turning_away.yml").read_text(encoding="utf-8"))["nlu"]:
        for line in block["examples"].splitlines():
            found.update(read(line.removeprefix("- "), today=date(2026, 11, 22), lexicon=lexicon).exclusions)
    return {said for said in found if find_position(said) is None}  # "first one" points, it names nothing


def test_every_exclusion_we_train_on_rules_something_out_or_is_told_not_to(shelf: Shelf) -> None:
    """ "No alcohol" once ruled out nothing and the bot said it had."""
    now = datetime(2026, 11, 22, 12, tzinfo=timezone.utc)
    exclusions = sorted(_exclusions())
    assert len(exclusions) > 40
    idle = [said for said in exclusions if not excluded(shelf, (said,)).any()]
    assert len(idle) < len(exclusions) / 2
    assert suggest(shelf, Wanted(not_wanted=tuple(idle)), None, now=now).untold == tuple(idle)


@pytest.mark.parametrize(
    ("said", "titles"),
    [
        ("alcohol", ("Gin and tonic mug", "Silver wine goblet")),
        ("scented", ("Origami jasmine incense in tube",)),
        ("perfume", ("Pink eau de cologne bottle",)),
        ("leather", ("Pink flock suede cushion cover",)),
        ("plastic", ("Grey acrylic faceted bangle", "Retro plastic 70s tray")),
        ("floral", ("Daisy notebook",)),
    ],
)
def test_an_exclusion_means_the_kind_not_the_word(shelf: Shelf, said: str, titles: tuple[str, ...]) -> None:
    """A gin mug is no present for someone who asked for no alcohol."""
    mask = excluded(shelf, (said,))
    left = {shelf.at(at).title for at in range(shelf.size) if mask[at]}
    assert set(titles) <= left
    now = datetime(2026, 11, 22, 12, tzinfo=timezone.utc)
    assert suggest(shelf, Wanted(not_wanted=(said,)), None, now=now).untold == ()


def test_russian_dolls_are_not_for_gardeners(shelf: Shelf) -> None:
    """ "For gardening (nesting box)" was true of the words and of nothing else."""
    dolls = [at for at in range(shelf.size) if "abushka nesting boxes" in shelf.at(at).title]
    assert dolls
    for interest in ("gardening", "birdwatching"):
        assert not like_of(shelf, interest).mask[dolls].any()
