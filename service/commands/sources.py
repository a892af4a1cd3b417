"""`nabij sources`: the sources that can be imported, and how fresh what they said is."""

from __future__ import annotations

import click

from importers.registry import sources
from service.catalogue.freshness import freshness
from service.commands.ground import current_database, settings_in_force
from service.config import TIMEZONE
from service.database.session import reading


@click.command("sources")
def sources_command() -> None:
    """List the sources with what they say, and the publishers behind them."""
    with reading(current_database(settings_in_force())) as connection:
        figures = freshness(connection)
    heard = {each.id: each for each in figures.sources}
    for name in sorted({*sources(), *heard}):
        if name not in heard:
            click.echo(f"{name}: not imported yet (nabij import {name})")
            continue
        each = heard[name]
        when = f"{each.heard_at.astimezone(TIMEZONE):%Y-%m-%d %H:%M}" if each.heard_at else "never"
        click.echo(
            f"{name}: {each.name}, licence {each.licence or 'not known'}, "
            f"{each.speaking} records, {each.withdrawn} withdrawn, last import {when}"
        )
    click.echo(f"published: {figures.published}, edited: {figures.edited}")
    for code, count in figures.readiness.items():
        click.echo(f"  {code}: {count}")
    for publisher in figures.publishers:
        ages = f"{publisher.oldest} to {publisher.newest}" if publisher.oldest else "no dates"
        click.echo(f"  {publisher.name}: {publisher.records} records, {ages}, {publisher.undated} undated")
