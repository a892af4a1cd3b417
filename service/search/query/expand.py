"""The words of a question as terms of the index, with forms, parts, slips of the pen and beginnings."""

from __future__ import annotations

import time
from collections.abc import Iterable

from service.search.engine.base import Alternative, Engine, Word
from service.search.words.terms import QueryTerm
from service.search.words.vocabulary import Vocabulary

RENEW_S = 60.0
"""A rebuilt index is followed at once; terms that came with a change are known after so many seconds."""


class Expander:
    """Knows the terms of one engine's index, read again when the index changes."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._vocabulary: Vocabulary | None = None
        self._seen: tuple[str, int] = ("", -1)
        self._read_at = 0.0

    def words(self, terms: Iterable[QueryTerm]) -> tuple[Word, ...]:
        """Each word with the terms of the index that may answer it; the last one may be only begun."""
        given = list(terms)
        vocabulary = self._current() if given else None
        return tuple(
            _word(term, vocabulary, is_last=term is given[-1]) for term in given if vocabulary is not None
        )

    def _current(self) -> Vocabulary:
        status = self._engine.status()
        seen = (status.generation, status.position)
        is_old = seen[0] != self._seen[0] or time.monotonic() - self._read_at > RENEW_S
        if self._vocabulary is None or (seen != self._seen and is_old):
            self._vocabulary = Vocabulary(self._engine.terms().items())
            self._seen, self._read_at = seen, time.monotonic()
        return self._vocabulary


def _word(term: QueryTerm, vocabulary: Vocabulary, *, is_last: bool) -> Word:
    found = vocabulary.expand(term, is_last)
    # A term that came after the vocabulary was read is asked for as it was typed.
    kept = tuple(Alternative(each.term, each.weight) for each in found)
    return Word(term.token.text, kept or (Alternative(term.token.folded, 1.0),))
