"""`nabij export`: the open part of the catalogue as files, with their licences and sources beside them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import click
import yaml

from service.commands.ground import current_database, now, settings_in_force
from service.commands.progress import counting, say
from service.config import Settings
from service.database.session import reading
from service.home import storage_error
from service.hsds.directory import Directories
from service.hsds.entries import Entry
from service.hsds.licences import PARTS
from service.opendata.dataset import describe
from service.opendata.formats import FORMATS
from service.opendata.shelf import ABOUT_PART, Shelf, sources_of

NOTICE = "SOURCES.md"


@click.command("export")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option(
    "--format", "names", multiple=True, type=click.Choice(list(FORMATS)), help="Default: every form."
)
@click.option("--part", type=click.Choice(PARTS), help="Only what may be passed on under these conditions.")
@click.option("--base", default="", help="Where this Nabij answers, as https://nabij.example.be.")
def export_command(folder: Path, names: tuple[str, ...], part: str | None, base: str) -> None:
    """Write the open part of the catalogue into FOLDER; each file is replaced when it is whole."""
    settings = settings_in_force()
    database = current_database(settings)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise storage_error(folder, error) from None
    shelf, where = Shelf(now().date(), part), base.rstrip("/") or _own_address(settings)
    with reading(database) as connection:
        directory = Directories().of(connection)
        total = len(directory.listings)
        for name in names or FORMATS:
            form = FORMATS[name]
            with counting(f"Writing {form.file}", "listings") as tell, _whole(folder / form.file) as file:
                entries = _counted(shelf.entries(connection, directory), tell, total)
                for some in form.write(entries, shelf, where):
                    file.write(some)
        sources = sources_of(connection)
    (folder / NOTICE).write_text(_notice(sources, part), encoding="utf-8")
    (folder / "catalog.ttl").write_bytes(describe(where, sources, None))
    if "csv" in (names or FORMATS):
        (folder / "source.yml").write_text(_card(sources), encoding="utf-8")
    say(f"Written to {folder}: {', '.join(FORMATS[name].file for name in names or FORMATS)}, {NOTICE}.")


@contextmanager
def _whole(path: Path) -> Iterator[BinaryIO]:
    """A file that takes the place of the one before when it is written to the end, and not earlier."""
    begun = path.with_name(f".{path.name}-{os.getpid()}")
    try:
        with begun.open("wb") as file:
            yield file
        begun.replace(path)
    except OSError as error:
        raise storage_error(path.parent, error) from None
    finally:
        begun.unlink(missing_ok=True)


def _counted(entries: Iterable[Entry], tell: Callable[[int, int], None], total: int) -> Iterator[Entry]:
    for number, entry in enumerate(entries, 1):
        tell(number, total)
        yield entry


def _own_address(settings: Settings) -> str:
    return f"http://{settings.host}:{settings.port}"


def _notice(sources: list[dict[str, str]], part: str | None) -> str:
    """Whose facts these are, and under which conditions: goes wherever the files go."""
    parts = {part: ABOUT_PART[part]} if part else ABOUT_PART
    lines = ["# Sources and licences", ""]
    lines += [f"- **{name}**: {about}" for name, about in parts.items()]
    lines += ["", "| source | publisher | licence | to be named as |", "| --- | --- | --- | --- |"]
    lines += [f"| {s['name']} | {s['publisher']} | {s['licence']} | {s['attribution']} |" for s in sources]
    return "\n".join([*lines, "", "What a licence does not allow to be passed on is left out.", ""])


def _card(sources: list[dict[str, str]]) -> str:
    """The card with which `nabij import FOLDER` reads the table back."""
    named = "; ".join(each["attribution"] for each in sources)
    card = {"id": "nabij-export", "name": "Export of Nabij", "attribution": named, "frequency": "once"}
    return yaml.safe_dump({**card, "format": "csv", "files": [FORMATS["csv"].file]}, allow_unicode=True)
