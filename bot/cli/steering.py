"""``giftbot catalog steer``: what merchandisers boost, bury, pin or hide."""

from __future__ import annotations

import dataclasses
import json
from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from bot.clock import utc_now
from bot.errors import GiftbotError

if TYPE_CHECKING:
    from catalog.shelf.shelf import Shelf
    from catalog.steering.steer import Steer
    from catalog.steering.steering_file import SteeringFile


@click.group()
def steer() -> None:
    """Boost, bury, pin or hide products for a while (docs/steering.md)."""


@steer.command(name="list")
@click.option("--all", "everything", is_flag=True, help="Also what is over.")
@click.option("--history", is_flag=True, help="Who changed what and when, instead.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def show(everything: bool, history: bool, as_json: bool) -> None:
    """Show what is in force and what is coming."""
    file = _file()
    if history:
        for edit in file.history():
            line = f"{_local(edit.at, file)} {edit.by or 'somebody'}: {edit.did} {edit.id}".rstrip()
            click.echo(json.dumps(dataclasses.asdict(edit), default=str) if as_json else line)
        return
    now = utc_now()
    found = [one for one in _or_fail(file.check).entries if everything or one.ends > now]
    if as_json:
        click.echo(json.dumps([{**dataclasses.asdict(one), "state": _state(one, now)} for one in found], default=str))
        return
    for one in found:
        click.echo(f"{_state(one, now):9} {_told(one, file)}")
    if not found:
        click.echo(f"nothing is in force or coming in {file.address}")


@steer.command()
def check() -> None:
    """Check the steering file, and how many products of the published catalogue each entry reaches."""
    file = _file()
    steers = _or_fail(file.check)
    shelf = _shelf()
    if shelf is None:
        click.echo(f"{len(steers.entries)} entries are sound; no catalogue is published to look for their products")
        return
    reached = steers.reach(shelf)
    for one in steers.entries:
        missing = [name for name in one.products if name not in shelf.positions]
        note = f"; not in the catalogue: {', '.join(missing[:5])}" if missing else ""
        click.echo(f"{'✔' if reached[one.id] else '!'} {one.id}: {one.does} reaches {reached[one.id]} products{note}")


@steer.command()
@click.argument("steer_id", metavar="ID")
@click.argument("does", metavar="boost|bury|pin|hide", type=click.Choice(["boost", "bury", "pin", "hide"]))
@click.option("--product", "products", multiple=True, metavar="ID", help="A product; repeatable.")
@click.option("--where", multiple=True, metavar="NAME=VALUE", help="What holds of the products, such as brand=Acme.")
@click.option("--for-recipient", "recipient", metavar="WORD", help="Only for gifts for, such as mum.")
@click.option("--for-occasion", "occasion", metavar="WORD", help="Only for gifts to this occasion.")
@click.option("--for-like", "likes", multiple=True, metavar="WORD", help="Only where this is liked; repeatable.")
@click.option("--budget-from", metavar="SUM", help="Only where the shopper would spend at least this.")
@click.option("--budget-to", metavar="SUM", help="Only where the shopper would spend at most this.")
@click.option("--strength", metavar="0…1", help="Of a boost or a bury. Default: 0.5.")
@click.option("--author", required=True, help="Who answers for it.")
@click.option("--reason", required=True, help="Why, for whoever asks later.")
@click.option("--from", "starts", metavar="DAY", help="First day, or a moment. Default: now.")
@click.option("--until", required=True, metavar="DAY", help="Last day, or a moment.")
def add(steer_id: str, does: str, **given: Any) -> None:
    """Add an entry to the steering file; it is in force in the next turn of its time."""
    brief = {name: given[name] for name in ("recipient", "occasion", "budget_from", "budget_to") if given[name]}
    if given["likes"]:
        brief["likes"] = list(given["likes"])
    fields = {
        "id": steer_id, "do": does, "products": list(given["products"]), "where": _pairs(given["where"]),
        "for": brief, "strength": given["strength"], "author": given["author"], "reason": given["reason"],
        "from": given["starts"] or utc_now().isoformat(timespec="seconds"), "until": given["until"],
    }  # fmt: skip
    file = _file()
    steers = _or_fail(lambda: file.add(fields, now=utc_now()))
    added = steers.entries[-1]
    shelf = _shelf()
    reached = f"; it reaches {steers.reach(shelf)[steer_id]} products" if shelf else ""
    click.echo(f"added to {file.address}: {_told(added, file)}{reached}")


@steer.command()
@click.argument("steer_id", metavar="ID")
@click.option("--by", required=True, metavar="NAME", help="Who ends it.")
def end(steer_id: str, by: str) -> None:
    """End an entry now; it stays in the file, with its end."""
    file = _file()
    _or_fail(lambda: file.end(steer_id, by=by, now=utc_now()))
    click.echo(f"{steer_id} is over")


def _file() -> SteeringFile:
    from bot import settings
    from catalog.offers.delivery_settings import zone_of
    from catalog.steering.steering_file import SteeringFile
    from catalog.storage import Storage

    said = _or_fail(settings.catalog)
    zone = _or_fail(lambda: zone_of(said.time_zone))
    return SteeringFile.at(Storage.at(said.dir, cache=said.cache), said.steering, zone)


def _shelf() -> Shelf | None:
    from bot import settings
    from catalog.shelf.published import NoSnapshot, Unusable
    from catalog.shelf.shelf import Shelf
    from catalog.storage import Storage

    said = settings.catalog()
    try:
        return Shelf.open(Storage.at(said.dir, cache=said.cache))
    except (Unusable, OSError) as error:
        raise click.ClickException(str(error)) from error
    except NoSnapshot:
        return None


def _pairs(where: tuple[str, ...]) -> dict[str, str]:
    found: dict[str, str] = {}
    for pair in where:
        name, equals, value = pair.partition("=")
        if not equals or name.strip() in found:
            raise click.BadParameter(f"{pair!r} must be NAME=VALUE, each name once", param_hint="--where")
        found[name.strip()] = value.strip()
    return found


def _state(one: Steer, now: datetime) -> str:
    if one.is_on(now):
        return "in force"
    return "coming" if now < one.starts else "over"


def _local(moment: datetime, file: SteeringFile) -> str:
    """Tell a moment by the shop's clock, as the file does."""
    return f"{moment.astimezone(file.zone):%Y-%m-%d %H:%M %Z}"


def _told(one: Steer, file: SteeringFile) -> str:
    what = ", ".join(one.products[:5]) or ", ".join(f"{name}={value}" for name, value in one.where.items())
    more = f" and {len(one.products) - 5} more" if len(one.products) > 5 else ""
    span = f"{_local(one.starts, file)} to {_local(one.ends, file)}"
    return f"{one.id}: {one.does} {what}{more}, {span}, {one.author}: {one.reason}"


def _or_fail(work: Any) -> Any:
    """The work's result; an error a person can mend ends the command with its text."""
    try:
        return work()
    except (GiftbotError, OSError, ValueError, LookupError) as error:
        raise click.ClickException(str(error)) from error
