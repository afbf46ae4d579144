"""Rows that were refused: the first ones for a person, all of them as a file a spreadsheet opens."""

from __future__ import annotations

import contextlib
import csv
import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from catalog.feeds.rejection import Rejection

TOLD = 20
_BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\x00")


@contextlib.contextmanager
def rejections_file(path: Path | None, read: Path | None = None) -> Iterator[Callable[[Rejection], None]]:
    """Give what writes one Rejection after the other to a CSV file; nothing is written where no file is asked for.

    The file appears when all is written, also where the import fails; a file of before stays until then. ``read`` is
    the file the rows come from: a ClickException where it is the same file.
    """
    if path is None:
        yield lambda _: None
        return
    if read is not None and path.exists() and read.exists() and path.samefile(read):
        raise click.ClickException(f"--rejections {path} is the file that is read: name another")
    plain = path.is_file() or not path.exists()  # else a device or a pipe, which nothing can be renamed to
    target = path.resolve() if plain else path
    aside = target.with_name(f".{target.name}.{os.getpid()}.new") if plain else path
    try:
        with aside.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(["row", "field", "value", "rule", "hint"])
            try:
                yield lambda one: writer.writerow(
                    [one.row, *(_harmless(text) for text in (one.field, one.value, one.rule, one.hint))]
                )
            except Exception:
                file.flush()
                if plain:
                    os.replace(aside, target)
                raise
        if plain:
            os.replace(aside, target)
    finally:
        if plain:
            aside.unlink(missing_ok=True)


def print_rejections(rejections: Sequence[Rejection], count: int) -> None:
    """Print the first rows refused: where, what, why, and what to do."""
    for one in rejections[:TOLD]:
        click.echo(f"  row {one.row}, {one.field} “{one.value}”: {one.rule}; {one.hint}", err=True)
    if count > TOLD:
        click.echo(f"  and {count - TOLD} more rows refused (--rejections FILE.csv lists all)", err=True)


def _harmless(text: str) -> str:
    """Return text no spreadsheet takes for a formula; quoting alone does not help."""
    return f"'{text}" if text.startswith(_BEGINS_A_FORMULA) else text
