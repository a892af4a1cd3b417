"""`nabij stops`: stops of public transport, so that a listing can say which one is nearest."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import click

from importers.readers.gtfs import gtfs_stops
from service.commands.ground import settings_in_force
from service.errors import SourceError
from service.geo.stop_table import FILE, build_stop_table


@click.group("stops")
def stops_command() -> None:
    """Say which stop of public transport is nearest to a listing."""


@stops_command.command("load")
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
def load_command(files: tuple[Path, ...]) -> None:
    """Make the table of stops anew from FILES, the GTFS zips of all operators together."""
    left_out = Counter[str]()
    stops = [stop for path in files for stop in gtfs_stops(path, left_out)]
    if not stops:
        raise SourceError(f"{', '.join(each.name for each in files)}: no stop could be read.")
    build_stop_table(settings_in_force().home / FILE, stops)
    said = Counter({True: "yes", False: "no", None: "unknown"}[each.step_free] for each in stops)
    told = ", ".join(f"{answer} {said[answer]}" for answer in ("yes", "no", "unknown"))
    click.echo(f"{len(stops)} stops of {', '.join(sorted({each.operator for each in stops}))}")
    click.echo(f"step-free: {told}")
    for reason, times in left_out.most_common():
        click.echo(f"left out: {times}, {reason}")
