"""`nabij geocoder`: the addresses of Belgium, so that a street and number get a point without any server."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import click

from importers.progress import show_progress
from importers.readers.best import best_addresses
from service.commands.ground import settings_in_force
from service.errors import NotFound, SourceError
from service.geo.address_book import FILE, AddressBook, build_address_book


@click.group("geocoder")
def geocoder_command() -> None:
    """Give listings with a street and no point the point of their address."""


@geocoder_command.command("load")
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
def load_command(files: tuple[Path, ...]) -> None:
    """Make the table of addresses anew from FILES of BeST (openaddress-bebru.zip, openaddress-bevlg.zip)."""
    path, left_out = settings_in_force().home / FILE, Counter[str]()
    with show_progress() as progress:
        addresses = best_addresses(files, progress, left_out)
        first = next(addresses, None)
        if first is None:
            raise SourceError(f"{', '.join(each.name for each in files)}: no address could be read.")
        count = build_address_book(path, (each for some in ((first,), addresses) for each in some))
    click.echo(
        f"{count} addresses, {path.stat().st_size / 1e6:.0f} MB. Give listings their points: nabij rebuild"
    )
    for reason, times in left_out.most_common():
        click.echo(f"left out: {times}, {reason}")


@geocoder_command.command("find")
@click.argument("street")
@click.argument("number")
@click.argument("postal_code")
def find_command(street: str, number: str, postal_code: str) -> None:
    """Print where STREET NUMBER, POSTAL_CODE is, and how sure that is."""
    path = settings_in_force().home / FILE
    if not path.is_file():
        raise NotFound("There is no table of addresses yet. Run: nabij geocoder load FILE")
    found = AddressBook(path).find(street, number, postal_code, None)
    if found is None:
        raise NotFound(f"There is no street {street} in {postal_code}.")
    click.echo(f"{found[0].lat:.6f} {found[0].lon:.6f} {found[1]}")
