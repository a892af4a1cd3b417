"""How a question was read and answered, for the curious: every stage with its evidence and weight."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from service.geo.places import gazetteer
from service.i18n import formats
from service.i18n.labels import language_name, term_label
from service.i18n.messages import N_, translator
from service.search.query.result import Results

_STAGES = {
    "crisis": N_("danger"),
    "language": N_("language"),
    "place": N_("place"),
    "time": N_("time"),
    "speaks": N_("language wanted"),
    "wanted": N_("language wanted"),
    "situation": N_("situation"),
    "audience": N_("who it is for"),
    "need": N_("help, by words"),
    "meaning": N_("help, by meaning"),
}
_PARTS = {
    "need": N_("helps with what is asked"),
    "text": N_("has the words of the question"),
    "distance": N_("is near"),
    "fit": N_("suits this person"),
    "fresh": N_("is recent and sure"),
}
_LISTS = {"situation": "situation", "audience": "audience", "need": "need", "meaning": "need"}


@dataclass(frozen=True, slots=True)
class Seen:
    """What one stage took for what; ``rule`` is in English, the language of the rules."""

    stage: str
    words: str
    reading: str
    rule: str
    weight: float


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the order of results, and the most it can count."""

    name: str
    words: str
    ceiling: float


@dataclass(frozen=True, slots=True)
class Explained:
    """The workings of one search; ``searched`` are the words that were looked for as they stand."""

    stages: tuple[Seen, ...]
    searched: tuple[str, ...]
    parts: tuple[Part, ...]


def explained(results: Results, language: str) -> Explained | None:
    """The workings in words; None where nobody asked for them."""
    held = results.explain
    if held is None:
        return None
    parts = tuple(
        Part(name, part_words(name, language), each["ceiling"]) for name, each in held["parts"].items()
    )
    searched = tuple(word["word"] for word in held["engine"]["words"])
    return Explained(tuple(_seen(each, language) for each in held["stages"]), searched, parts)


def part_words(name: str, language: str) -> str:
    """A part of the order in words; a part that has none keeps its name."""
    return translator(language).gettext(_PARTS.get(name, name))


def _seen(stage: dict[str, Any], language: str) -> Seen:
    name, reading = stage["stage"], stage["reading"]
    title = translator(language).gettext(_STAGES.get(name, name))
    return Seen(title, stage["words"], _reading(name, reading, language), stage["rule"], stage["weight"])


def _reading(stage: str, reading: str, language: str) -> str:
    if stage in _LISTS:
        return term_label(_LISTS[stage], reading, language)
    if stage == "place":
        place = gazetteer().place(reading)
        return place.name(language) if place else reading
    if stage in ("language", "speaks", "wanted"):
        return formats.listed((language_name(code, language) for code in reading.split()), language)
    return reading
