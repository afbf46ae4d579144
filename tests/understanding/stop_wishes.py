"""How many wishes to stop are obeyed, and how many ordinary sentences are taken for one; by part, no text shown.

python -m tests.understanding.stop_wishes
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import click

from nlu.optout.wishes import OptWish, read_wish

HERE = Path(__file__).parent


@click.command()
def main() -> None:
    """Print obeyed of all for each part and language."""
    for name in ("stop_wishes", "ordinary_sentences"):
        rows = [json.loads(line) for line in (HERE / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]
        for part in ("tuned", "sealed"):
            mine = [row for row in rows if row["part"] == part]
            taken = Counter(row["lang"] for row in mine if read_wish(row["text"]) is OptWish.STOP)
            of = Counter(row["lang"] for row in mine)
            told = ", ".join(f"{lang} {taken[lang]}/{of[lang]}" for lang in sorted(of))
            click.echo(f"{name} {part}: {taken.total()} of {len(mine)} taken for a stop ({told})")


if __name__ == "__main__":
    main()
