"""`nabij sources`: what can be imported and how fresh it is, a new source, a template for partners."""

from __future__ import annotations

from pathlib import Path

import click

from importers.registry import sources
from importers.template.scaffold import new_source
from importers.template.write import write_template
from service.catalogue.freshness import freshness
from service.commands.ground import current_database, settings_in_force
from service.config import DATA, TIMEZONE
from service.database.session import reading

ROOT = DATA.parent
"""The folder of the project, in which a new source is laid out."""


@click.group("sources", invoke_without_command=True)
@click.pass_context
def sources_command(context: click.Context) -> None:
    """List the sources with what they say, and the publishers behind them."""
    if context.invoked_subcommand is None:
        _list_sources()


@sources_command.command("new")
@click.argument("name")
def new_command(name: str) -> None:
    """Lay out the source NAME: card, code, a sample, and a test that fails until it is written."""
    for path in new_source(name, ROOT):
        click.echo(path.relative_to(ROOT))
    click.echo("Next: put a real sample in place, make the test pass (docs/how-to/add-a-source.md).")


@sources_command.command("template")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--language", type=click.Choice(["nl", "fr"]), default="nl", help="Of its labels and help.")
def template_command(file: Path, language: str) -> None:
    """Write the table that a partner fills in: FILE ends in .xlsx (with help and choices) or .csv."""
    if file.suffix.lower() not in (".xlsx", ".csv"):
        raise click.BadParameter("it ends in .xlsx or .csv", param_hint="FILE")
    for path in write_template(file, language):
        click.echo(path)


def _list_sources() -> None:
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
