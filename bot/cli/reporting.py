"""What an import came to, said to a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from bot.cli.rejections import print_rejections

if TYPE_CHECKING:
    from catalog.publishing.preview import Preview
    from catalog.publishing.report import ImportReport


def print_report(report: ImportReport, *, published: bool = True) -> None:
    """Say what an import came to, for a person."""
    if report.skipped:
        click.echo(f"unchanged: snapshot {report.snapshot_id}, {report.products:,} products")
        return
    done = f"published snapshot {report.snapshot_id}" if published else "would be published"
    click.echo(f"{done}: {report.products:,} products, read as {report.format} in {report.seconds:.1f} s")
    click.echo(
        f"  accepted {report.accepted:,}, added {report.added:,}, changed {report.changed:,}, "
        f"unchanged {report.unchanged:,}, removed {report.removed:,}, rejected {report.rejected_count:,}"
    )
    if report.before_trouble:
        click.echo(f"  {report.before_trouble}", err=True)
    if report.expected_rejected:
        click.echo(f"  of the rejected, {report.expected_rejected:,} expired or, in an update, are not published")
    if report.left_out:
        told = ", ".join(f"{count:,} {why.replace('_', ' ')}" for why, count in report.left_out.items())
        click.echo(f"  left out by the shop itself: {told}")
    if report.pinned_gone:
        click.echo(f"  pinned by steering, but no longer there: {', '.join(report.pinned_gone)}", err=True)
    print_rejections(report.rejected, report.rejected_count)


def print_effects(found: Preview) -> None:
    """Say what talks would find after an import that did not happen."""
    click.echo("what talks would find (products now → then):")
    for effect in found.effects:
        mark = " (asked lately)" if effect.recent else ""
        click.echo(f"  {effect.before:>7,} → {effect.after:>7,}  {effect.brief}{mark}")
    for why in found.brake:
        click.echo(f"needs --force: {why}")
    click.echo("nothing was changed")
