"""The bytes of a source as they came, kept under the data folder so that every reading can be repeated."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from service.errors import SourceError, StorageError

_BLOCK = 1 << 20  # bytes read at a time


@dataclass(frozen=True, slots=True)
class RawFile:
    """A file to read: the publisher's ``name`` for it, where its bytes lie, and how many they are."""

    name: str
    path: Path
    size_bytes: int


def look_at_raw(path: Path) -> RawFile:
    """The file where it lies, without keeping it. Raises SourceError when it cannot be read."""
    try:
        return RawFile(path.name, path, path.stat().st_size)
    except OSError as error:
        raise SourceError(f"{path} cannot be read: {error.strerror}.") from None


def keep_raw(home: Path, source_id: str, path: Path, today: date) -> RawFile:
    """Keep the bytes as ``raw/SOURCE/DATE-CHECKSUM.EXTENSION``; bytes that are there already are not doubled.

    The checksum is the first 16 digits of the SHA-256. Raises SourceError when the file cannot be read,
    StorageError when the data folder cannot take it.
    """
    folder = home / "raw" / source_id
    part = folder / f"incoming{path.suffix}.part"  # a kill leaves it, the next run overwrites it
    look_at_raw(path)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        checksum = _copy(path, part)
        kept = next(folder.glob(f"????-??-??-{checksum}{path.suffix}"), None)
        if kept is None:
            kept = folder / f"{today.isoformat()}-{checksum}{path.suffix}"
            part.replace(kept)
        else:
            part.unlink()
        return RawFile(path.name, kept, kept.stat().st_size)
    except OSError as error:
        raise StorageError(f"{path} cannot be kept under {folder}: {error.strerror}.") from None


def _copy(path: Path, part: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as source, part.open("wb") as target:
        while block := source.read(_BLOCK):
            digest.update(block)
            target.write(block)
        target.flush()
        os.fsync(target.fileno())
    return digest.hexdigest()[:16]
