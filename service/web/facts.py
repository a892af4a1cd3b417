"""Every fact of a listing in words, with who says it, when it was said and who checked it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from service.catalogue.claims import Claim
from service.catalogue.in_words import in_words
from service.catalogue.listings import Found
from service.i18n import formats
from service.i18n.labels import field_label, language_name
from service.i18n.messages import N_, translator
from service.model.fields import fields, parse_key
from service.model.provenance import Provenance

_NOT_FOR_READERS = ("service.remark", "service.identifiers", "service.state")

CHECKED_BY: Mapping[str, str] = {
    "phone": N_("by phone"),
    "visit": N_("on a visit"),
    "mail": N_("by mail"),
    "website": N_("on their website"),
}
"""How somebody checked a fact, in words."""

_ROLES: Mapping[str, str] = {
    "administrator": N_("Administrator"),
    "coordinator": N_("Coordinator"),
    "editor": N_("Editor of an organization"),
    "provider": N_("the organization itself"),
}
_RULES = {
    "exact": N_("worked out by us from the street and number"),
    "street": N_("worked out by us from the street"),
    "postal_code": N_("worked out by us from the postal code"),
    "municipality": N_("worked out by us from the municipality"),
}
_FROM_THE_AREA = N_("worked out by us from the area served")


@dataclass(frozen=True, slots=True)
class Voice:
    """Who says a fact, in words; ``url`` leads to where it was read."""

    speaker: str
    said: str
    checked: str
    url: str | None
    licence: str | None


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact; ``language`` is that of its text where it is one, ``others`` are statements not believed."""

    path: str
    label: str
    value: str
    language: str | None
    is_link: bool
    voice: Voice
    others: tuple[tuple[str, Voice], ...]


def facts(found: Found, today: date, language: str) -> list[Fact]:
    """The facts of a listing in reading order."""
    order = {path: number for number, path in enumerate(fields())}
    keys = [parse_key(key) for key in found.listing.provenance]
    shown = sorted(
        (key for key in keys if key.path not in _NOT_FOR_READERS),
        key=lambda key: (order[key.path], key.language or ""),
    )
    made = []
    for key in shown:
        label = field_label(key.path, language)
        if key.language and key.language != language:
            label = f"{label} ({language_name(key.language, language)})"
        who = voice(found.listing.provenance[str(key)], today, language)
        others = tuple(_others(found.others.get(str(key), ()), key.path, today, language))
        words = in_words(key.path, found.values.get(str(key)), language)
        made.append(Fact(key.path, label, words, key.language, fields()[key.path].type == "url", who, others))
    return made


def voice(provenance: Provenance, today: date, language: str) -> Voice:
    """Who stands behind a fact. Unknown age is said as unknown, and nobody's check as nobody's."""
    t = translator(language)
    said = t.gettext("age not known")
    if provenance.said_on:
        stated = formats.partial_date(provenance.said_on, language)
        said = f"{stated} ({formats.age(provenance.said_on, today, language)})"
    checked = t.gettext("nobody has checked this yet")
    if provenance.checked_on:
        checked = formats.day(provenance.checked_on, language)
        if provenance.how and provenance.kind != "derived":
            way = CHECKED_BY.get(provenance.how)
            how = t.gettext(way) if way else provenance.how
            checked = formats.listed((checked, how), language)
    speaker = provenance.speaker or t.gettext("a source that we do not name, so that people are safe there")
    if provenance.kind == "derived":
        speaker = t.gettext(_RULES.get(provenance.how or "", _FROM_THE_AREA))
        said = checked = "–"
    elif provenance.kind == "edit":
        role = _ROLES.get(provenance.speaker)
        who = t.gettext(role) if role else provenance.speaker
        speaker = t.gettext("%(who)s (correction)", who=who)
    return Voice(speaker, said, checked, provenance.url, provenance.licence)


def _others(said: tuple[Claim, ...], path: str, today: date, language: str) -> Iterator[tuple[str, Voice]]:
    for claim in said:
        yield in_words(path, claim.value, language), voice(claim.provenance, today, language)
