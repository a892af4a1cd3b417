"""Unpacks a zip into a folder of its own, refusing one that is broken, locked or larger than it can be."""

from __future__ import annotations

import errno
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from importers.raw import RawFile
from service.errors import SourceError, StorageError
from service.readers.zipped import BROKEN, check_zip

LIST_NAME = "list-"
"""Pages of an API whose records stand in full in members of their own: kept, and not read again."""
_BLOCK = 1 << 20  # bytes


def is_zip(path: Path) -> bool:
    """Whether the file begins as a zip does."""
    with path.open("rb") as file:
        return file.read(4) in (b"PK\x03\x04", b"PK\x05\x06")


def unpack(file: RawFile, folder: Path, only: frozenset[str] | None = None) -> Iterator[RawFile]:
    """Every member as a file in ``folder``, under a number, so that no name in the zip leads elsewhere.

    With ``only`` just the members of these names.

    Raises SourceError as check_zip does or when a member is broken, StorageError when the folder is full.
    """
    for number, member in enumerate(check_zip(file.path, file.name)):
        name = PurePosixPath(member.filename.replace("\\", "/")).name
        if name.startswith(".") or "__MACOSX" in member.filename or (only and name not in only):
            continue
        target = folder / f"{number:06}"
        try:
            with zipfile.ZipFile(file.path) as packed, packed.open(member) as source:
                size = _copy(source, target, member.file_size)
        except BROKEN as error:
            raise SourceError(f"{file.name}: {name} cannot be unpacked: {error}.") from None
        except OSError as error:
            if error.errno == errno.EINVAL:  # a place before the start of the file
                raise SourceError(f"{file.name}: {name} cannot be unpacked: {error}.") from None
            raise StorageError(f"{file.name} cannot be unpacked: {error.strerror}.") from None
        yield RawFile(name, target, size)


def _copy(source: object, target: Path, promised: int) -> int:
    size = 0
    with target.open("wb") as out:
        while block := source.read(_BLOCK):  # type: ignore[attr-defined]
            size += len(block)
            if size > promised:
                raise ValueError("it holds more than it says")
            out.write(block)
    return size
