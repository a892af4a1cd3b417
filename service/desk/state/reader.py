"""What a reader needs to know of a listing, and which of it is known: data/taxonomy/reader_facts.csv."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

from service.catalogue.ageing import known_at
from service.catalogue.resolve import Resolved
from service.config import DATA
from service.model.fields import LANGUAGES, fields
from service.model.provenance import Provenance
from service.model.values import Value

_HIDDEN, _CHANNELS, _ON_SITE = "address.hidden", "service.channels", "on_site"


@dataclass(frozen=True, slots=True)
class Question:
    """One row of the table: any of ``fields`` answers it; ``of_place`` is asked only of what has a place,
    ``is_key`` is one without whose answer somebody stands before a closed door."""

    code: str
    fields: tuple[str, ...]
    of_place: bool
    is_key: bool
    labels: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Answer:
    """Who answers one question of a reader about one listing: the statements behind it (none: not known)."""

    question: Question
    voices: tuple[Provenance, ...]

    @property
    def known_on(self) -> date | None:
        """The last day on which the answer is surely known to have been right."""
        return max((day for who in self.voices if (day := who.known_on)), default=None)

    @property
    def checked_on(self) -> date | None:
        """The last day on which a person checked, confirmed or stated it; None: no person did."""
        return max((day for who in self.voices if (day := _by_person_on(who))), default=None)


@cache
def questions() -> tuple[Question, ...]:
    """Every question, in the order in which a reader asks."""
    with (DATA / "taxonomy" / "reader_facts.csv").open(encoding="utf-8", newline="") as file:
        return tuple(_question(row) for row in csv.DictReader(file))


def answers(resolved: Resolved, now: datetime) -> list[Answer]:
    """One answer for every question that makes sense for a listing, at an aware moment.

    What a rule of ours derived is no answer, nor is what was stated to be not known or has expired.
    """
    values = known_at(resolved.values, resolved.expires, now)
    voices: dict[str, tuple[Provenance, ...]] = {}
    for key, value in values.items():
        who = resolved.provenance[key]
        if who.kind != "derived" and value not in ([], ""):
            path = key.partition("@")[0]
            voices[path] = (*voices.get(path, ()), who)
    return list(_answered(voices, has_place=_has_place(values)))


def _answered(voices: Mapping[str, tuple[Provenance, ...]], has_place: bool) -> Iterator[Answer]:
    for question in questions():
        if has_place or not question.of_place:
            said = tuple(who for path in question.fields for who in voices.get(path, ()))
            yield Answer(question, said)


def _has_place(values: Mapping[str, Value]) -> bool:
    """Whether there is a door to find: not where the address is secret or all goes by phone or online."""
    if values.get(_HIDDEN) is True:
        return False
    channels = values.get(_CHANNELS)
    return not isinstance(channels, list) or _ON_SITE in channels


def _by_person_on(who: Provenance) -> date | None:
    stated = who.said_on.earliest if who.kind == "edit" and who.said_on else None
    return max((day for day in (who.checked_on, who.confirmed_on, stated) if day), default=None)


def _question(row: Mapping[str, str]) -> Question:
    paths = tuple(row["fields"].split(";"))
    unknown = [path for path in paths if path not in fields()]
    assert not unknown, f"reader_facts.csv names {unknown}"
    labels = {language: row[f"label_{language}"] for language in LANGUAGES}
    return Question(row["question"], paths, row["asked"] == "place", row["key"] == "yes", labels)
