"""The files of a data folder that a backup holds beside the database."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

KEPT = ("raw", "secret", "addresses.db", "stops.db")
"""What cannot be computed again from the database: what sources sent, the secret of forms, and the tables of
addresses and stops. Word lists and the search index are made anew."""

FOLDER = "home"


def copy_out(home: Path, staged: Path) -> None:
    """Link or copy what there is of these files into a folder; they are only ever written whole."""
    for path in _files(home):
        target = staged / FOLDER / path.relative_to(home)
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            os.link(path, target)
        except OSError:  # on another disk
            shutil.copy2(path, target)


def copy_in(staged: Path, home: Path) -> int:
    """Put the files of a backup into a data folder, each in one step; gives how many."""
    source, count = staged / FOLDER, 0
    for path in _files(source):
        target = home / path.relative_to(source)
        target.parent.mkdir(parents=True, exist_ok=True)
        part = target.with_name(f".{target.name}-{os.getpid()}")
        shutil.copy2(path, part)
        part.replace(target)
        count += 1
    return count


def _files(root: Path) -> Iterator[Path]:
    for name in KEPT:
        path = root / name
        if path.is_file():
            yield path
        elif path.is_dir():
            yield from sorted(each for each in path.rglob("*") if each.is_file() and each.name[0] != ".")
