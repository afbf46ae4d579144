"""``giftbot eval ranking`` as a person runs it: three files, every ranking in a process of its own, one object."""

from __future__ import annotations

import json
import subprocess
import sys

import numpy as np
import pytest

PEERS = "popularity_7,ease"


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """A hundred shoppers with two tastes among twenty products."""
    folder, chance = tmp_path_factory.mktemp("contest"), np.random.default_rng(3)
    train, test = ["shopper_id,product_id,at,quantity"], ["shopper_id,product_id,at"]
    for shopper in range(100):
        mine = chance.permutation(np.arange(10) + 10 * (shopper % 2))
        past = 4 if shopper < 20 else 8
        train += [f"{shopper},{product},2026-0{chance.integers(1, 6)}-11T10:00:00Z,1" for product in mine[:past]]
        test += [f"{shopper},{mine[8]},2026-07-01T09:00:00Z", f"{shopper},{mine[0]},2026-07-01T09:00:00Z"]
        test += [f"{shopper},{mine[9]},2026-07-01T11:00:00Z"]
    products = ["id,title,price", *(f"{product},Thing {product},{product + 1}.50" for product in range(20))]
    for name, lines in (("train", train), ("test", test), ("products", products)):
        (folder / f"{name}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return [part for name in ("train", "test", "products") for part in (f"--{name}", str(folder / f"{name}.csv"))]


def run(*options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "bot", "eval", "ranking", *options]
    return subprocess.run(command, capture_output=True, text=True, timeout=200, check=False)


def test_figures_of_giftbot_and_its_peers_come_as_tables_and_one_object(files: list[str]) -> None:
    """The shape others read: three tasks, seconds, peak memory, paired differences; the same again for a seed."""
    done = run(*files, "--peers", PEERS, "--json")
    assert done.returncode == 0, done.stderr
    figures = json.loads(done.stdout.splitlines()[-1])
    for task, shoppers in (("new_products", 100), ("next_basket", 100), ("few_interactions", 20)):
        assert list(figures[task]) == ["giftbot", "popularity_7", "ease"]
        for name, row in figures[task].items():
            low, high = row["ci95"]
            assert 0 <= low <= row["ndcg@10"] <= high <= 1
            assert 0 <= row["recall@10"] <= 1
            assert 0 < row["coverage@10"] <= 1
            assert row["shoppers"] == shoppers
            if name != "giftbot":
                ahead = row["giftbot_ahead"]
                mean = figures[task]["giftbot"]["ndcg@10"] - row["ndcg@10"]
                assert ahead["ndcg@10"] == pytest.approx(mean, abs=2e-4)
                assert ahead["ci95"][0] <= ahead["ndcg@10"] <= ahead["ci95"][1]
    assert figures["new_products"]["ease"]["recall@10"] == 1.0, "ten products left, two of the own taste"
    for name in ("giftbot", "popularity_7", "ease"):
        assert figures["seconds"][name]["fit"] >= 0
        assert figures["peak_mib"][name] > 10
    assert figures["records"]["train_shoppers"] == 100
    assert "Products new to the shopper: 100 shoppers" in done.stdout
    again = json.loads(run(*files, "--peers", PEERS, "--json").stdout.splitlines()[-1])
    assert all(again[task] == figures[task] for task in ("new_products", "next_basket", "few_interactions"))


def test_a_ranking_that_takes_too_long_is_told_and_not_left_out(files: list[str]) -> None:
    """The others' figures still come; where it is giftbot that failed, the exit status says so to a script."""
    done = run(*files, "--peers", "popularity_7", "--time-limit", "0.001", "--json")
    assert done.returncode == 1, done.stderr
    figures = json.loads(done.stdout.splitlines()[-1])
    assert figures["failed"] == {"giftbot": "not done after 0.001 s", "popularity_7": "not done after 0.001 s"}
    assert figures["new_products"]["popularity_7"]["ndcg@10"] is None
    assert "popularity_7  not done after 0.001 s" in done.stdout


@pytest.mark.parametrize(
    ("options", "message"),
    [(("--peers", "magic"), "magic is none of giftbot, popularity_all"), (("--products", "gone.csv"), "gone.csv")],
)
def test_a_wrong_order_says_what_is_wrong(files: list[str], options: tuple[str, str], message: str) -> None:
    """In a sentence, with an exit status of its own."""
    done = run(*files, *options)
    assert done.returncode in (1, 2)
    assert message in done.stderr
    assert "Traceback" not in done.stderr
