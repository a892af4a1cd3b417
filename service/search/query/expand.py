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
        if not given:
            return ()
        vocabulary, is_behind = self._current()
        return tuple(
            _word(term, vocabulary, is_last=term is given[-1], is_behind=is_behind) for term in given
        )

    def _current(self) -> tuple[Vocabulary, bool]:
        """The terms, and whether the index has changed since they were read."""
        status = self._engine.status()
        seen = (status.generation, status.position)
        is_old = seen[0] != self._seen[0] or time.monotonic() - self._read_at > RENEW_S
        if self._vocabulary is None or (seen != self._seen and is_old):
            self._vocabulary = Vocabulary(self._engine.terms().items())
            self._seen, self._read_at = seen, time.monotonic()
        return self._vocabulary, seen != self._seen


def _word(term: QueryTerm, vocabulary: Vocabulary, *, is_last: bool, is_behind: bool) -> Word:
    typed = term.token.folded
    kept = tuple(Alternative(each.term, each.weight) for each in vocabulary.expand(term, is_last))
    if not kept or (is_behind and all(each.term != typed for each in kept)):
        # It may have come after the vocabulary was read: it is asked for as it was typed too.
        kept = (Alternative(typed, 1.0), *kept)
    return Word(term.token.text, kept)
