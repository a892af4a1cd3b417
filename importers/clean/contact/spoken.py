"""Languages as ISO 639-1 codes, in the order written, each once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from babel import Locale

from importers.clean.contact.words import is_nothing, pattern
from importers.clean.lists import DATA
from service.geo.tables import rows_of, split
from service.written.words import fold

_SPLIT = re.compile(r"[,;/|+&\n•\\]|\s[-–]\s|\.\s(?=[A-Z])")
_HYPHEN = re.compile(r"(?<=[^\W\d_.])-(?=[^\W\d_])")
_IN_BRACKETS = re.compile(r"[,/;&+]|\s-\s|\b(?:en|et|and|ou|of)\b")
_AND = re.compile(r"\s(?:en|et|and|und|ou|of|y)\s")
_LONGEST_CODE = 3  # letters of a short form, as in NL FR ENG
_BRACKETS = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_AND_OR_ENGLISH = "en"
_UNSURE = "en?"
_NAMED_IN = ("nl", "fr", "en", "de")


@dataclass
class Spoken:
    """The codes, and reasons for what was left out."""

    codes: list[str] = field(default_factory=list)
    rejects: list[str] = field(default_factory=list)


def read_languages(text: str) -> Spoken:
    """The languages of a tidied cell."""
    found = Spoken()
    if is_nothing("languages", text):
        return found
    whole = pattern("language_others", "all", "interpreter").fullmatch(fold(text).strip(" .!"))
    for item in [text] if whole else _items(text):
        if item == _UNSURE:
            found.rejects.append("en is a language or means and")
        else:
            _take(item, found)
    return found


def _items(text: str) -> list[str]:
    items: list[str] = []
    kept = _BRACKETS.sub(lambda found: f"<{_IN_BRACKETS.sub(' ', found[1])}>", text)
    parts = [piece for part in _SPLIT.split(kept) for piece in _at_hyphens(part)]
    for part in parts:
        is_short = all(len(word) <= _LONGEST_CODE for word in part.split())
        items += _short(part.split()) if is_short else [each.strip() for each in _AND.split(part)]
    return [item for item in items if item]


def _short(words: list[str]) -> list[str]:
    """Short forms side by side, as they stand; a small "en" between them is "and" where they are capitals."""
    if _AND_OR_ENGLISH not in words[1:-1]:
        return [" ".join(words)]
    others = [word for word in words if word != _AND_OR_ENGLISH]
    is_and = all(word.isupper() for word in others)
    return others if is_and else [*others, _UNSURE]


def _at_hyphens(part: str) -> list[str]:
    """NL-FR is two languages, Marokkaans-Arabisch is one."""
    name = fold(part).strip(" .")
    is_one = name in _names() or any(name in _listed(kind) for kind in _REASONS)
    return [part] if is_one or "<" in part else _HYPHEN.split(part)


def _take(item: str, found: Spoken) -> None:
    """One item: a name with perhaps a bracket; the bracket counts where it names more languages."""
    bracket = re.search(r"<([^<>]*)>", item)
    name = fold(re.sub(r"<[^<>]*>", " ", item)).strip(" .:!?*")
    codes, problem = _read(name)
    inside, _ = _read(fold(bracket[1]).strip(" .:!")) if bracket else ([], "")
    if bracket and not problem:
        problem = _interpreter(fold(bracket[1]))
    for code in [*codes, *inside]:
        if code not in found.codes:
            found.codes.append(code)
    if problem and not (bracket and inside and not name):
        found.rejects.append(problem)


def _interpreter(text: str) -> str:
    return (
        "interpreter, languages not named" if pattern("language_others", "interpreter").search(text) else ""
    )


def _read(name: str) -> tuple[list[str], str]:
    """The codes that a folded name stands for, or the reason why it has none."""
    if not name:
        return [], ""
    code = _names().get(name)
    if code:
        return [code], ""
    for kind, reason in _REASONS.items():
        if name in _listed(kind):
            return [], f"{name} {reason}" if kind != "interpreter" else reason
    short = name.split()
    if len(short) > 1 and all(len(word) <= _LONGEST_CODE and word in _names() for word in short):
        return [_names()[word] for word in short], ""
    bare = " ".join(word for word in re.split(r"[\s:]+", name) if word not in _listed("filler"))
    if bare != name:
        return _read(bare)
    words = re.split(r"[\s.]+", name)
    codes = [_names()[word] for word in words if word in _names()]
    if codes and len(codes) == len([word for word in words if word]):
        return codes, ""
    if pattern("language_others", "interpreter").search(name):
        return codes if len(words) > 1 else [], "interpreter, languages not named"
    if codes and len(codes) == len(words) - 1 and len(words) == 2:
        other = next(word for word in words if word not in _names())
        return codes, _read(other)[1]
    return [], f"{name} is not known as a language"


_REASONS = {
    "no_code": "has no ISO 639-1 code",
    "unclear": "is unclear",
    "all": "names none",
    "interpreter": "interpreter, languages not named",
}


@cache
def _listed(kind: str) -> frozenset[str]:
    rows = rows_of(DATA / "language_others.csv")
    return frozenset(fold(word) for row in rows if row["kind"] == kind for word in split(row["words"]))


@cache
def _names() -> Mapping[str, str]:
    """Every name and short form of a language that has one code only; our own list goes before Babel's."""
    found: dict[str, str] = {}
    for locale in _NAMED_IN:
        for code, name in Locale(locale).languages.items():
            if len(code) == 2:
                found.setdefault(fold(name), code)
    for row in rows_of(DATA / "language_words.csv"):
        for word in split(row["words"]):
            found[fold(word)] = row["code"]
    for kind in ("no_code", "unclear"):
        for word in _listed(kind):
            found.pop(word, None)
    return found
