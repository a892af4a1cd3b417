"""`nabij zones`: the zones, and official outlines loaded, compared and put in force."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import click
from sqlalchemy.engine import Connection

from service.catalogue.boundaries import (
    Outline,
    activate,
    active_generation,
    generations,
    outlines_of,
    store_generation,
)
from service.commands.ground import current_database, now, settings_in_force
from service.config import TIMEZONE
from service.database.session import reading, writing
from service.errors import SourceError
from service.geo.boundaries import MunicipalityBoundaries, read_boundaries
from service.geo.municipality_outlines import as_geojson
from service.geo.places import gazetteer
from service.geo.zone_outlines import ZoneOutlines, differences, dissolve

LEAST_KM2 = 0.05  # smaller shifts are the generalisation of the outline, not a decision of anybody


@click.group("zones")
def zones_command() -> None:
    """Care zones and primary-care zones, and the outlines drawn for them."""


@zones_command.command("list")
def list_command() -> None:
    """List the zones with the number of their municipalities."""
    for zone in gazetteer().zones.zones:
        municipalities = gazetteer().zones.municipalities_of(zone.id)
        click.echo(f"{zone.id}: {zone.name('nl')} ({zone.kind}, {len(municipalities)} municipalities)")


@zones_command.command("load")
@click.argument("file", type=click.Path(exists=True, path_type=Path))
@click.option("--source", required=True, help="Who publishes the file.")
@click.option("--licence", help="Under which licence.")
@click.option("--as-of", help="The day it describes, as in 2026-01-01.")
@click.option("--activate", "at_once", is_flag=True, help="Put it in force when it is complete.")
def load_command(file: Path, source: str, licence: str | None, as_of: str | None, at_once: bool) -> None:
    """Read official municipality boundaries (GeoJSON, shapefile), join them into zones, show what differs."""
    database = current_database(settings_in_force())
    boundaries = read_boundaries(file)
    dissolved = dissolve(boundaries, gazetteer().zones, gazetteer().postal_points())
    for note in (*dissolved.notes, *(f"repaired: {nis}" for nis in boundaries.repaired)):
        click.echo(f"note: {note}")
    with writing(database) as connection:
        _tell_differences(_in_force(connection), dissolved)
        generation = store_generation(
            connection,
            [*_outlines(dissolved), *_municipalities(boundaries)],
            name=file.stem,
            source=source,
            now=now(),
            licence=licence,
            as_of=as_of,
        )
        click.echo(f"generation: {generation} (inactive)")
        if at_once and not boundaries.is_complete:
            raise SourceError(
                f"{file} lacks {len(boundaries.missing)} municipalities; it is not put in force."
            )
        if at_once:
            _activate(connection, generation)


@zones_command.command("generations")
def generations_command() -> None:
    """List the generations of outlines that were loaded."""
    with reading(current_database(settings_in_force())) as connection:
        for each in generations(connection):
            state = "in force" if each.active else "inactive"
            loaded = f"{each.loaded_at.astimezone(TIMEZONE):%Y-%m-%d %H:%M}"
            click.echo(f"{each.id} {each.name}, {each.source}, loaded {loaded}: {state}")


@zones_command.command("differences")
@click.argument("generation", type=click.UUID)
def differences_command(generation: UUID) -> None:
    """Show what a generation changes against the outlines in force."""
    with reading(current_database(settings_in_force())) as connection:
        _tell_differences(_in_force(connection), _stored(connection, generation))


@zones_command.command("activate")
@click.argument("generation", type=click.UUID)
def activate_command(generation: UUID) -> None:
    """Put a generation in force; web processes draw it when they start next."""
    with writing(current_database(settings_in_force())) as connection:
        _activate(connection, generation)


def _activate(connection: Connection, generation: UUID) -> None:
    activate(connection, generation, now())
    click.echo(
        f"{generation} is in force. Restart nabij serve to draw it; nabij rebuild gives points without"
        " an address their municipality."
    )


def _outlines(dissolved: ZoneOutlines) -> list[Outline]:
    names = {zone.id: zone.name("nl") for zone in gazetteer().zones.zones}
    features = dissolved.to_geojson()["features"]
    geometries = {feature["properties"]["zone"]: feature["geometry"] for feature in features}
    return [Outline("zone", zone, names[zone], geometry) for zone, geometry in geometries.items()]


def _municipalities(boundaries: MunicipalityBoundaries) -> Iterator[Outline]:
    names = {
        place.nis: place.name_nl for place in gazetteer().places.values() if place.kind == "municipality"
    }
    for nis, geometry in as_geojson(boundaries):
        yield Outline("municipality", nis, names.get(nis), geometry)


def _in_force(connection: Connection) -> ZoneOutlines:
    """The generation in force, else the indicative outlines of the project."""
    active = active_generation(connection)
    return _stored(connection, active.id) if active else ZoneOutlines.from_geojson(gazetteer().zones.outlines)


def _stored(connection: Connection, generation: UUID) -> ZoneOutlines:
    kinds = {zone.id: zone.kind for zone in gazetteer().zones.zones}
    features = [
        {"properties": {"zone": code, "kind": kinds[code]}, "geometry": outline.geometry}
        for code, outline in outlines_of(connection, generation, "zone").items()
    ]
    return ZoneOutlines.from_geojson({"features": features})


def _tell_differences(old: ZoneOutlines, new: ZoneOutlines) -> None:
    found = differences(old, new, LEAST_KM2)
    for zone in found.added:
        click.echo(f"new outline: {zone}")
    for zone in found.removed:
        click.echo(f"no outline any more: {zone}")
    for move in sorted(found.moves, key=lambda each: -each.area_km2):
        click.echo(f"{move.area_km2:.2f} km²: {move.from_zone or 'no zone'} -> {move.to_zone or 'no zone'}")
    if found.is_empty:
        click.echo("nothing differs")
