"""Which place a question names, by the gazetteer."""

from __future__ import annotations

from dataclasses import replace

from service.geo.place import Place, PlaceMatch
from service.geo.places import Gazetteer
from service.search.understand.question import Reading
from service.search.understand.understood import Evidence, PlaceReading


def place_stage(gazetteer: Gazetteer, reading: Reading) -> Reading:
    """The place that the words name, with its other readings; its words can mean nothing else."""
    question = reading.question
    match = gazetteer.find(question.text, language=reading.language)
    if match is None:
        return reading
    words = question.between(*match.span)
    evidence = Evidence("place", match.because, match.place.id, "gazetteer", match.certainty)
    place, alternatives = place_readings(match, question.ui_language)
    return replace(
        reading,
        place=place,
        alternatives=alternatives,
        used=reading.used | words,
        named=reading.named | words,
        evidence=(*reading.evidence, evidence),
    )


def place_readings(match: PlaceMatch, language: str) -> tuple[PlaceReading, tuple[PlaceReading, ...]]:
    """A match of the gazetteer and its alternatives, named for a reader of ``language``."""
    others = (_reading(each, match.because, language) for each in match.alternatives)
    return _reading(match.place, match.because, language), tuple(others)


def _reading(place: Place, because: str, language: str) -> PlaceReading:
    return PlaceReading(
        place.id, place.name(language), place.kind, place.nis, place.postal_code,
        place.point.lat, place.point.lon, because,
    )  # fmt: skip
