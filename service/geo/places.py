"""The gazetteer: which place a text names, and which place a name or postal code means."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from rapidfuzz import fuzz, process

from service.config import DATA
from service.geo.choose import chosen_mention, rank_uses
from service.geo.mentions import Mention, Reader
from service.geo.name_index import NameIndex
from service.geo.names import fold, tokenise
from service.geo.place import Place, PlaceMatch
from service.geo.place_tables import NameUse, read_places
from service.geo.point import Point
from service.geo.words import read_words
from service.geo.zones import ZoneBook

_ALTERNATIVES = 5
_LEAD = 0.02
"""Two meanings whose weights differ by less are equally likely (population is rough)."""


class Gazetteer:
    """All places and their names, read once; answers without any other store."""

    def __init__(self, data: Path = DATA, zones: ZoneBook | None = None) -> None:
        self.zones = zones or ZoneBook(data)
        tables = read_places(data, self.zones)
        self.places: dict[str, Place] = tables.places
        self._words = read_words(data)
        self._index = NameIndex(tables.names, self._words.ordinary)

    def place(self, place_id: str) -> Place | None:
        """The place with this id."""
        return self.places.get(place_id)

    def has_name(self, name: str) -> bool:
        """Whether some place is called so."""
        return bool(self._index.exactly(fold(name)))

    def exonyms(self) -> Iterator[tuple[str, str]]:
        """What places are called in languages of other countries, folded, each with the id of the place."""
        for name in self._index.all_names():
            yield from ((name, use.place.id) for use in self._index.exactly(name) if use.use == "exonym")

    def municipality(self, nis: str) -> Place | None:
        """The municipality with this NIS code."""
        return self.places.get(f"municipality-{nis}")

    def postal_points(self) -> dict[tuple[str, str], Point]:
        """The point of each (postal code, NIS code)."""
        places = (place for place in self.places.values() if place.kind == "postal_code")
        return {(p.postal_code, p.nis): p.point for p in places if p.postal_code and p.nis}

    def lookup(self, text: str, hint: str | None = None, near: Point | None = None) -> PlaceMatch | None:
        """The place that a name or postal code means, in any usual spelling; None when it names none.

        ``hint`` is another place name, postal code or NIS code that says which of several is meant;
        ``near`` prefers the meanings close to it. Exact names go before names in a longer text, beginnings
        and misspellings.
        """
        tokens = tokenise(text)
        if not tokens:
            return None
        others = self._hinted(hint)
        name = " ".join(token.text for token in tokens)
        span = (tokens[0].start, tokens[-1].end)
        uses = self._index.exactly(name) or self._index.exactly(self._index.joined(name) or "")
        if uses:
            return self._match(uses, text, span, 0.97, others, near)
        found = self.find(text, hint=hint, near=near)
        if found:
            return found
        uses = self._index.beginning_with(name) if len(name) >= 3 else []
        if uses:
            return self._match(uses, text, span, 0.6, others, near)
        close = process.extractOne(name, self._index.all_names(), scorer=fuzz.ratio, score_cutoff=80)
        if close is None or len(name) < 4:
            return None
        return self._match(self._index.exactly(close[0]), text, span, close[1] / 125, others, near)

    def find(
        self, text: str, language: str | None = None, hint: str | None = None, near: Point | None = None
    ) -> PlaceMatch | None:
        """The place named in a question; ``language`` is the question's (ISO 639-1), where it is known.

        None when no place is named or no reading leads. Of several places the one asked for is chosen, the
        others are alternatives.
        """
        reader = Reader(self._index, self._words, text, language)
        mentions = reader.mentions()
        if not mentions:
            return None
        others = self._hinted(hint)
        ranked = [rank_uses(m.uses, language, others + _sure(mentions, m), near) for m in mentions]
        best = chosen_mention(mentions, [meanings[0][1] for meanings in ranked])
        if _is_tie(ranked[best]):
            return None
        mention, meanings = mentions[best], ranked[best]
        start, end = reader.span(mention)
        alternatives = [place for _, place in meanings[1:]]
        alternatives += [other[0][1] for i, other in enumerate(ranked) if i != best]
        place = meanings[0][1]
        return PlaceMatch(
            place=place,
            because=text[start:end],
            span=(start, end),
            certainty=_certainty(mention.certainty, meanings),
            alternatives=_distinct(alternatives, place),
        )

    def _match(
        self, uses: list[NameUse], text: str, span: tuple[int, int], certainty: float,
        others: tuple[Place, ...], near: Point | None,
    ) -> PlaceMatch | None:  # fmt: skip
        meanings = rank_uses(uses, None, others, near)
        if _is_tie(meanings):
            return None
        place = meanings[0][1]
        others_left = _distinct([other for _, other in meanings[1:]], place)
        return PlaceMatch(place, text[span[0] : span[1]], span, _certainty(certainty, meanings), others_left)

    def _hinted(self, hint: str | None) -> tuple[Place, ...]:
        if not hint:
            return ()
        by_code = self.municipality(hint)
        return (by_code,) if by_code else tuple(use.place for use in self._index.exactly(fold(hint)))


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    """The gazetteer of the project's own data, read at the first call."""
    return Gazetteer()


def _sure(mentions: list[Mention], but: Mention) -> tuple[Place, ...]:
    """What the other mentions may mean; a street's name says nothing about where one is."""
    return tuple(use.place for m in mentions if m is not but and m.worth >= 0 for use in m.uses)


def _is_tie(meanings: list[tuple[float, Place]]) -> bool:
    return len(meanings) > 1 and meanings[0][0] - meanings[1][0] < _LEAD


def _certainty(words: float, meanings: list[tuple[float, Place]]) -> float:
    """The certainty of the words, times the share of the likeliest meaning when weights are powers of ten."""
    total = sum(10 ** (weight - meanings[0][0]) for weight, _ in meanings[:_ALTERNATIVES])
    return round(words / total, 2)


def _distinct(places: list[Place], but: Place) -> tuple[Place, ...]:
    left = {place.id: place for place in places if place.id != but.id}
    return tuple(left.values())[:_ALTERNATIVES]
