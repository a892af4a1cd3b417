"""Finds out in which encoding a text file is written, where nobody said it."""

from __future__ import annotations

import codecs
from pathlib import Path

from service.errors import SourceError

_BLOCK = 1 << 20  # bytes
_MARKS = ((codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def encoding_of(path: Path) -> str:
    """utf-8, utf-16 with its mark, else windows-1252, in which every western spreadsheet writes.

    Raises SourceError when the file cannot be read.
    """
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        with path.open("rb") as file:
            start = file.read(_BLOCK)
            for mark, name in _MARKS:
                if start.startswith(mark):
                    return name
            while start:
                decoder.decode(start)
                start = file.read(_BLOCK)
            decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return "windows-1252"
    except OSError as error:
        raise SourceError(f"{path.name} cannot be read: {error.strerror}.") from None
    return "utf-8"
