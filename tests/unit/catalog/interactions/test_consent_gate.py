"""Consent by source: shop-wide, given or withdrawn by single shoppers."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from a_ledger import GRANTED, NOW, Clock, a_ledger, row

from catalog.interactions.consent import ConsentError, FollowedConsent, ShopsConsent
from catalog.interactions.importing import obey_withdrawals

HEADER = "shopper_id,source,granted_at,withdrawn_at\n"


def _gate(folder: Path, lines: str, sources: tuple[str, ...] = ("purchase",)) -> ShopsConsent:
    (folder / "consent.csv").write_text(HEADER + lines, encoding="utf-8")
    return ShopsConsent.read(sources, folder / "consent.csv")


@pytest.mark.parametrize(
    ("line", "source", "allowed"),
    [
        ("", "purchase", True),
        ("", "youtube", False),
        ("ann,youtube,2026-10-01,\n", "youtube", True),
        ("ann,youtube,2026-12-01,\n", "youtube", False),
        ("ann,youtube,2026-10-01,2026-10-02\n", "youtube", False),
        ("ann,youtube,2026-10-03,2026-10-02\n", "youtube", True),
        ("ann,purchase,,2026-10-02\n", "purchase", False),
        ("ann,purchase,,2026-12-02\n", "purchase", True),
        ("bob,purchase,,2026-10-02\n", "purchase", True),
    ],
)
def test_a_shoppers_own_word_counts_before_the_shops(tmp_path: Path, line: str, source: str, *, allowed: bool) -> None:
    assert _gate(tmp_path, line).allows("ann", source, NOW) is allowed


def test_who_withdrew_is_forgotten_for_that_source_and_counts_again_once_they_agree_again(tmp_path: Path) -> None:
    gate = _gate(tmp_path, "ann,purchase,,2026-11-20\n", ("purchase", "giftbot"))
    before = a_ledger(tmp_path / "ledger")
    before.append([row("ann", "mug", 3), row("ann", "mug", kind="liked", source="giftbot"), row("bob", "mug")])
    ledger = a_ledger(tmp_path / "ledger", gate)

    assert [obey_withdrawals(ledger, gate, NOW), obey_withdrawals(ledger, gate, NOW)] == [{"ann"}, set()]

    assert [(one.shopper_id, one.source) for one in ledger.rows()] == [("ann", "giftbot"), ("bob", "purchase")]
    agreed = _gate(tmp_path, "ann,purchase,2026-11-22,2026-11-20\n", ("purchase", "giftbot"))
    later = a_ledger(tmp_path / "ledger", agreed)
    assert later.append([row("ann", "tin", -0.5)]).accepted == 1
    assert not list(agreed.withdrawn(NOW + timedelta(days=1)))


def test_a_withdrawal_holds_in_a_process_that_runs_on(tmp_path: Path) -> None:
    """A worker lives for weeks; what a shopper took back must not wait for its next start."""
    _gate(tmp_path, "ann,giftbot,2026-01-01,\n")
    gate = FollowedConsent(("purchase",), tmp_path / "consent.csv")
    worker = a_ledger(tmp_path / "ledger", gate)
    liked = row("ann", "mug", 1, source="giftbot")
    assert worker.append([liked]).accepted == 1

    _gate(tmp_path, "ann,giftbot,2026-01-01,2026-11-20\n")

    assert worker.append([row("ann", "tin", source="giftbot")]).refused_no_consent == 1
    (tmp_path / "consent.csv").unlink()
    with pytest.raises(ConsentError):
        worker.append([row("ann", "can", source="giftbot")])
    assert [one.product_id for one in worker.rows()] == ["mug"]


def test_a_row_that_came_in_after_the_withdrawal_was_obeyed_is_forgotten_too(tmp_path: Path) -> None:
    """A worker that had not heard of it yet."""
    gate, clock = _gate(tmp_path, "ann,purchase,,2026-11-20\n", ("purchase", "giftbot")), Clock()
    late = a_ledger(tmp_path / "ledger", GRANTED, clock)
    late.append([row("ann", "mug", 3)])
    assert obey_withdrawals(late, gate, NOW) == {"ann"}
    clock.goes_on(seconds=5)
    late.append([row("ann", "tin", -1 / 86_400), row("ann", "tin", source="giftbot"), row("bob", "mug")])
    late.compact()

    assert obey_withdrawals(late, gate, NOW) == {"ann"}

    assert [(one.shopper_id, one.source) for one in late.rows()] == [("ann", "giftbot"), ("bob", "purchase")]
    assert obey_withdrawals(late, gate, NOW) == set()


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("shopper_id,source\n", "no column granted_at, withdrawn_at"),
        (f"{HEADER}ann,,,\n", "line 2 names no shopper or no source"),
        (f"{HEADER}ann,x,,\nann,x,,\n", "line 3 names the same"),
        (f"{HEADER}ann,x,yesterday,\n", "line 2: write the time"),
    ],
)
def test_a_consent_file_that_cannot_be_read_lets_nothing_in_on_a_guess(tmp_path: Path, content: str, why: str) -> None:
    (tmp_path / "consent.csv").write_text(content, encoding="utf-8")
    with pytest.raises(ConsentError, match=why):
        ShopsConsent.read((), tmp_path / "consent.csv")
    with pytest.raises(ConsentError, match="cannot be read"):
        ShopsConsent.read((), tmp_path / "gone.csv")
