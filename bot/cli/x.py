"""``giftbot x``: set X up, look at it, have it deliver again."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Coroutine
from typing import Any

import click

from bot.cli.moments import moment_of
from bot.errors import GiftbotError

_JSON = click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")


@click.group("x")
def x_side() -> None:
    """The app at X: its webhook, what is delivered there, delivering it again."""


@x_side.command()
@click.option("--url", default="", help="Public https address of intake's webhook. Default: GIFTBOT_X_WEBHOOK_URL.")
@_JSON
def setup(url: str, as_json: bool) -> None:
    """Register the webhook with X; where it is there already, let X validate it."""
    from bot.wiring import x_admin

    done = _run(x_admin.setup(_settings(), url), as_json)
    webhook = done["webhook"]
    _print(
        done, as_json, f"{done['done']}: webhook {webhook['id']} at {webhook['url']}. Now run `giftbot x subscribe`."
    )


@x_side.command()
@_JSON
def subscribe(as_json: bool) -> None:
    """Have X deliver messages, echoes and encrypted messages of the account to the webhook."""
    from bot.wiring import x_admin

    done = _run(x_admin.subscribe(_settings()), as_json)
    new = ", ".join(done["new"]) or "nothing"
    _print(done, as_json, f"subscribed: {', '.join(done['subscribed'])} (new: {new})")


@x_side.command()
@_JSON
def status(as_json: bool) -> None:
    """Show webhook, subscriptions, X's allowance, what X last sent, and what to do. Ends with 1 where there is."""
    from bot.wiring import x_admin

    found = _run(x_admin.status(_settings()), as_json)
    if as_json:
        click.echo(json.dumps(found))
    else:
        _tell(found)
    sys.exit(1 if found["trouble"] else 0)


@x_side.command()
@click.option("--from", "since", required=True, metavar="TIME", help="ISO 8601; UTC unless it names an offset.")
@click.option("--to", "till", required=True, metavar="TIME", help="Likewise.")
@_JSON
def replay(since: str, till: str, as_json: bool) -> None:
    """Fetch what X may have failed to deliver: by X's replay, and where that cannot, by reading back (a cent each)."""
    from bot.wiring import x_admin

    def say(text: str) -> None:
        click.echo(text, err=True)

    ended = _run(x_admin.replay(_settings(), moment_of(since), moment_of(till), say), as_json)
    told = "done" if ended == "filled" else "noted: the watch role is at another stretch and takes this one next"
    _print({"ended": ended}, as_json, told)


@x_side.command()
@click.argument("webhook_id")
@_JSON
def remove(webhook_id: str, as_json: bool) -> None:
    """Delete a webhook of the app at X; nothing is delivered there any more."""
    from bot.wiring import x_admin

    if not webhook_id.isdigit():
        raise click.BadParameter("an id is digits: `giftbot x status` lists them.")
    _run(x_admin.remove(_settings(), webhook_id), as_json)
    _print({"removed": webhook_id}, as_json, f"removed: webhook {webhook_id}")


def _tell(found: dict[str, Any]) -> None:
    for webhook in found["webhooks"]:
        click.echo(f"webhook {webhook['id']} {'valid' if webhook['valid'] else 'INVALID'} {webhook['url']}")
    for one in found["subscriptions"]:
        click.echo(
            f"subscription {one['id']} {one['event_type']} of {one['user_id']} to {one['webhook_id'] or 'no webhook'}"
        )
    for name, rate in found["allowance"].items():
        click.echo(f"allowance {name}: {rate['remaining']} of {rate['limit']} left until {rate['resets_at']}")
    for name in ("intake_up", "last_event", "last_crc"):
        click.echo(f"{name.replace('_', ' ')}: {found.get(name) or 'never'}")
    for gap in found.get("gaps", ()):
        click.echo(f"may be missing: {gap['from']} to {gap['to']} ({gap['reason']})")
    for sentence in found["trouble"]:
        click.echo(f"✘ {sentence}")


def _settings() -> Any:
    from bot import log, settings

    try:
        loaded = settings.load()
    except GiftbotError as error:
        click.echo(str(error), err=True)
        sys.exit(2)
    log.configure("x", "error")
    return loaded


def _run(work: Coroutine[Any, Any, Any], as_json: bool) -> Any:
    try:
        return asyncio.run(work)
    except (GiftbotError, OSError) as error:
        click.echo(json.dumps({"error": str(error)}) if as_json else str(error), err=not as_json)
        sys.exit(1)


def _print(done: dict[str, Any], as_json: bool, sentence: str) -> None:
    click.echo(json.dumps(done) if as_json else sentence)
