"""The order of words by the alphabet of a language, where the order of code points is another."""

from __future__ import annotations

import unicodedata

_LATIN = "abcdefghijklmnopqrstuvwxyz"
_ALPHABETS = {
    "es": "abcdefghijklmnñopqrstuvwxyz",
    "pl": "aąbcćdeęfghijklłmnńoópqrsśtuvwxyzźż",
    "ro": "aăâbcdefghiîjklmnopqrsștțuvwxyz",
    "tr": "abcçdefgğhıijklmnoöpqrsştuüvwxyz",
    "uk": "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя",
}
"""As CLDR collates them; elsewhere a letter with an accent stands with the letter itself."""


def place(text: str, language: str) -> tuple[int, ...]:
    """Where a word stands among others in an alphabetical list of the language, as a key to sort by.

    Signs come before letters, and letters of another script after those of the alphabet.
    """
    alphabet = _ALPHABETS.get(language, _LATIN)
    return tuple(_position(letter, alphabet) for letter in unicodedata.normalize("NFC", text.casefold()))


def _position(letter: str, alphabet: str) -> int:
    base = letter if letter in alphabet else unicodedata.normalize("NFD", letter)[0]
    found = alphabet.find(base)
    if found >= 0:
        return found
    return len(alphabet) + ord(base) if base.isalpha() else -1
