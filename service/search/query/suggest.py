"""What somebody may be about to ask: needs, places and organizations that begin, nearly, as was typed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Literal

from rapidfuzz.distance import OSA

from service.errors import IndexNotReady
from service.geo.names import fold
from service.geo.place import DETAIL, Place
from service.geo.places import Gazetteer
from service.model import terms
from service.search.engine.base import Engine, EngineQuery
from service.search.query.beginnings import SLIP, Beginnings
from service.search.query.expand import Expander
from service.search.understand.tables import need_phrases
from service.search.words.fold import tokens
from service.search.words.terms import Alternative, QueryTerm

Kind = Literal["need", "place", "organization"]

SHORTEST = 2  # letters; one says nothing yet
MOST = 8
_MOST_OF = {"need": 4, "place": 3, "organization": 3}
_SLIPS_FROM = 6  # letters of the last words of a question; a shorter one is likelier to be no place
_OF_DANGER = frozenset({"mental_health.crisis", "safety.violence", "safety.child", "safety.poisoning"})
"""Needs that are suggested only where they begin exactly as was typed: by a slip they would frighten."""
_LOOKED_AT = 40  # listings whose names are held against what was typed


@dataclass(frozen=True, slots=True)
class Suggestion:
    """``text`` is what the question becomes, ``detail`` what it is or where, both for the reader."""

    kind: Kind
    text: str
    detail: str = ""


class Suggester:
    """Suggests from the needs, the gazetteer and the index; it holds nothing of what anybody typed."""

    def __init__(self, engine: Engine, expander: Expander, gazetteer: Gazetteer) -> None:
        self._engine, self._expander, self._gazetteer = engine, expander, gazetteer
        self._needs = Beginnings((phrase.text, phrase.code) for phrase in need_phrases())
        named = ((name, place.id) for place in gazetteer.places.values() for name in _names(place))
        self._places = Beginnings(chain(named, gazetteer.exonyms()))

    def question(self, typed: str, language: str) -> list[Suggestion]:
        """At most eight ways on from the beginning of a question; an index that is away adds none."""
        if len(fold(typed)) < SHORTEST:
            return []
        places = list(self._of_places(typed, language))
        organizations = self._of_organizations(typed, language)
        # Of several words all begin the name of an organization, and but the last that of a place.
        named = [*organizations, *places] if len(typed.split()) > 1 else [*places, *organizations]
        return [*self._of_needs(typed, language), *named][:MOST]

    def places(self, typed: str, language: str) -> list[Suggestion]:
        """At most eight places that begin so: the best match, then the larger place."""
        if len(fold(typed)) < SHORTEST:
            return []
        return [_of_place(place, "", language) for place in self._best_places(typed)[:MOST]]

    def _of_needs(self, typed: str, language: str) -> list[Suggestion]:
        ranks, start = self._needs.find(typed), fold(typed)
        themes, needs = terms.themes(), terms.needs()

        def weight(code: str) -> tuple[bool, tuple[int, int], str]:
            return not fold(needs[code].label(language)).startswith(start), ranks[code], code

        sure = (code for code in ranks if ranks[code][0] != SLIP or code not in _OF_DANGER)
        best = sorted(sure, key=weight)[: _MOST_OF["need"]]
        return [
            Suggestion("need", needs[code].label(language), themes[str(needs[code].parent)].label(language))
            for code in best
        ]

    def _of_places(self, typed: str, language: str) -> Iterator[Suggestion]:
        """The last word, or the last two, may begin the name of a place: what stands before is kept."""
        words = typed.split()
        for count in (2, 1):
            last = " ".join(words[-count:])
            if len(words) < count or len(fold(last)) < 3:
                continue
            before = " ".join(words[:-count])
            found = self._best_places(last, _SLIPS_FROM)
            if found:
                yield from (_of_place(place, before, language) for place in found[: _MOST_OF["place"]])
                return

    def _best_places(self, typed: str, slips_from: int = 4) -> list[Place]:
        ranks = self._places.find(typed, slips_from)
        known = self._gazetteer.places
        by_code = typed.strip()[:1].isdigit()

        def weight(place_id: str) -> tuple[int, int, int]:
            place = known[place_id]
            return ranks[place_id][0], DETAIL[place.kind], -(place.population or 0)

        found = [known[place_id] for place_id in sorted(ranks, key=weight)]
        return [place for place in found if by_code or place.kind != "postal_code"]

    def _of_organizations(self, typed: str, language: str) -> list[Suggestion]:
        wanted = fold(typed).split()
        found: dict[str, Suggestion] = {}
        for name, town in self._named(typed, language):
            if name not in found and _holds(fold(name).split(), wanted):
                found[name] = Suggestion("organization", name, town)
            if len(found) == _MOST_OF["organization"]:
                break
        return list(found.values())

    def _named(self, typed: str, language: str) -> Iterator[tuple[str, str]]:
        """Names of organizations whose listings hold the words, the last of which may be only begun."""
        words = [
            QueryTerm(token, (Alternative(token.folded, 1.0, "exact"),), is_stop=False, is_known=False)
            for token in tokens(typed)
        ]
        try:
            query = EngineQuery(words=self._expander.words(words), limit=_LOOKED_AT)
            keys = self._engine.search(query).candidates.keys.tolist() if words else []
            bodies = self._engine.bodies(keys[:_LOOKED_AT])
        except IndexNotReady:
            return
        for body in bodies:
            if body is not None:
                names = body["municipality_names"]
                yield body["organization"], names.get(language) or names.get("nl", "")


def _names(place: Place) -> set[str]:
    return {name for name in (place.name_nl, place.name_fr, place.postal_code or "") if name}


def _of_place(place: Place, before: str, language: str) -> Suggestion:
    name = place.name(language)
    detail = place.postal_code if place.postal_code and place.postal_code not in name else ""
    return Suggestion("place", f"{before} {name}".strip(), detail)


def _holds(words: list[str], wanted: list[str]) -> bool:
    """Whether every word wanted begins a word of the name, but for one slip in a longer word."""
    return all(any(word.startswith(each) or _is_near(word, each) for word in words) for each in wanted)


def _is_near(word: str, typed: str) -> bool:
    return len(typed) >= 5 and OSA.distance(word[: len(typed)], typed, score_cutoff=1) <= 1
