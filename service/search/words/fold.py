"""Folding of text to plain letters, and its tokens with their places in the original."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_APOSTROPHES = "'’‘ʼʹ`´′＇"
# Letters that Unicode does not decompose, or that readers of our ten languages type in one of two ways.
_LETTERS = {
    "ß": "ss", "ẞ": "ss", "œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae", "ø": "o", "Ø": "o",
    "ł": "l", "Ł": "l", "đ": "d", "Đ": "d", "ð": "d", "Ð": "d", "þ": "th", "Þ": "th", "ı": "i",
    "й": "й", "Й": "й", "ї": "ї", "Ї": "ї",  # letters of their own, not и and і with a mark
    "ґ": "г", "Ґ": "г",
    "ٱ": "ا", "ى": "ي", "ة": "ه", "ی": "ي", "ک": "ك", "ـ": "",
}  # fmt: skip
_IGNORABLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_MARKS = "\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed"
_CHARACTER = rf"(?:[^\W_]|[{_MARKS}{_IGNORABLE}])"
_WORD = re.compile(
    # c.a.w. is one word: single letters, each followed by a dot, not part of a longer word
    rf"(?<![^\W_])[^\W\d_](?:\.[^\W\d_])+\b(?!\.[^\W_])\.?"
    rf"|[^\W_]{_CHARACTER}*(?:[{_APOSTROPHES}][^\W_]{_CHARACTER}*)*"
)
_JOINED = re.compile(rf"[^\W_]{_CHARACTER}*(?:[-‐‑][^\W_]{_CHARACTER}*)+")
_APOSTROPHE = re.compile(f"[{_APOSTROPHES}]")
# Written with an apostrophe and yet one word.
_KEPT = frozenset({"aujourdhui", "quelquun", "presquile", "prudhommes"})
_NEGATED = re.compile(rf"n[{_APOSTROPHES}]t$", re.IGNORECASE)
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a text: as written, folded, and where it stands (`text[start:end]` of the original)."""

    text: str
    folded: str
    start: int
    end: int


class _FoldTable(dict[int, str]):
    """Folded form of a code point, worked out when first met."""

    def __missing__(self, code: int) -> str:
        folded = _fold_character(chr(code))
        self[code] = folded
        return folded


def _fold_character(character: str) -> str:
    if character in _LETTERS:
        return _LETTERS[character].casefold()
    if character in _APOSTROPHES:
        return "'"
    if character in _IGNORABLE:
        return ""
    if character.isdecimal():
        return str(unicodedata.decimal(character))
    decomposed = unicodedata.normalize("NFKD", character.casefold())
    letters = "".join(each for each in decomposed if not unicodedata.combining(each))
    # a decomposition may hold capitals, letters of the table or apostrophes itself
    return letters if letters == character else "".join(_TABLE[ord(each)] for each in letters)


_TABLE = _FoldTable()


def fold(text: str) -> str:
    """Text without case, diacritics or variants of letters; spaces and punctuation stay.

    NFKD, then the letters that it leaves: ß œ æ ø ł ı, Arabic alef, ya, ta marbuta, tatweel and vowel
    signs, Cyrillic ґ and ё. Every apostrophe becomes a straight one, every digit one of 0-9. Folding twice
    changes nothing.
    """
    if text.isascii():
        return text.lower().replace("`", "'")
    return unicodedata.normalize("NFC", text).translate(_TABLE)


def fold_word(word: str) -> str:
    """One word folded, its apostrophes and dots left out: the form of index terms and of dictionary keys."""
    return fold(word).replace("'", "").replace(".", "")


def tokens(text: str) -> list[Token]:
    """The words and numbers of a text in order, without overlap.

    `c.a.w.` is one word (caw). A hyphen parts words (see `joined_tokens`). In Latin script an apostrophe
    parts too: l'aide gives l and aide, foto's gives foto and s; aujourd'hui and don't stay whole. In other
    scripts an apostrophe is part of the word (сім'я).
    """
    found = []
    for match in _WORD.finditer(text):
        word, start = match.group(), match.start()
        for folded, begin, end in _parts(word):
            found.append(Token(word[begin:end], folded, start + begin, start + end))
    return found


def folded_words(text: str) -> list[str]:
    """The folded forms of `tokens(text)`, without their places; much quicker on long texts."""
    if text.isalnum():  # one word, as most that the lists hold
        return [folded for folded, _, _ in _parts(text)]
    return [folded for word in _WORD.findall(text) for folded, _, _ in _parts(word)]


@lru_cache(maxsize=10_000)  # some 450 bytes each
def _parts(word: str) -> tuple[tuple[str, int, int], ...]:
    """What a written word consists of: the folded form and the place of each part."""
    folded = fold_word(word)
    if not folded:
        return ()
    if not _APOSTROPHE.search(word) or not _LATIN.search(word) or _NEGATED.search(word) or folded in _KEPT:
        return ((folded, 0, len(word)),)
    parts, begin = [], 0
    for apostrophe in [*_APOSTROPHE.finditer(word), None]:
        end = apostrophe.start() if apostrophe else len(word)
        if plain := fold_word(word[begin:end]):
            parts.append((plain, begin, end))
        begin = end + 1
    return tuple(parts)


def joined_tokens(text: str) -> list[Token]:
    """The hyphenated words of a text written as one: e-mail gives email, over the span of the whole."""
    found = []
    for match in _JOINED.finditer(text):
        folded = "".join(folded_words(match.group()))
        found.append(Token(match.group(), folded, match.start(), match.end()))
    return found


def fold_key(text: str) -> str:
    """The folded words of a text with single spaces: what two spellings of one name have in common."""
    return " ".join(folded_words(text))
