"""``giftbot eval briefs`` and ``giftbot eval clicks`` as a person runs them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

THINGS = ("rod", "reel", "net", "hat", "vest", "box", "chair", "knife", "line", "lamp", "cap", "stool")


def run(*options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "bot", "eval", *options]
    return subprocess.run(command, capture_output=True, text=True, timeout=200, check=False)


def test_requests_are_read_answered_and_judged(tmp_path: Path) -> None:
    """From the words of a request to a figure; what is no request is passed over, and no bound is broken."""
    asks, products = tmp_path / "asks.jsonl", tmp_path / "products.csv"
    rows = [
        {
            "text": "My dad loves fishing, something under $30 please",
            "author_labels": {"gender": "male", "budget_max": 30},
        },
        {"text": "a present for my sister, she loves scarves"},
        {"text": "guess what I got", "kind": "near_miss"},
    ]
    asks.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    lines = ["id,title,price,currency,category"]
    for at, thing in enumerate(THINGS):
        lines += [f"f{at},Fishing {thing},{10 + 4 * at},USD,outdoors > fishing"]
        lines += [
            f"s{at},Scarf with a {thing},{20 + at},USD,apparel > scarf",
            f"e{at},Mug {at},5,EUR,housewares > bowls",
        ]
    products.write_text("\n".join(lines) + "\n", encoding="utf-8")
    done = run("briefs", "--asks", str(asks), "--products", str(products), "--today", "2026-11-20", "--json")
    assert done.returncode == 0, done.stderr
    figures = json.loads(done.stdout.splitlines()[-1])
    assert (figures["asks"], figures["judged"], figures["products"]) == (2, 2, 24)
    words = figures["rankings"]["words"]
    assert words["precision@3"] > 0.8
    assert (words["with_three"], words["past_budget_understood"], words["past_budget_labelled"]) == (1.0, 0, 0)
    assert {"vectors", "blend_1"} <= figures["rankings"].keys()


def test_a_line_that_is_no_request_is_named(tmp_path: Path) -> None:
    """With its number and the remedy."""
    asks, products = tmp_path / "asks.jsonl", tmp_path / "products.csv"
    asks.write_text('{"text": "a gift"}\n{"words": "a gift"}\n', encoding="utf-8")
    products.write_text("id,title,price,currency\n1,Tin of tea,5,USD\n", encoding="utf-8")
    done = run("briefs", "--asks", str(asks), "--products", str(products))
    assert done.returncode == 1
    assert 'asks.jsonl, line 2: write one object a line, with "text"' in done.stderr


def test_a_log_of_clicks_is_estimated_from(tmp_path: Path) -> None:
    """A way that always shows what was clicked half of the time: the estimate is twice the rate."""
    log = tmp_path / "log.jsonl"
    rows = []
    for at in range(40):
        clicked = at % 2 == 0
        rows += [{"kind": "shown", "group_id": f"{at}", "product_id": "p", "propensity": 0.5, "target": float(clicked)}]
        rows += [{"kind": "clicked", "group_id": f"{at}", "product_id": "p"}] if clicked else []
    log.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    done = run("clicks", str(log), "--json")
    assert done.returncode == 0, done.stderr
    figures = json.loads(done.stdout.splitlines()[-1])
    assert (figures["shown"]["value"], figures["ips"]["value"], figures["effective"]) == (0.5, 1.0, 20.0)
    assert "doubly robust       - (no expected rewards in the log)" in done.stdout
