"""What a backup says of itself: when and of what it was made, and every file in it with its checksum."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from service.errors import StorageError

FORMAT = 1
NAME = "manifest.json"
_PIECE = 1 << 20  # bytes


@dataclass(frozen=True, slots=True)
class Held:
    """One file of a backup."""

    name: str
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """A backup; ``database`` is sqlite or postgresql, ``server`` its version.

    ``revision`` is that of its tables, ``counts`` are rows by table, of the very state that was copied.
    """

    format: int
    made_at: str
    nabij: str
    database: str
    server: str
    revision: str
    counts: Mapping[str, int]
    files: tuple[Held, ...]

    def text(self) -> str:
        """As JSON."""
        return json.dumps(asdict(self), indent=1)


def read_manifest(text: str) -> Manifest:
    """The manifest that was written. Raises StorageError for one that is none, or of a later format."""
    try:
        told: dict[str, Any] = json.loads(text)
        if told["format"] > FORMAT:
            raise StorageError("This backup was made by a newer Nabij: install the newer one.")
        return Manifest(**{**told, "files": tuple(Held(**each) for each in told["files"])})
    except (ValueError, KeyError, TypeError):
        raise StorageError("This file is no backup of Nabij: its manifest cannot be read.") from None


def held(root: Path, path: Path) -> Held:
    """A file under ``root`` with its size and checksum."""
    return Held(path.relative_to(root).as_posix(), path.stat().st_size, checksum(path))


def checksum(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal digits."""
    found = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            found.update(piece)
    return found.hexdigest()
