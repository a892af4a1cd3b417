"""Words as the readers of hours and contacts compare them: small letters, no accents, plain dashes."""

from __future__ import annotations

import html
import re
import unicodedata

LOST = "\ufffd"  # what stands for a letter that an earlier program could not read
_MOJIBAKE = re.compile("[\u00c2\u00c3\u00e2][\u0080-\u00ff\u0152-\u0192\u02c6\u02dc\u2013-\u2122]+")
_LIKE = str.maketrans(
    {
        "\u2019": "'", "\u2018": "'", "\u00b4": "'", "`": "'", "\u201b": "'",
        "\u2013": "-", "\u2014": "-", "\u2212": "-", "\u2010": "-", "\u2011": "-", "\u2012": "-",
        "\u2192": ">", "\u00bb": ">", "\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u200b": None,
        "\u00ad": None, "\ufeff": None, "\t": " ", "\r": None, "\u0153": "oe", "\u00e6": "ae", "\u00df": "ss",
        "\u2022": ";", "\u00b7": ";", "\u2026": "...", "\u2044": "/",
    }
)  # fmt: skip
_WORD = re.compile(r"[^\W\d_]+'?|'s\b|\d+|\S")


def unmangled(text: str) -> str:
    """Letters that were read in the wrong encoding put right (UTF-8 taken for Windows-1252), entities too."""
    if "&" in text:
        text = html.unescape(text)
    return _MOJIBAKE.sub(lambda found: _read_again(found.group()), text) if not text.isascii() else text


def _read_again(text: str) -> str:
    try:
        return text.encode("cp1252").decode("utf-8")
    except UnicodeError:
        pass
    try:
        return text.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return text


def fold(text: str) -> str:
    """The text in small letters, without accents, with one kind of dash and apostrophe."""
    text = unicodedata.normalize("NFKC", text.translate(_LIKE)).translate(_LIKE)
    if text.isascii():
        return text.lower()
    parts = unicodedata.normalize("NFD", text.lower())
    return "".join(letter for letter in parts if not unicodedata.combining(letter)).translate(_LIKE)


def split_words(text: str) -> tuple[str, ...]:
    """The words of a folded phrase; marks are left out."""
    return tuple(each for each in _WORD.findall(fold(text)) if each[0].isalnum() or each == "'s")
