"""Finds out in which encoding a text file is written, where nobody said it."""

from __future__ import annotations

import codecs
from pathlib import Path

from service.errors import SourceError

_BLOCK = 1 << 20  # bytes
_MARKS = ((codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def encoding_of(path: Path) -> str:
    """utf-8, utf-16 with its mark, else windows-1252, in which every western spreadsheet writes.

    A file that is utf-8 but for some bytes stays utf-8: its accents would all be misread otherwise. Raises
    SourceError when the file cannot be read.
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
        return "utf-8" if _is_mostly_utf8(path) else "windows-1252"
    except OSError as error:
        raise SourceError(f"{path.name} cannot be read: {error.strerror}.") from None
    return "utf-8"


def _is_mostly_utf8(path: Path) -> bool:
    """Whether more of what is no plain letter is a character of utf-8 than a byte that belongs to none."""
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    right = wrong = 0
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            text = decoder.decode(block)
            bad = text.count("\ufffd")
            wrong += bad
            right += len(text) - bad - len(text.encode("ascii", "ignore"))
    return right > wrong
