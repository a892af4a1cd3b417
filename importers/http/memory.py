"""Remembers by address what was fetched, so that a publisher is only asked for what changed."""

from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path

import orjson

from importers.http.client import Known
from service.errors import StorageError


class Memory:
    """Answers of one source under ``raw/SOURCE/fetched``; ``is_kept`` False remembers nothing new."""

    def __init__(self, folder: Path, *, is_kept: bool = True) -> None:
        self._folder = folder
        self._is_kept = is_kept

    def recall(self, url: str) -> tuple[Known, Path | None]:
        """What the publisher said about the address before, and the bytes it gave; None: gone."""
        about, bytes_ = self._paths(url)
        try:
            etag, last_modified, checksum = orjson.loads(about.read_bytes())
            if _checksum(bytes_) != checksum:  # a kill between the two files
                return Known(), None
        except (OSError, ValueError):
            return Known(), None
        return Known(etag, last_modified), bytes_

    def keep(self, url: str, known: Known, path: Path) -> None:
        """Remember an answer that can be asked for conditionally. Raises StorageError on a full disk."""
        if not self._is_kept or not (known.etag or known.last_modified):
            return
        about, bytes_ = self._paths(url)
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, part := bytes_.with_suffix(".part"))
            os.replace(part, bytes_)
            about.write_bytes(orjson.dumps([known.etag, known.last_modified, _checksum(bytes_)]))
        except OSError as error:
            raise StorageError(f"{self._folder} cannot be written: {error.strerror}.") from None

    def _paths(self, url: str) -> tuple[Path, Path]:
        name = hashlib.sha256(url.encode()).hexdigest()[:32]
        return self._folder / f"{name}.json", self._folder / f"{name}.bytes"


def _checksum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
