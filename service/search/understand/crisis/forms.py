"""The forms of the lists that a typed word can stand for: itself, a beginning, a slip of the pen."""

from __future__ import annotations

import re
from functools import cache

from rapidfuzz.distance import OSA

from service.search.understand.crisis.lexicon import lexicon

_SHORTEST_SLIP = 6  # letters; a shorter word is one slip away from too many others
_SHORTEST_STEM = 7  # a beginning is less of a word
_LONG = 9  # letters from which two slips are forgiven in a whole word
_PLAIN = "plain"
_HEAD = 3  # letters at the beginning that must be right for that
_RUN = re.compile(r"(.)\1{2,}")
_ARABIC = re.compile(r"[\u0600-\u06ff]")
# And, so, with, for, like, the: written together with the word that follows.
_PREFIXES = ("وال", "بال", "فال", "كال", "لل", "ال", "و", "ف", "ب", "ل", "ه")
_DISGUISES = {"0": "o", "1": "i", "4": "a", "@": "a", "$": "s", "!": "i", "*": "\u200d", "#": "\u200d"}
_DISGUISED = re.compile(r"(?<=[a-z])[014@$!*#](?=[a-z])", re.IGNORECASE)


def undisguised(text: str) -> str:
    """The text with letters in place of the signs that hide a word (su1cide, z*lfmoord), of equal length."""
    if text.isalpha():
        return text
    return _DISGUISED.sub(lambda found: _DISGUISES[found.group()], text)


def keys(word: str) -> list[str]:
    """The keys of the lists that a folded word can stand for."""
    found = _plain(word)
    if _ARABIC.match(word):
        for prefix in _PREFIXES:
            if word.startswith(prefix) and len(word) > len(prefix) + 1:
                found += _plain(word[len(prefix) :])
    elif _RUN.search(word):
        found += _plain(_RUN.sub(r"\1\1", word)) + _plain(_RUN.sub(r"\1", word))
    if len(word) >= _SHORTEST_SLIP:
        found += [key for key in _slips(word) if key not in found]
    return found


def _plain(word: str) -> list[str]:
    lists = lexicon()
    found = [word] if word in lists.words else []
    length = len(word)
    for size, stems in lists.stems.items():
        if size > length:
            break
        if word[:size] in stems:
            found.append(word[:size] + "*")
    return found


@cache
def _slip_index() -> dict[str, list[tuple[str, str]]]:
    """Words that may be misspelt, by their first three letters, and by the first with the next three."""
    index: dict[str, list[tuple[str, str]]] = {}
    for word, key in lexicon().slips.items():
        if len(word) >= (_SHORTEST_STEM if key.endswith("*") else _SHORTEST_SLIP):
            for part in {word[:_HEAD], f"{word[0]}-{word[_HEAD : _HEAD + 3]}"}:
                index.setdefault(part, []).append((word, key))
    return index


def _slips(word: str) -> list[str]:
    """One slip, two in a long word; the first letter is right, as it nearly always is."""
    index = _slip_index()
    near = list(index.get(word[:_HEAD], ()))
    for shift in (_HEAD - 1, _HEAD, _HEAD + 1):
        near += index.get(f"{word[0]}-{word[shift : shift + 3]}", ())
    if not near or _is_plain(word):
        return []
    return [key for known, key in near if _is_slip(word, known, key)]


def _is_slip(word: str, known: str, key: str) -> bool:
    size = len(known)
    most = 2 if size >= _LONG and word[:_HEAD] == known[:_HEAD] else 1
    if abs(len(word) - size) <= most and OSA.distance(word, known, score_cutoff=most) <= most:
        return True
    # The end of a beginning must be right, or any word that only begins alike would do.
    return key.endswith("*") and any(
        begin.endswith(known[-2:]) and OSA.distance(begin, known, score_cutoff=1) <= 1
        for begin in (word[: size + more] for more in (-1, 0, 1))
    )


def _is_plain(word: str) -> bool:
    """Whether the lists name this word as one that only looks like a slip (Matratze is no maltrato)."""
    children = lexicon().root.children
    return any(
        group == _PLAIN for key in _plain(word) if key in children for _, group in children[key].groups
    )
