"""The figures of a contest as plain text for a person."""

from __future__ import annotations

from typing import Any

from catalog.evaluation.off_policy import Estimate, Estimates

_TITLES = {
    "new_products": "Products new to the shopper",
    "next_basket": "Next basket (repeats allowed)",
    "few_interactions": "Products new to the shopper, one to five interactions before",
}


def tables(figures: dict[str, Any]) -> str:
    """A table for each task; each peer with the mean and interval by which giftbot is ahead of it."""
    records = figures["records"]
    parts = [
        f"{records['products']:,} products; train {records['train_rows']:,} rows of {records['train_shoppers']:,} "
        f"shoppers; test {records['test_rows']:,} rows of {records['test_shoppers']:,} of them"
    ]
    told = [f"{count:,} {name.replace('_', ' ')}" for name, count in records.items() if name in _LEFT and count]
    parts += [f"left out or added: {', '.join(told)}"] if told else []
    parts += [_task(title, figures[name], figures) for name, title in _TITLES.items()]
    return "\n\n".join(parts)


_LEFT = (
    "train_rows_incomplete",
    "test_rows_incomplete",
    "test_rows_of_unknown_shoppers",
    "test_shoppers_without_past",
    "products_added",
    "train_rows_not_before_test",
)


def _task(title: str, rows: dict[str, Any], figures: dict[str, Any]) -> str:
    shoppers = max((row["shoppers"] for row in rows.values()), default=0)
    lines = [f"{title}: {shoppers:,} shoppers"]
    head = ("", "NDCG@10", "95 %", "recall@10", "coverage@10", "giftbot ahead by", "fit s", "rank s", "MiB")
    grid: list[tuple[str, ...]] = [head]
    for name, row in sorted(rows.items(), key=lambda item: -(item[1]["ndcg@10"] or 0.0)):
        if name in figures["failed"]:
            grid.append((name, figures["failed"][name], *[""] * (len(head) - 2)))
            continue
        seconds = figures["seconds"][name]
        ahead = row.get("giftbot_ahead")
        grid.append(
            (
                name,
                _number(row["ndcg@10"]),
                _span(row["ci95"]),
                _number(row["recall@10"]),
                _number(row["coverage@10"]),
                f"{_number(ahead['ndcg@10'])} {_span(ahead['ci95'])}" if ahead else "",
                f"{seconds['fit']:.1f}",
                f"{seconds['rank']:.1f}",
                f"{figures['peak_mib'][name]:.0f}",
            )
        )
    wide = [
        max(len(row[at]) for row in grid if not (at == 1 and row[0] in figures["failed"])) for at in range(len(head))
    ]
    lines += ["  ".join(cell.ljust(width) for cell, width in zip(row, wide, strict=True)).rstrip() for row in grid]
    return "\n".join(lines)


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:.4f}"


def _span(bounds: list[float | None]) -> str:
    return f"[{_number(bounds[0])}, {_number(bounds[1])}]"


def estimates(found: Estimates) -> str:
    """What another way of choosing would have earned, a line an estimator."""
    rows: list[tuple[str, Estimate | None]] = [
        ("as it was shown", found.shown),
        ("inverse propensity", found.ips),
        ("self-normalised", found.snips),
        ("doubly robust", found.doubly_robust),
    ]
    lines = [
        f"{found.places:,} places shown; worth {found.effective:,.0f} of the way judged; "
        f"weights up to {found.most_weight:.3g}"
    ]
    for name, one in rows:
        told = "- (no expected rewards in the log)" if one is None else f"{one.value:.4f} {_span([one.low, one.high])}"
        lines.append(f"{name:20}{told}")
    if not found.can_judge:
        means = ", ".join(f"{mean:.2f}" for mean in found.mean_weights)
        lines.append(f"DO NOT BELIEVE THESE: mean weights by place are {means} and must be about 1;")
        lines.append("the way judged shows what was never shown. Let giftbot explore more (GIFTBOT_CATALOG_EXPLORE).")
    return "\n".join(lines)
