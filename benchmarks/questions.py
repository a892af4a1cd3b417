"""The requests that are measured: seven scenarios, each with as many different questions as asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from urllib.parse import urlencode
from uuid import UUID

import numpy as np

from benchmarks.words import draw_rare
from service.geo.place import Place
from service.geo.places import gazetteer
from service.model import terms

Pairs = list[tuple[str, str]]
SEARCH = "/api/v1/search"

_SENTENCES = {
    "nl": (
        "waar kan ik terecht voor {need} in {place}?",
        "ik zoek hulp: {need}, liefst gratis, in de buurt van {place}",
        "mijn cliënt uit {place} heeft dringend {need} nodig",
        "wie helpt mij met {need}?",
    ),
    "fr": (
        "où trouver {need} à {place} ?",
        "je cherche de l'aide pour {need} près de {place}, si possible gratuite",
        "ma cliente de {place} a besoin de {need} d'urgence",
        "qui peut m'aider pour {need} ?",
    ),
}


class Questions:
    """Draws questions; the same seed gives the same ones. Towns are drawn by their population."""

    def __init__(self, seed: int) -> None:
        self._rng = np.random.default_rng(seed)
        self._towns = [p for p in gazetteer().places.values() if p.kind == "municipality" and p.population]
        people = np.array([town.population or 0 for town in self._towns], float)
        self._shares = people / people.sum()
        self._needs = list(terms.needs())

    def place_only(self) -> Pairs:
        """A point somewhere in a town."""
        town = self._town()
        north, east = self._rng.normal(0, 0.015, 2)
        return [("lat", f"{town.point.lat + north:.5f}"), ("lon", f"{town.point.lon + east:.5f}")]

    def place_and_need(self) -> Pairs:
        """A town and a need of the taxonomy."""
        return [("near", self._town().name_nl), ("need", self._need())]

    def what_fits(self) -> Pairs:
        """A town, two things that matter for the person, and one of the 8 B's that has to fit."""
        pairs = [("near", self._town().name_nl), ("b", str(self._rng.choice(list(terms.values("b")))))]
        ticks = self._rng.choice(list(terms.values("situation")), 2, replace=False)
        return pairs + [("situation", str(tick)) for tick in ticks]

    def two_words_with_a_typo(self) -> Pairs:
        """Two words that people ask for, a letter missing in the first."""
        first, second = draw_rare(self._rng, self._language(), 2)
        at = int(self._rng.integers(1, len(first) - 1))
        return [("q", f"{first[:at]}{first[at + 1 :]} {second}")]

    def words_place_and_filters(self) -> Pairs:
        """Two words near a town: on the spot, in Dutch, within twenty kilometres."""
        words = " ".join(draw_rare(self._rng, self._language(), 2))
        filters = [("channel", "on_site"), ("language", "nl"), ("within_m", "20000")]
        return [("q", words), ("near", self._town().name_nl), *filters]

    def words_everywhere(self) -> Pairs:
        """Three words, no place."""
        return [("q", " ".join(draw_rare(self._rng, self._language(), 3)))]

    def sentence(self) -> Pairs:
        """A sentence as people type it, to be understood: a need, mostly a town."""
        language = self._language()
        forms = _SENTENCES[language]
        need = terms.needs()[self._need()].label(language).lower()
        place = self._town().name(language)
        return [("q", forms[int(self._rng.integers(len(forms)))].format(need=need, place=place))]

    def _town(self) -> Place:
        return self._towns[int(self._rng.choice(len(self._towns), p=self._shares))]

    def _need(self) -> str:
        return self._needs[int(self._rng.integers(len(self._needs)))]

    def _language(self) -> str:
        return ("nl", "fr")[int(self._rng.integers(2))]


SCENARIOS: Mapping[str, Callable[[Questions], Pairs]] = {
    "place only": Questions.place_only,
    "place and need": Questions.place_and_need,
    "place, a person and one of the 8 B's": Questions.what_fits,
    "two words with a typo": Questions.two_words_with_a_typo,
    "words, place and three filters": Questions.words_place_and_filters,
    "words over the whole region": Questions.words_everywhere,
    "a sentence": Questions.sentence,
}

ONE_LISTING = "one listing by id"


def draw(scenario: str, count: int, seed: int) -> list[Pairs]:
    """So many different questions of a scenario."""
    questions = Questions(seed)
    return [SCENARIOS[scenario](questions) for _ in range(count)]


def paths(scenario: str, count: int, seed: int, ids: Sequence[UUID]) -> list[str]:
    """The addresses to ask for; ``ids`` are the listings that can be asked for by id."""
    if scenario == ONE_LISTING:
        chosen = np.random.default_rng(seed).integers(0, len(ids), count)
        return [f"/api/v1/listings/{ids[int(each)]}" for each in chosen]
    return [f"{SEARCH}?{urlencode(pairs)}" for pairs in draw(scenario, count, seed)]
