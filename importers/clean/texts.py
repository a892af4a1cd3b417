"""Clean-up of texts: marks of web pages and invisible characters go, spaces and line breaks become plain."""

from __future__ import annotations

import html
import re
import unicodedata

_TAG = re.compile(r"</?[a-zA-Z][^<>]*>|<!--.*?-->", re.DOTALL)
_BREAK = re.compile(r"<(?:br|/p|/li|/div|/h[1-6]|/tr)\b[^<>]*>", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:[a-zA-Z][a-zA-Z0-9]{1,30}|#\d{1,7}|#[xX][0-9a-fA-F]{1,6});")
# Zero-width and soft-hyphen characters, byte order mark; the joiners U+200C and U+200D carry meaning in some
# scripts and stay.
_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")
_SPACES = re.compile(r"[^\S\n]+")
_LINE_ENDS = re.compile(r" *\n *")
_EMPTY_LINES = re.compile(r"\n{3,}")


def plain_text(_kind: str, text: str) -> str:
    """Marks of HTML taken out, its line breaks kept, its entities written as the characters they are."""
    if "<" in text:
        text = _TAG.sub("", _BREAK.sub("\n", text))
    return html.unescape(text) if _ENTITY.search(text) else text


def composed(_kind: str, text: str) -> str:
    """Accents as one character with their letter (Unicode NFC), invisible characters taken out."""
    if text.isascii():
        return text
    return _INVISIBLE.sub("", unicodedata.normalize("NFC", text))


def spaced(kind: str, text: str) -> str:
    """Single spaces, none at the ends; a text keeps its line breaks and at most one empty line in a row."""
    if kind != "text" or ("\n" not in text and "\r" not in text):
        return " ".join(text.split())
    text = _SPACES.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n"))
    return _EMPTY_LINES.sub("\n\n", _LINE_ENDS.sub("\n", text)).strip()
