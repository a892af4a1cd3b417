"""Where sources are found: by name in the project, or as a file or folder anywhere."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType

from importers.card import CARD_NAME, read_card
from importers.recognise import Source, files_of, recognised_file, recognised_folder
from service.config import DATA
from service.errors import NotFound, SourceError

ROOTS = (DATA, Path(__file__).resolve().parent / "sources")
"""Each folder in these that holds a ``source.yml`` is a source with a name."""

CODE_NAME = "source.py"
"""The code beside the card of a source whose records need more than a mapping."""


def sources() -> Mapping[str, Source]:
    """The sources that the project knows by name, by their id.

    Raises SourceError for a card that cannot be read or an id that is used twice.
    """
    found: dict[str, Source] = {}
    for card_path in sorted(path for root in ROOTS for path in root.glob(f"*/{CARD_NAME}")):
        source = _folder(card_path.parent)
        if source.card.id in found:
            raise SourceError(f"{card_path}: the id {source.card.id} belongs to another source.")
        found[source.card.id] = source
    return found


def find_source(target: str) -> Source:
    """The source of that name, else the file or folder at that path.

    A file that a ``source.yml`` beside it speaks of stands for that whole source.
    Raises NotFound or SourceError.
    """
    named = sources()
    if target in named:
        return named[target]
    path = Path(target)
    if path.is_dir():
        return _folder(path)
    if path.is_file():
        return _file(path)
    known = ", ".join(named) or "none"
    raise NotFound(f"{target} is neither a source ({known}) nor a file or folder.")


def _folder(folder: Path) -> Source:
    if not (folder / CARD_NAME).is_file():
        return recognised_folder(folder)
    card = read_card(folder / CARD_NAME)
    code = _code(folder)
    files = tuple(folder / name for name in card.files) or files_of(folder, card.format)
    if not files and (card.feed or code):
        return Source(card, (), code)
    if not files:
        raise SourceError(f"{folder} holds no {card.format} file.")
    missing = [path.name for path in files if not path.is_file()]
    if missing:
        raise SourceError(f"{folder / CARD_NAME} names files that are not there: {', '.join(missing)}")
    return Source(card, files, code)


def _code(folder: Path) -> ModuleType | None:
    """The code of a source of the project; that of a folder from elsewhere is not run."""
    if not (folder / CODE_NAME).is_file():
        return None
    if folder.resolve().parent != ROOTS[1]:
        raise SourceError(
            f"{folder / CODE_NAME} is not run: code is only taken from importers/sources. Describe the source"
            f" with {CARD_NAME} alone, or move the folder there."
        )
    return importlib.import_module(f"importers.sources.{folder.name}.source")


def source_as(source_id: str, path: str) -> Source:
    """A file or folder of a publisher read as the source of that name; NotFound when it is not there."""
    named = sources()
    if source_id not in named:
        raise NotFound(f"{source_id} is no source ({', '.join(named)}).")
    where, source = Path(path), named[source_id]
    if not where.exists():
        raise NotFound(f"{path} is neither a file nor a folder.")
    files = files_of(where, source.card.format) if where.is_dir() else (where,)
    return Source(source.card, files, source.code)


def _file(path: Path) -> Source:
    if (path.parent / CARD_NAME).is_file():
        source = _folder(path.parent)
        # All files of the source: with one of several read alone, the records of the others would look gone.
        if any(each.samefile(path) for each in source.files):
            return source
    return recognised_file(path)
