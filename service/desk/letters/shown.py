"""What a provider sees of a listing: in a letter in a few lines, on their page every fact."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date

from service.catalogue.in_words import in_words
from service.catalogue.listings import Found
from service.database.json_text import dump_json
from service.geo.places import gazetteer
from service.i18n import formats
from service.i18n.labels import field_label, language_name
from service.i18n.messages import translator
from service.i18n.week import week
from service.model.fields import fields, parse_key
from service.model.listing import Location, pick_text
from service.model.phone import format_phone

HOURS = "schedule.opening_hours"
_NOT_SHOWN = frozenset(
    ("service.remark", "service.identifiers", "service.state", "service.readiness", "location.point")
)
_IN_LETTER = (
    "service.needs", "phone.numbers", "contact.email", "contact.website", "cost_option.kind",
    "cost_option.note", "service.languages", "service.appointment", "service.audience",
)  # fmt: skip


def shown_keys(found: Found) -> list[str]:
    """The field keys that the provider reads on their page, in reading order; nothing that is secret."""
    order = {path: number for number, path in enumerate(fields())}
    keys = [parse_key(key) for key, who in found.listing.provenance.items() if who.kind != "derived"]
    seen = [key for key in keys if str(key) in found.values and key.path not in _NOT_SHOWN]
    return [str(key) for key in sorted(seen, key=lambda key: (order[key.path], key.language or ""))]


def mark_of(found: Found) -> str:
    """A mark of what is shown; another one when anything of it has changed."""
    said = {key: found.values[key] for key in shown_keys(found)}
    return hashlib.sha256(dump_json(said).encode()).hexdigest()[:16]


def name_of(found: Found, language: str) -> str:
    """The name of what is offered."""
    return pick_text(found.listing.service.name, language)[0] or found.listing.organization.name


def place_of(place: Location | None, language: str) -> str:
    """Street, number and town in one line; of a secret address the town alone."""
    if place is None:
        return ""
    street, _language = pick_text(place.street, language)
    line = " ".join(part for part in (street, place.house_number) if part)
    if line and place.box:
        line = f"{line} / {place.box}"
    known = gazetteer().municipality(place.municipality) if place.municipality else None
    town = known.name(language) if known else place.city or ""
    return ", ".join(part for part in (line, " ".join(p for p in (place.postal_code, town) if p)) if part)


def in_brief(found: Found, today: date, language: str) -> list[tuple[str, str]]:
    """What stands in a letter, name and words; what is not known is said to be not known."""
    t, listing = translator(language), found.listing
    place = place_of(listing.location, language) or t.gettext("not known")
    if listing.location and listing.location.hidden:
        kept = t.gettext("The address is kept secret. It is in no letter.")
        place = f"{place}\n{kept}"
    hours = hours_in_words(listing.opening_hours, listing.hours_text, today, language)
    rows = [
        (t.gettext("What"), name_of(found, language)),
        (t.gettext("Organisation"), listing.organization.name),
        (t.gettext("Where"), place),
        (field_label(HOURS, language), hours),
    ]
    return rows + [(field_label(path, language), _said(found, path, language)) for path in _IN_LETTER]


def in_full(found: Found, today: date, language: str) -> Iterator[tuple[str, str, str | None]]:
    """Every fact: name, words, and the language of its text where it is another than the reader's."""
    for text in shown_keys(found):
        key = parse_key(text)
        label = field_label(key.path, language)
        if key.language and key.language != language:
            label = f"{label} ({language_name(key.language, language)})"
        words = in_words(key.path, found.values[text], language)
        if key.path == HOURS:
            words = hours_in_words(found.listing.opening_hours, None, today, language)
        yield label, words, key.language if key.language != language else None


def hours_in_words(osm: str | None, otherwise: str | None, today: date, language: str) -> str:
    """The coming week, a day a line; else the words of the source, else that they are not known."""
    if not osm:
        return otherwise or translator(language).gettext("not known")
    days = week(osm, today, language)
    return "\n".join(f"{day.name}: {day.text}" + (f" ({day.note})" if day.note else "") for day in days)


def _said(found: Found, path: str, language: str) -> str:
    value = found.values.get(path)
    if value in (None, "", [], ()):
        return translator(language).gettext("not known")
    if path == "phone.numbers" and isinstance(value, list):
        return formats.listed((format_phone(str(each)) for each in value), language)
    return in_words(path, value, language)
