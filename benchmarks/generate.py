"""Writes a synthetic catalogue in our import format: as many listings as asked, spread like the population.

usage: python -m benchmarks.generate [--listings 100000] [--seed 1] FOLDER
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from benchmarks.words import draw
from service.geo.place import Place
from service.geo.places import gazetteer
from service.model import terms

SEED = 1
_DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
_FILLER = (6, 22)  # words that a sentence has besides its own
_PUBLISHERS = ("voorbeeld-a.example", "voorbeeld-b.example", "voorbeeld-c.example")
# Shares of listings of which something is known: those of the bundled catalogue (hours 15 %, cost 41 %,
# appointment 36 %, languages 6 %) raised to what well-kept sources say.
_KNOWN = {
    "hours": 0.55, "cost": 0.5, "appointment": 0.45, "languages": 0.35, "phone": 0.8, "email": 0.6,
    "website": 0.7, "street": 0.85, "point": 0.7, "wheelchair": 0.2, "date": 0.8, "hidden": 0.004,
}  # fmt: skip
_SPOKEN = {
    "nl": 0.3, "fr": 0.25, "en": 0.15, "ar": 0.08, "tr": 0.06, "de": 0.04, "es": 0.04, "uk": 0.03, "pl": 0.03,
    "ro": 0.02,
}  # fmt: skip
_CHANNELS = {"on_site": 0.8, "phone": 0.5, "email": 0.3, "chat": 0.03, "home_visit": 0.08, "form": 0.1}
_AREAS = {"02": 3, "03": 2, "09": 2, "016": 1, "011": 1, "050": 1, "051": 1, "056": 1, "015": 1, "053": 1}

_SENTENCES = {
    "nl": (
        "Wij helpen met {need} in {place}.", "{need} voor {audience}.", "Iedereen uit {place} is welkom.",
        "Een vrijwilliger luistert en zoekt mee naar een oplossing.", "Samen bekijken we wat mogelijk is.",
        "Bel ons of kom langs voor {need}.", "Onze medewerkers helpen met uw papieren en uw rechten.",
    ),
    "fr": (
        "Nous aidons pour {need} à {place}.", "{need} pour {audience}.", "Bienvenue à tous à {place}.",
        "Un bénévole écoute et cherche une solution avec vous.", "Ensemble nous voyons ce qui est possible.",
        "Appelez-nous ou passez pour {need}.", "Notre équipe vous aide avec vos papiers et vos droits.",
    ),
    "en": ("We help with {need} in {place}.", "{need} for {audience}.", "Call us or drop in."),
}  # fmt: skip
_ORGANIZATIONS = {
    "nl": (
        "OCMW {place}",
        "{word} vzw",
        "Huis {word}",
        "Wijkhuis {word}",
        "Stad {place}",
        "Buurtwerk {word}",
    ),
    "fr": (
        "CPAS de {place}",
        "{word} asbl",
        "Maison {word}",
        "Centre {word}",
        "Commune de {place}",
        "Entraide {word}",
    ),
}


@dataclass(frozen=True, slots=True)
class _Town:
    municipality: Place
    places: tuple[Place, ...]


def rows(listings: int, seed: int = SEED) -> Iterator[dict[str, str]]:
    """Rows of our import format, the same for the same numbers; columns are field paths."""
    rng = np.random.default_rng(seed)
    towns, shares = _towns()
    hours = [_hours(rng) for _ in range(2_000)]
    for number, town in enumerate(rng.choice(len(towns), listings, p=shares)):
        yield _row(rng, number, towns[int(town)], hours)


def write(folder: Path, listings: int, seed: int = SEED) -> Path:
    """Write ``listings.csv`` and its source card into a folder for ``nabij import``; gives the file."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "listings.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        made = rows(listings, seed)
        first = next(made)
        writer = csv.DictWriter(file, list(first))
        writer.writeheader()
        writer.writerow(first)
        writer.writerows(made)
    (folder / "source.yml").write_text(_CARD, encoding="utf-8")
    return path


_CARD = """\
id: synthetic
name: Synthetic listings for measuring
publisher: nobody
licence: CC0-1.0
attribution: Made by benchmarks.generate; none of it is real.
frequency: once
precedence: 1
format: csv
files: [listings.csv]
assertions: {minimum: 1, maximum: 10000000}
"""


@cache
def _towns() -> tuple[list[_Town], np.ndarray]:
    held: dict[str, list[Place]] = {}
    for place in gazetteer().places.values():
        if place.kind == "postal_code" and place.nis:
            held.setdefault(place.nis, []).append(place)
    wholes = [p for p in gazetteer().places.values() if p.kind == "municipality" and p.nis in held]
    towns = [_Town(p, tuple(held[p.nis or ""])) for p in wholes]
    people = np.array([town.municipality.population or 10_000 for town in towns], float)
    return towns, people / people.sum()


def _row(rng: np.random.Generator, number: int, town: _Town, hours: list[str]) -> dict[str, str]:
    place = town.places[int(rng.integers(len(town.places)))]
    in_brussels = place.region == "brussels"
    main = "fr" if in_brussels and rng.random() < 0.6 else "nl"
    needs = _needs(rng)
    audience = [
        str(code)
        for code in rng.choice(list(terms.values("audience")), int(rng.integers(1, 3)), replace=False)
    ]
    languages = [main]
    languages += [each for each, share in (("nl", 0.5), ("fr", 0.7 if in_brussels else 0.25), ("en", 0.15))
                  if each != main and rng.random() < share]  # fmt: skip
    need = terms.needs()[needs[0]]
    row = {"key": f"s{number}", "organization.name": _organization(rng, main, town.municipality)}
    row |= {f"service.name@{each}": "" for each in _SENTENCES}
    row |= {f"service.description@{each}": "" for each in _SENTENCES}
    row[f"service.name@{main}"] = f"{need.label(main)} {draw(rng, main, 1)[0]} {town.municipality.name(main)}"
    for each in languages:
        row[f"service.description@{each}"] = _description(rng, each, needs, audience, town.municipality)
    row |= {"service.needs": ";".join(needs), "service.audience": ";".join(audience)}
    return (
        row
        | _terms_of_use(rng, hours)
        | _contact(rng, number)
        | _address(rng, place, main)
        | _origin(rng, number)
    )


@cache
def _need_shares() -> tuple[list[str], np.ndarray]:
    codes = list(terms.needs())
    weights = 1 / np.arange(3, len(codes) + 3)
    return codes, weights / weights.sum()


def _needs(rng: np.random.Generator) -> list[str]:
    codes, shares = _need_shares()
    return [
        str(c)
        for c in rng.choice(codes, int(rng.choice([1, 2, 3], p=[0.6, 0.3, 0.1])), replace=False, p=shares)
    ]


def _organization(rng: np.random.Generator, language: str, municipality: Place) -> str:
    forms = _ORGANIZATIONS[language]
    name = " ".join(draw(rng, language, 2)).title()
    return forms[int(rng.integers(len(forms)))].format(place=municipality.name(language), word=name)


def _description(
    rng: np.random.Generator, language: str, needs: list[str], audience: list[str], municipality: Place
) -> str:
    forms = _SENTENCES[language]
    sentences = []
    for at in rng.choice(len(forms), int(rng.integers(1, min(4, len(forms)) + 1)), replace=False):
        need = terms.needs()[needs[int(rng.integers(len(needs)))]].label(language)
        people = terms.values("audience")[audience[0]].label(language).lower()
        sentence = forms[int(at)].format(need=need, audience=people, place=municipality.name(language))
        words = " ".join(draw(rng, language, int(rng.integers(*_FILLER))))
        sentences.append(f"{sentence} {words.capitalize()}.")
    return " ".join(sentences)


def _terms_of_use(rng: np.random.Generator, hours: list[str]) -> dict[str, str]:
    count = int(rng.integers(1, 5))
    spoken = rng.choice(list(_SPOKEN), count, replace=False, p=list(_SPOKEN.values()))
    channels = [code for code, share in _CHANNELS.items() if rng.random() < share]
    return {
        "service.channels": ";".join(channels),
        "service.languages": ";".join(map(str, spoken)) if _known(rng, "languages") else "",
        "service.appointment": _one(rng, "appointment", "appointment"),
        "service.referral_required": str(rng.choice(["", "no", "yes"], p=[0.6, 0.3, 0.1])),
        "cost_option.kind": _one(rng, "cost", "cost"),
        "schedule.opening_hours": hours[int(rng.integers(len(hours)) * rng.random())]
        if _known(rng, "hours")
        else "",
    }


def _contact(rng: np.random.Generator, number: int) -> dict[str, str]:
    areas = list(_AREAS)
    area = areas[int(rng.choice(len(areas), p=np.array(list(_AREAS.values())) / sum(_AREAS.values())))]
    # The first digit after the area is one that is given out everywhere; numbers have nine digits in all.
    phone = (
        f"{area}{'4' if len(area) == 2 else '3'}{int(rng.integers(10 ** (8 - len(area)))):0{8 - len(area)}}"
    )
    return {
        "phone.numbers": phone if _known(rng, "phone") else "",
        "contact.email": f"info@s{number}.example" if _known(rng, "email") else "",
        "contact.website": f"https://s{number}.example" if _known(rng, "website") else "",
    }


def _address(rng: np.random.Generator, place: Place, language: str) -> dict[str, str]:
    spread_km = 0.6 + ((place.population or 10_000) / 60_000) ** 0.5
    north, east = rng.normal(0, spread_km, 2) / (111.2, 70.2)  # kilometres in a degree at 51° north
    street = draw(rng, language, 1)[0].title()
    hidden, with_street, with_point = _known(rng, "hidden"), _known(rng, "street"), _known(rng, "point")
    return {
        "address.street": (f"Rue {street}" if language == "fr" else f"{street}straat") if with_street else "",
        "address.house_number": str(int(rng.integers(1, 300))) if with_street else "",
        "address.postal_code": place.postal_code or "",
        "address.municipality": place.nis or "",
        "address.hidden": "yes" if hidden else "no",
        "location.point": f"{place.point.lat + north:.6f} {place.point.lon + east:.6f}" if with_point else "",
        "location.wheelchair": _one(rng, "wheelchair", "wheelchair"),
        "service_area.coverage": str(rng.choice(list(terms.values("coverage")), p=_COVERAGE)),
    }


_COVERAGE = [0.2, 0.25, 0.4, 0.05, 0.04, 0.04, 0.02]


def _origin(rng: np.random.Generator, number: int) -> dict[str, str]:
    year, month, day = int(rng.integers(2019, 2027)), int(rng.integers(1, 9)), int(rng.integers(1, 29))
    publisher = _PUBLISHERS[int(rng.integers(len(_PUBLISHERS)))]
    return {
        "service.readiness": str(rng.choice(list(terms.values("readiness")))),
        "said_on": f"{year}-{month:02}-{day:02}" if _known(rng, "date") else "",
        "url": f"https://{publisher}/{number}",
        "publisher": publisher,
    }


def _hours(rng: np.random.Generator) -> str:
    first = int(rng.integers(0, 3))
    last = int(rng.integers(first + 1, 6))
    opens, closes = int(rng.integers(16, 21)), int(rng.integers(23, 26))
    spans = [f"{_clock(opens)}-{_clock(closes)}"]
    if rng.random() < 0.6:
        spans.append(f"{_clock(closes + 2)}-{_clock(int(rng.integers(32, 40)))}")
    rules = [f"{_DAYS[first]}-{_DAYS[last]} {','.join(spans)}"]
    if rng.random() < 0.3:
        day = _DAYS[int(rng.integers(last + 1, 7))]
        rules.append(f"{day} {_clock(int(rng.integers(18, 22)))}-{_clock(int(rng.integers(24, 34)))}")
    if rng.random() < 0.5:
        rules.append("PH off")
    return "; ".join(rules)


def _clock(half_hours: int) -> str:
    return f"{half_hours // 2:02}:{half_hours % 2 * 30:02}"


def _known(rng: np.random.Generator, what: str) -> bool:
    return bool(rng.random() < _KNOWN[what])


def _one(rng: np.random.Generator, list_name: str, what: str) -> str:
    return str(rng.choice(list(terms.values(list_name)))) if _known(rng, what) else ""


def main() -> int:
    """Write the catalogue and say where it is."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--listings", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=SEED)
    asked = parser.parse_args()
    print(write(asked.folder, asked.listings, asked.seed))
    return 0


if __name__ == "__main__":
    sys.exit(main())
