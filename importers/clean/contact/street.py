"""Streets as they are written in full: abbreviations, capitals, and both names of a bilingual street."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache

from importers.clean.lists import DATA
from service.geo.tables import rows_of, split
from service.written.words import fold

_SMALL = frozenset({
    "de", "la", "le", "les", "du", "des", "d", "l", "et", "à", "aux", "au", "van", "der", "den", "het", "'t",
    "en", "ten", "ter", "te", "op", "aan", "in", "von", "sur", "sous",
})  # fmt: skip
_LONGEST_ABBREVIATION = 3  # letters; "str" alone is no street
_SLASH = re.compile(r"\s*/\s*")


@cache
def _table() -> Mapping[tuple[str, str], Mapping[str, str]]:
    found: dict[tuple[str, str], dict[str, str]] = {}
    for row in rows_of(DATA / "street_words.csv"):
        if row["short"]:
            found.setdefault((row["language"], row["kind"]), {})[fold(row["short"])] = row["full"]
    return found


@cache
def _suffixes() -> tuple[str, ...]:
    rows = rows_of(DATA / "street_words.csv")
    return tuple(fold(word) for row in rows if row["kind"] == "suffix" for word in split(row["full"]))


def is_french(street: str) -> bool:
    """Whether it begins with a French word for street."""
    words = fold(street).split()
    return bool(words) and words[0] in _table()["fr", "type"]


def looks_like_street(text: str) -> bool:
    """Whether it holds a word for street in French or Dutch."""
    if is_french(text):
        return True
    words = re.split(r"[\s/,]+", fold(text))
    long = [word.rstrip(".") for word in words if len(word) > _LONGEST_ABBREVIATION]
    return any(word.endswith(_dutch_ends()) for word in long)


@cache
def _dutch_ends() -> tuple[str, ...]:
    return tuple(end.rstrip(".") for end in (*_suffixes(), *_table()["nl", "ending"]))


@lru_cache(maxsize=20_000)
def full_street(text: str) -> str:
    """The street written out, "A / B" where two names are given."""
    parts = _SLASH.split(text.strip(" ,;-"))
    if len(parts) == 1 and " - " in text:
        halves = text.split(" - ")
        if len(halves) == 2 and is_french(halves[0]) != is_french(halves[1]):
            parts = halves
    return " / ".join(_one(part.strip(" ,;")) for part in parts if part.strip(" ,;"))


def _one(text: str) -> str:
    words = text.split()
    if not words:
        return text
    french = _table()["fr", "type"]
    is_fr = fold(words[0]) in french
    shouted = text.isupper() and len(text) > 3
    done: list[str] = []
    for number, word in enumerate(words):
        if is_fr and number == 0:
            done.append(french[fold(word)])
        else:
            done.append(_word(word, is_fr, number, shouted, len(words)))
    return " ".join(done)


def _word(word: str, is_fr: bool, number: int, shouted: bool, count: int) -> str:
    word = _saint(word, is_fr)
    folded = fold(word)
    words = _table()["fr" if is_fr else "nl", "word"]
    if folded in words and not (folded == "gr." and number):
        return words[folded]
    if not is_fr:
        word = _ending(word)
    if shouted or (number == 0 and word[:1].islower() and count >= 1):
        return _capital(word) if fold(word) not in _SMALL or number == 0 else word.lower()
    return word


def _saint(word: str, is_fr: bool) -> str:
    found = re.match(r"(?i)(st|ste)(\.-?|-)(?=\w)", word)
    if found:
        whole = ("Sainte" if found[1].lower() == "ste" else "Saint") if is_fr else "Sint"
        return f"{whole}-{word[found.end() :]}"
    if is_fr and fold(word) in ("st", "st.", "ste", "ste."):
        return "Sainte" if fold(word).startswith("ste") else "Saint"
    return word


def _ending(word: str) -> str:
    folded = fold(word)
    for short, full in _dutch_endings():
        if folded.endswith(short) and len(folded) > len(short) + 1:
            return word[: len(word) - len(short)] + full
    return word


@cache
def _dutch_endings() -> tuple[tuple[str, str], ...]:
    return tuple(sorted(_table()["nl", "ending"].items(), key=lambda item: -len(item[0])))


def _capital(word: str) -> str:
    return "-".join(
        part[:1].upper() + part[1:].lower() if len(part) > 1 else part.upper() for part in word.split("-")
    )
