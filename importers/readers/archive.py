"""Unpacks a zip into a folder of its own, refusing one that is broken, locked or larger than it can be."""

from __future__ import annotations

import errno
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from importers.raw import RawFile
from service.errors import SourceError, StorageError

MAX_BYTES = 4 << 30
"""All members together; the largest feed known, of a country, has under 1 GB."""
MAX_RATIO = 200
"""Text packs to a tenth or so; only a bomb to less than a two-hundredth."""
MAX_MEMBERS = 20_000
LIST_NAME = "list-"
"""Pages of an API whose records stand in full in members of their own: kept, and not read again."""
_SMALL = 1 << 20  # bytes; under this no ratio is too much
BROKEN = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError, ValueError, IndexError,
    KeyError, OverflowError, RuntimeError,
)  # fmt: skip
"""What reading a zip ends in whose bytes were changed on the way or on purpose."""
_BLOCK = 1 << 20  # bytes


def is_zip(path: Path) -> bool:
    """Whether the file begins as a zip does."""
    with path.open("rb") as file:
        return file.read(4) in (b"PK\x03\x04", b"PK\x05\x06")


def check_zip(path: Path, name: str) -> list[zipfile.ZipInfo]:
    """The members of a zip that can be unpacked.

    Raises SourceError when it is no zip, is locked with a password, or would grow beyond all measure.
    """
    try:
        with zipfile.ZipFile(path) as packed:
            members = [each for each in packed.infolist() if not each.is_dir()]
    except (*BROKEN, OSError) as error:
        raise SourceError(f"{name} is no zip that can be read: {error}.") from None
    if len(members) > MAX_MEMBERS:
        raise SourceError(f"{name} holds {len(members)} files; at most {MAX_MEMBERS} are read.")
    if any(each.flag_bits & 1 for each in members):
        raise SourceError(f"{name} is locked with a password; send it without.")
    total = sum(each.file_size for each in members)
    bomb = next((m for m in members if m.file_size > max(_SMALL, MAX_RATIO * m.compress_size)), None)
    if total > MAX_BYTES or bomb is not None:
        raise SourceError(
            f"{name} would unpack to {total:,} bytes{f' ({bomb.filename})' if bomb else ''}; that is refused"
            f" (at most {MAX_BYTES:,} bytes, and {MAX_RATIO} times its size)."
        )
    return members


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
