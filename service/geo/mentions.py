"""Where a text may be naming a place, and what in the text speaks for and against it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from service.geo.name_index import NameIndex
from service.geo.names import tokenise
from service.geo.place_tables import NameUse
from service.geo.postal_mentions import is_postal_code
from service.geo.scripts import is_arabic, variants
from service.geo.words import Words

_BREAKS = ",;:!?()"
_COMMAS = (",", "/", "&", "+")
_TOWARDS, _NEUTRAL, _AWAY = 0.6, 0.3, 0.1
"""What a mention is worth after *in* or *near*, after nothing of the kind, and after *from*."""
_CASELESS = re.compile(r"[\u0600-\u06ff]")


@dataclass(frozen=True, slots=True)
class Mention:
    """A run of tokens that may name a place.

    ``certainty`` says how surely these words are that name; ``worth`` how much the words around make it the
    place that is meant (a street name or a place come from is worth less).
    """

    start: int
    end: int
    name: str
    uses: tuple[NameUse, ...]
    certainty: float
    worth: float


class Reader:
    """Collects the mentions of one text."""

    def __init__(self, index: NameIndex, words: Words, text: str, language: str | None) -> None:
        self._index = index
        self._words = words
        self._text = text
        self._tokens = tokens = tokenise(text)
        self._language = language
        self._leans: dict[int, float] = {}
        letters = "".join(token.surface for token in tokens)
        self._has_case = not letters.isupper() and not letters.islower() and not _CASELESS.search(letters)

    def span(self, mention: Mention) -> tuple[int, int]:
        """Where the mention stands in the text."""
        return self._tokens[mention.start].start, self._tokens[mention.end - 1].end

    def mentions(self) -> list[Mention]:
        """Names as they are written; where there is none, names inflected or misspelt."""
        found = self._drop_unsupported(list(self._written()))
        return found or self._drop_unsupported(list(self._bent()))

    def _written(self) -> Iterator[Mention]:
        at = 0
        while at < len(self._tokens):
            length = self._index.longest_at(self._tokens, at)
            if not length:
                name = self._index.joined(self._tokens[at].text)
                if name:
                    yield self._mention(at, at + 1, name, 0.9)
                at += 1
                continue
            name = " ".join(token.text for token in self._tokens[at : at + length])
            if name.isdigit() and not is_postal_code(self._text, self._tokens, at, self._words):
                at += 1
                continue
            yield self._mention(at, at + length, name, 0.97)
            at += length

    def _bent(self) -> Iterator[Mention]:
        endings = self._words.endings_of(self._language)
        for at, token in enumerate(self._tokens):
            word = token.text
            if len(word) < 3 or word in self._words.resembling or word.isdigit():
                continue
            bent = next((n for n in variants(word, endings) if self._index.is_well_known(n)), None)
            near = None if bent or is_arabic(word) else self._index.nearly(word)
            if bent:
                yield self._mention(at, at + 1, bent, 0.85)
            elif near:
                yield self._mention(at, at + 1, near, 0.75)

    def _mention(self, start: int, end: int, name: str, certainty: float) -> Mention:
        worth = self._lean(start)
        self._leans[end] = worth
        if name.isdigit():
            worth += 0.2
        if self._is_street(start, end):
            worth -= 1.0
        if self._has_case and self._tokens[start].is_capitalised:
            worth += 0.1
        uses = tuple(self._index.exactly(name))
        if all(use.use == "demonym" for use in uses):
            worth -= 0.3
        return Mention(start, end, name, uses, certainty, worth)

    def _lean(self, start: int) -> float:
        """How much the words before lead to a name (in, near) or away from it (from); alike in a list."""
        at = start - 1
        is_list = at in self._leans and self._plays(self._tokens[at].text, "and")
        if is_list or (start in self._leans and self._gap(start).strip() in _COMMAS):
            return self._leans[at if is_list else start]
        at = start
        while self._plays(self._before(at), "link"):
            at -= 1
        if self._plays(self._before(at), "place"):
            return _TOWARDS
        return _AWAY if self._plays(self._before(at), "out") else _NEUTRAL

    def _gap(self, at: int) -> str:
        """The text between the token before and this one."""
        return self._text[self._tokens[at - 1].end : self._tokens[at].start] if at else ""

    def _is_break(self, at: int) -> bool:
        """Whether a sign divides this token from the one before, so that they do not go together."""
        return any(sign in _BREAKS for sign in self._gap(at))

    def _before(self, at: int) -> str:
        """The word that goes before this token, or nothing at a beginning or after a dividing sign."""
        return "" if not at or self._is_break(at) else self._tokens[at - 1].text

    def _plays(self, word: str, role: str) -> bool:
        return self._words.plays(word, role, self._language)

    def _is_street(self, start: int, end: int) -> bool:
        """``chaussée de Gand``, ``Antwerpse steenweg``: such a street may be anywhere."""
        if end < len(self._tokens) and self._plays(self._tokens[end].text, "street_after"):
            return True
        before = [token.text for token in self._tokens[max(0, start - 3) : start]]
        while before and self._plays(before[-1], "link"):
            before.pop()
        return bool(before) and self._plays(before[-1], "street")

    def _drop_unsupported(self, found: list[Mention]) -> list[Mention]:
        return [
            m
            for m in found
            if m.name not in self._words.ordinary or self._supports(m, found) >= self._needed(m)
        ]

    def _needed(self, mention: Mention) -> float:
        words = self._words
        common = words.everyday, words.function, words.names
        return 2.0 if any(mention.name in names for names in common) else 1.0

    def _supports(self, mention: Mention, found: list[Mention]) -> float:
        """How much speaks for a name that is also an ordinary word, to be compared with _needed."""
        words, start, end = self._words, mention.start, mention.end
        if end - start == len(self._tokens):
            return 4.0
        before = self._before(start)
        is_word = words.is_ordinary(mention.name, self._language)
        support = 0.0 if is_word else 1.5
        is_after_place = self._plays(before, "place") and not (is_word and mention.name in words.function)
        if self._capital_tells(mention):
            support += 2.0
        if is_after_place or self._plays(before, "out"):
            support += 2.0
        elif is_word and (self._plays(before, "noun") or self._plays(before, "verb")):
            support -= 3.0
        if end == len(self._tokens) or not start:
            support += 1.0
        if any(_touch(mention, other) and _agree(mention, other) for other in found if other is not mention):
            support += 3.0
        return support

    def _capital_tells(self, mention: Mention) -> bool:
        """Whether a capital sets the word apart: not at the beginning, in German or on a person's name."""
        is_inside = self._has_case and mention.start > 0 and self._language != "de"
        is_capital = self._tokens[mention.start].is_capitalised
        return is_inside and is_capital and mention.name not in self._words.names


def _touch(one: Mention, other: Mention) -> bool:
    """Whether at most one word stands between them: ``Haren bij Brussel``."""
    return 0 <= one.start - other.end <= 1 or 0 <= other.start - one.end <= 1


def _agree(one: Mention, other: Mention) -> bool:
    return any(
        agree(a.place.nis, a.place.region, a.place.province, b.place.nis, b.place.region, b.place.province)
        for a in one.uses
        for b in other.uses
        if a.place.id != b.place.id
    )


def agree(
    nis: str | None, region: str, province: str | None,
    other_nis: str | None, other_region: str, other_province: str | None,
) -> bool:  # fmt: skip
    """Whether two places can be one inside the other; without a NIS code it is an area or a zone."""
    if nis and other_nis:
        in_brussels = region == other_region == "brussels" and "21004" in (nis, other_nis)
        return nis == other_nis or in_brussels
    if province and other_province:
        return province == other_province
    return region == other_region
