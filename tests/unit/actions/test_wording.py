"""Everything an action says exists in domain.yml and gets the values it asks for."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from actions.unsure import ALWAYS, ONCE_SHOWN
from actions.wording import money, readable

ROOT = Path(__file__).resolve().parents[3]
DOMAIN = yaml.safe_load((ROOT / "domain.yml").read_text())

KNOWN = (
    "recipient",
    "age",
    "occasion",
    "date",
    "deadline",
    "destination",
    "budget",
    "interests",
    "exclusions",
    "shown",
)

DETAILS = {
    # what catalog gives with each code, and actions/wording.py with each response
    "utter_suggestion": {"rank", "title", "price"},
    "utter_link": {"link"},
    "utter_explain": {"rank", "title"},
    "utter_selected_new_price": {"title", "price", "old_price", "link"},
    "utter_sold_out": {"title", "rank"},
    "utter_withdrawn": {"title"},
    "utter_exclusion_untold": {"exclusion"},
    "utter_ideas_unlike": {"product", "exclusion"},
    "utter_relax_outside_budget_one_price": {"count", "interest", "cheapest", "dearest"},
    "utter_relax_raise_max_without": {"count", "price_max", "interests"},
    "utter_relax_lower_min_without": {"count", "price_min", "interests"},
    "utter_selected": {"title", "price", "link"},
    "utter_ideas_cheaper": {"price"},
    "utter_ideas_dearer": {"price"},
    "utter_ideas_more_special": {"price"},
    "utter_nothing_more_special": {"price"},
    "utter_product": {"title", "price", "link"},
    "utter_compare_cheapest": {"rank"},
    "utter_next_person": {"recipient"},
    "utter_next_person_of_age": {"recipient", "age"},
    "utter_budget_each": {"price", "count"},
    "utter_deadline_unchecked": {"day"},
    "utter_deadline_kept": {"day"},
    "utter_deadline_if_in_stock": {"day"},
    "utter_arrives_now": {"day"},
    "utter_arrives_late": {"day", "needed_by"},
    "utter_arrives_unknown": {"needed_by"},
    "utter_arrives": {"day"},
    "utter_product_stock_unsure": {"title", "price", "link"},
    **{
        f"utter_why_not_{code}": {"title", "price", *more}
        for code, *more in (
            ("shown",),
            ("rank", "rank", "among", "link"),
            ("matches", "rank", "among", "link"),
            ("variety", "rank", "among", "link"),
            ("sold_out",),
            ("hidden",),
            ("too_dear", "price_max"),
            ("too_cheap", "price_min"),
            ("not_cheaper", "price_below"),
            ("not_dearer", "price_above"),
            ("other_currency", "currency", "wanted"),
            ("ruled_out", "term"),
            ("too_late", "arrives", "needed_by"),
            ("arrival_unknown", "needed_by"),
            ("not_for", "recipient", "occasion"),
            ("already_given",),
            ("seen",),
            ("the_one_meant",),
        )
    },
    "utter_why_not_in_shop": {"thing"},
    "utter_without_purchase": {"title", "product", "other"},
    "utter_reason_near": {"interest", "word"},
    "utter_relax_later": {"count", "needed_by"},
    "utter_relax_several": {"count"},
    "utter_relax_part_raise_max": {"price_max"},
    "utter_relax_part_lower_min": {"price_min"},
    "utter_relax_part_drop_interest": {"interests"},
    "utter_relax_part_drop_exclusion": {"term"},
    "utter_relax_part_later": {"needed_by"},
    "utter_relax_part_show_again": set(),
    **{f"utter_known_{kind}": {"value"} for kind in KNOWN},
    "utter_nothing_cheaper": {"price"},
    "utter_nothing_dearer": {"price"},
    "utter_ideas_more_like": {"product"},
    "utter_ideas_without": {"exclusion"},
    "utter_reason_matches": {"interest", "word"},
    "utter_reason_suits_recipient": {"recipient", "word"},
    "utter_reason_suits_occasion": {"occasion", "word"},
    "utter_reason_bought_together": {"product", "month"},
    "utter_reason_like_shown": {"product"},
    "utter_reason_popular": {"buyers", "days", "until"},
    "utter_reason_in_budget": {"price"},
    "utter_reason_in_stock": set(),
    "utter_relax_outside_budget": {"count", "interest", "cheapest", "dearest"},
    "utter_relax_raise_max": {"count", "price_max"},
    "utter_relax_lower_min": {"count", "price_min"},
    "utter_relax_raise_max_for": {"count", "price_max", "interests"},
    "utter_relax_lower_min_for": {"count", "price_min", "interests"},
    "utter_ideas_unmatched": {"interests"},
    "utter_relax_drop_interest": {"count", "interest"},
    "utter_relax_drop_exclusion": {"count", "term"},
    "utter_relax_show_again": {"count"},
    "utter_relax_other_currency": {"count", "currency", "wanted"},
    "utter_queue_word": {"minutes"},
}


def test_every_response_an_action_names_is_in_the_domain() -> None:
    """A response that is missing would make the bot silent."""
    code = "\n".join(path.read_text() for path in (ROOT / "actions").rglob("*.py"))
    named = set(re.findall(r'"(utter_[a-z_]+)"', code)) | set(DETAILS)
    named |= {f"utter_ask_{name}" for name in ("recipient", "interests", "interests_and_budget")}
    named |= {f"utter_meant_{intent}" for intent in (*ALWAYS, *ONCE_SHOWN)}

    assert named - set(DOMAIN["responses"]) == set()


@pytest.mark.parametrize("name", sorted(DOMAIN["responses"]))
def test_a_response_asks_only_for_values_it_is_given(name: str) -> None:
    """Else a shopper would read a pair of braces."""
    for variant in DOMAIN["responses"][name]:
        asked = set(re.findall(r"{([^}]*)}", variant["text"]))

        assert asked <= DETAILS.get(name, set())


@pytest.mark.parametrize(
    ("price", "currency", "read"),
    [("24.95", "GBP", "£24.95"), ("20.00", "USD", "$20"), ("0.5", "EUR", "€0.50"), ("15", "SEK", "15 SEK")],
)
def test_a_price_reads_as_shoppers_write_it(price: str, currency: str, read: str) -> None:
    """With its sign, and without pence where there are none."""
    assert money(Decimal(price), currency) == read


def test_dates_of_reasons_are_named() -> None:
    """A shopper reads months, not numbers."""
    detail = {"month": "2026-05", "until": "2026-10-03", "product": "Teapot", "price_max": "12.5"}

    assert readable(detail, "GBP") == {
        "month": "May 2026", "until": "3 October", "product": "Teapot", "price_max": "£12.50"
    }  # fmt: skip
