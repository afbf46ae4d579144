"""The commands of ``giftbot``; each does its work elsewhere."""

from __future__ import annotations

import click

from bot import __version__


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="giftbot")
def giftbot() -> None:
    """Gift ideas by direct message, from the brand's own catalogue."""
