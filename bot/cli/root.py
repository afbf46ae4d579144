"""``giftbot`` itself: demo, run, check and Rasa's own command line."""

from __future__ import annotations

import asyncio
import sys
from typing import Any

import click
import structlog

from bot import __version__
from bot.errors import GiftbotError
from bot.wiring.roles import ROLES


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="giftbot")
def giftbot() -> None:
    """Gift ideas by direct message, from the brand's own catalogue."""


@giftbot.command()
@click.option("--say", multiple=True, metavar="TEXT", help="Say this as the shopper and print the answer; repeatable.")
@click.option("--shopper", metavar="ID", help="Who says it: an id from the chat page's list. Default: a newcomer.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object per turn.")
@click.option("--fresh", is_flag=True, help="Forget the talks of earlier demos.")
@click.option("--port", type=int, help="Port of the chat page. Default: 8642, or a free one where that is taken.")
@click.option("--timeout", "timeout_s", default=60.0, show_default=True, help="Seconds to wait for one answer.")
def demo(
    say: tuple[str, ...], shopper: str | None, as_json: bool, fresh: bool, port: int | None, timeout_s: float
) -> None:
    """Start all of giftbot with the sandbox and a chat page (or, with --say, talk in the terminal)."""
    from bot.demo.main import run_demo

    sys.exit(run_demo(say=say, shopper=shopper, as_json=as_json, fresh=fresh, port=port, timeout_s=timeout_s))


@giftbot.command()
@click.argument("role", type=click.Choice(ROLES))
def run(role: str) -> None:
    """Run one role in this process until SIGTERM; settings come from GIFTBOT_ variables."""
    from bot import log, settings
    from bot.wiring import roles

    loaded = _or_exit(settings.load)
    log.configure(role, loaded.ops.log_level, loaded.privacy.key)
    try:
        asyncio.run(roles.run(role, loaded))
    except (GiftbotError, OSError) as error:
        click.echo(f"giftbot {role}: {error}", err=True)
        sys.exit(1)
    except Exception as error:  # a bug; its text may quote a shopper, so the log keeps its kind and place
        structlog.get_logger().error("role_crashed", exc_info=error)
        sys.exit(1)


@giftbot.command()
def check() -> None:
    """Print the settings without secrets, try every connection, say what to do."""
    from bot import settings
    from bot.wiring import checks

    loaded = _or_exit(settings.load)
    for name, value, _ in settings.describe(loaded):
        click.echo(f"{name}={value}")
    click.echo()
    results = asyncio.run(checks.check(loaded))
    for what, trouble, absent in results:
        mark, told = ("✘", trouble) if trouble else ("–", absent) if absent else ("✔", "")
        click.echo(f"{mark} {what}{': ' + told if told else ''}")
    sys.exit(1 if any(one.trouble for one in results) else 0)


@giftbot.command(
    context_settings={"ignore_unknown_options": True, "help_option_names": []},
    add_help_option=False,
)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def rasa(arguments: tuple[str, ...]) -> None:
    """Rasa's own command line: train, shell, data validate, test and the rest."""
    from bot.rasa_host import command_line

    command_line.run(arguments)


def _or_exit(work: Any) -> Any:
    """The work's result; a giftbot error ends the process with its text."""
    try:
        return work()
    except (GiftbotError, OSError, LookupError, ValueError) as error:
        click.echo(str(error), err=True)
        sys.exit(2)
