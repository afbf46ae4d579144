"""Rows for `giftbot eval understanding` from our labels and the texts they belong to, which are not in the repository.

python -m tests.understanding.shared_rows TEXTS.jsonl [--part tuned|released|sealed] > rows.jsonl
"""

from __future__ import annotations

import json
from pathlib import Path

import click

LABELS = Path(__file__).with_name("labels_gift_asks.jsonl")


@click.command()
@click.argument("texts", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--part", type=click.Choice(["tuned", "released", "sealed"]), help="Only the rows of one part.")
def main(texts: Path, part: str | None) -> None:
    """Join TEXTS ({"id", "text"} a line) with the labels by id; a label whose text is missing is an error."""
    known = {row["id"]: row["text"] for row in map(json.loads, texts.read_text(encoding="utf-8").splitlines())}
    for line in LABELS.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if part and row["part"] != part:
            continue
        if row["id"] not in known:
            raise click.ClickException(f"{texts} has no text for {row['id']}: is it the shared third of the gift asks?")
        click.echo(json.dumps({"text": known[row["id"]], **row}, ensure_ascii=False))


if __name__ == "__main__":
    main()
