"""The commands of ``giftbot``; each does its work elsewhere."""

from __future__ import annotations

import click

from bot import __version__


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="giftbot")
def giftbot() -> None:
    """Gift ideas by direct message, from the brand's own catalogue."""


@giftbot.command(
    context_settings={"ignore_unknown_options": True, "help_option_names": []},
    add_help_option=False,
)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def rasa(arguments: tuple[str, ...]) -> None:
    """Rasa's own command line: train, shell, data validate, test …"""  # noqa: D400
    from bot.rasa_host import command_line

    command_line.run(arguments)
