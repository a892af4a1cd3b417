"""How a place name is folded, so that every spelling of it meets the others."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_SAINT = {"sint", "saint", "sainte", "st", "ste", "sinte", "snt", "sankt"}
# a letter with the marks typed after it: an accent of its own, an Arabic vowel sign
_WORD = re.compile(r"(?:[^\W_][\u0300-\u036f\u064b-\u065f\u0670]*)+")
_LETTERS = str.maketrans(
    {
        "ı": "i", "ß": "ss", "ł": "l", "đ": "d", "ø": "o", "æ": "ae", "œ": "oe",
        # Arabic letters that people write for one another on a keyboard or in a hurry
        "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ة": "ه", "ؤ": "و", "ئ": "ي",
        "ک": "ك", "گ": "ك", "ڭ": "ك", "ڤ": "ف", "پ": "ب", "چ": "ش", "ـ": None,
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a text: folded, as it stood, and where (start and end in the text)."""

    text: str
    surface: str
    start: int
    end: int

    @property
    def is_capitalised(self) -> bool:
        """Whether the word begins with a capital letter."""
        return self.surface[:1].isupper()


def fold_letters(word: str) -> str:
    """One word in lower case without accents or vowel signs, look-alike letters made one."""
    if word.isascii():
        return word.lower()
    bare = "".join(c for c in unicodedata.normalize("NFKD", word.lower()) if not unicodedata.combining(c))
    return bare.translate(_LETTERS)


def fold_word(word: str) -> str:
    """One word folded; all words for *saint* become ``st``."""
    folded = fold_letters(word)
    return "st" if folded in _SAINT else folded


def tokenise(text: str) -> list[Token]:
    """The words of a text; apostrophes, hyphens and points divide them: ``d'Evere``, ``St.-Gillis``."""
    return [Token(fold_word(m.group()), m.group(), m.start(), m.end()) for m in _WORD.finditer(text)]


@lru_cache(maxsize=50_000)  # towns and streets come back from row to row
def fold(name: str) -> str:
    """A name as folded words with one blank between: ``Sint-Jans-Molenbeek`` -> ``st jans molenbeek``."""
    return " ".join(map(fold_word, _WORD.findall(name)))  # as `tokenise`, without places
