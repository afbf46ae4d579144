"""``giftbot restored``: said once, right after Redis was restored from a backup."""

from __future__ import annotations

import asyncio
import sys

import click

from bot.cli.moments import moment_of
from bot.cli.outbox_lines import at
from bot.errors import GiftbotError


@click.command()
@click.option("--since", metavar="TIME", help="When the backup was made, such as 2026-11-22T10:30Z; it knows itself.")
def restored(since: str | None) -> None:
    """Say that Redis was restored from a backup, with every role stopped (docs/runbook.md).

    Nothing goes out until `giftbot outbox resume`. What happened since the backup is read back from X by `watch`:
    what was answered is not answered again.
    """
    from bot import settings
    from bot.wiring.roles import open_store

    moment = None if since is None else moment_of(since)

    async def run() -> None:
        async with open_store(settings.load()) as store:
            # until then X knows more than we: told by the clock that all other moments of the store are told by
            await store.clock.look()
            begun = await store.restored.begin(store.clock(), moment)
            click.echo(f"paused; what happened since {at(begun)} will be read back from X. Start intake and watch, and")
            click.echo("dialogue only when `giftbot x status` shows no gap and the log of watch says it was read whole")
            click.echo("(docs/runbook.md, Restore from a backup); then sending, and `giftbot outbox resume`")

    try:
        asyncio.run(run())
    except (GiftbotError, OSError) as error:
        click.echo(str(error), err=True)
        sys.exit(1)
