"""``giftbot catalog history|show|diff|rollback``: what was published when, and going back."""

from __future__ import annotations

import dataclasses
import json
from collections import Counter
from typing import TYPE_CHECKING, Any

import click

from bot.clock import utc_now
from bot.errors import GiftbotError

if TYPE_CHECKING:
    from catalog.product import Product
    from catalog.publishing.comparing import Change
    from catalog.storage import Storage

SHOWN = 20


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def history(as_json: bool) -> None:
    """List the snapshots that can be gone back to, the newest first."""
    from catalog.publishing.history import history as read

    found = read(_storage())
    if as_json:
        click.echo(json.dumps([dataclasses.asdict(entry) for entry in found]))
        return
    for entry in found:
        report = entry.report
        click.echo(
            f"{'→' if entry.published else ' '} {entry.name}  {str(report.get('published_at', ''))[:16]:16}  "
            f"{report.get('products', 0):>9,} products  +{report.get('added', 0):,} ~{report.get('changed', 0):,} "
            f"-{report.get('removed', 0):,}  {report.get('rejected_count', 0):,} rejected"
            f"{'  update' if report.get('kind') == 'update' else ''}{'  forced' if report.get('forced') else ''}"
            f"{f'  UNUSABLE: {entry.trouble}' if entry.trouble else ''}"
        )
    if not found:
        click.echo("nothing was imported yet: giftbot catalog import FEED")


@click.command()
@click.argument("what")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def show(what: str, as_json: bool) -> None:
    """Show a product of the published snapshot by its id, or a snapshot by its name or number."""
    from catalog.product import ProductId
    from catalog.publishing.history import find, report_of
    from catalog.shelf.columns import Positions
    from catalog.shelf.confirmed import confirmed_day, told_on
    from catalog.shelf.published import NoSnapshot, Unusable, current_name
    from catalog.shelf.records import Records, product_of
    from catalog.shelf.soundness import sound, why_unusable

    storage, trouble = _storage(), "no product of the published snapshot has this id"
    try:
        name = current_name(storage)
        files = sound(storage, name)
        records = Records.open(files)
        at = Positions.open(files, records).get(ProductId(what))
        if at is not None:
            product = told_on(product_of(records[at]), confirmed_day(storage, name))
            _print(_product_lines(product), _product_json(product), as_json)
            return
    except Unusable as error:
        trouble = str(error)
    except (NoSnapshot, OSError) as error:
        raise click.ClickException(str(error)) from error
    try:
        meant = find(storage, what)
    except NoSnapshot as error:
        raise click.ClickException(f"{trouble}, and {error}") from error
    click.echo(f"{trouble}; this is snapshot {meant}:", err=True)
    report = dict(report_of(storage, meant))
    report.pop("rejected", None)
    unusable = why_unusable(storage, meant)
    report.update({"unusable": unusable} if unusable else {})
    _print([f"{name}: {value}" for name, value in report.items()], report, as_json)


@click.command()
@click.argument("older")
@click.argument("newer", default="current")
@click.option("--json", "as_json", is_flag=True, help="Print every change as one JSON object a line.")
def diff(older: str, newer: str, as_json: bool) -> None:
    """Say what differs between two snapshots (NEWER: the published one by default)."""
    from catalog.publishing.comparing import changes
    from catalog.publishing.history import find
    from catalog.shelf.published import NoSnapshot
    from catalog.shelf.soundness import sound

    storage = _storage()
    counted: Counter[str] = Counter()
    try:
        old, new = (sound(storage, find(storage, name)) for name in (older, newer))
        for change in changes(old, new):
            counted[change.kind] += 1
            if as_json:
                click.echo(json.dumps(_change_json(change)))
            elif counted[change.kind] <= SHOWN:
                click.echo(_change_line(change))
    except (NoSnapshot, OSError, ValueError) as error:
        raise click.ClickException(str(error)) from error
    if not as_json:
        told = ", ".join(f"{count:,} {kind}" for kind, count in counted.items())
        click.echo(f"{told} (the first {SHOWN} of each; --json lists all)" if told else "no difference")


@click.command()
@click.argument("name", required=False)
def rollback(name: str | None) -> None:
    """Publish an older snapshot again: NAME, or the one before the published."""
    from catalog.publishing.history import roll_back
    from catalog.shelf.published import NoSnapshot

    try:
        click.echo(f"published again: snapshot {roll_back(_storage(), name)}")
    except (NoSnapshot, OSError) as error:
        raise click.ClickException(str(error)) from error


def _storage() -> Storage:
    from bot import settings
    from catalog.storage import Storage

    try:
        chosen = settings.catalog()
        return Storage.at(chosen.dir, cache=chosen.cache)
    except (GiftbotError, OSError) as error:
        raise click.ClickException(str(error)) from error


def _print(lines: list[str], content: dict[str, Any], as_json: bool) -> None:
    click.echo(json.dumps(content, default=str) if as_json else "\n".join(lines))


def _product_json(product: Product) -> dict[str, Any]:
    return dataclasses.asdict(dataclasses.replace(product, attributes=dict(product.attributes)))


def _product_lines(product: Product) -> list[str]:
    offer, now = product.offer, product.offer.at(utc_now())
    lines = [
        f"{product.id}: {product.title}",
        f"price: {now.price} {offer.currency}" + (f" (was {now.was})" if now.was else "") + f", told {offer.as_of}",
        f"stock: {'in stock' if offer.in_stock else 'out of stock'}, told {offer.stock_day}",
        f"link: {product.link}",
    ]
    told = {
        "sale": offer.sale, "last day": offer.last_day, "ages": product.ages, "for": product.gender,
        "delivery": product.delivery, "margin": product.margin,
    }  # fmt: skip
    further = product.attributes.items()  # a shop may call one of them margin: both are shown
    return [*lines, *(f"{name}: {value}" for name, value in (*told.items(), *further) if value is not None)]


def _change_line(change: Change) -> str:
    product, before = change.product, change.before
    line = f"{change.kind:8} {product.id}  {product.title}"
    if before is not None and change.kind == "price":
        line += f"  {_price(before)} → {_price(product)}"
    if change.kind == "stock":
        line += "  now in stock" if product.offer.in_stock else "  now out of stock"
    return line


def _price(product: Product) -> str:
    offer = product.offer
    return f"{offer.price} {offer.currency}" + (f" (sale {offer.sale.price})" if offer.sale else "")


def _change_json(change: Change) -> dict[str, Any]:
    content: dict[str, Any] = {"kind": change.kind, "id": change.product.id, "title": change.product.title}
    if change.before is not None:
        content["before"], content["after"] = _offer_json(change.before), _offer_json(change.product)
    return content


def _offer_json(product: Product) -> dict[str, Any]:
    offer = product.offer
    sale = str(offer.sale.price) if offer.sale else None
    return {"price": str(offer.price), "currency": offer.currency, "sale_price": sale, "in_stock": offer.in_stock}
