"""Judges a zip before anything of it is unpacked: broken, locked, or larger than it can be."""

from __future__ import annotations

import struct
import zipfile
import zlib
from pathlib import Path

from service.errors import SourceError

MAX_BYTES = 4 << 30
"""All members together; the largest feed known, of a country, has under 1 GB."""
MAX_RATIO = 200
"""Text packs to a tenth or so; only a bomb to less than a two-hundredth."""
MAX_MEMBERS = 20_000
_SMALL = 1 << 20  # bytes; under this no ratio is too much
BROKEN = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError, ValueError, IndexError,
    KeyError, OverflowError, RuntimeError,
)  # fmt: skip
"""What reading a zip ends in whose bytes were changed on the way or on purpose."""


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
