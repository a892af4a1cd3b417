"""What the model of meaning sees of a text: pieces, words and pairs, and what the words stand for."""

from __future__ import annotations

import re
from collections.abc import Iterable

from service.search.understand.grams import Grams, grams_of
from service.search.words.fold import fold
from service.search.words.terms import QueryTerm

_WORD = re.compile(r"\w+")


def grams(text: str, forms: Iterable[str] = ()) -> tuple[Grams, ...]:
    """Pieces of words; words with pairs of words; and ``forms``: lemmas and parts of compounds."""
    return grams_of(_WORD.findall(fold(text)), forms)


def forms_of(words: Iterable[QueryTerm]) -> list[str]:
    """The lemmas and the parts of compounds of words that are no function words, once a word."""
    return [form for word in words if not word.is_stop for form in {each.term for each in word.alternatives}]
