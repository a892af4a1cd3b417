"""What somebody filled in to bring a person in, or to give them a role."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy.engine import Connection

from service.accounts.granting import organizations_named
from service.accounts.permissions import MAY_GIVE
from service.accounts.person import ROLES, Grant, Person, Role
from service.accounts.store import organization_names
from service.geo.places import gazetteer
from service.i18n.locales import DEFAULT, LOCALES
from service.i18n.messages import translator
from service.web.desk.role_names import NAMES

_LONGEST = 200  # characters of a name


@dataclass(slots=True)
class Asked:
    """The fields of the form; ``fault`` is the first that has to be looked at again: name, email, role, zone,
    organization, or which (of several organizations, in ``choices``)."""

    email: str = ""
    name: str = ""
    language: str = DEFAULT
    role: str = ""
    zone: str = ""
    words: str = ""
    organization: UUID | None = None
    choices: Mapping[UUID, str] = field(default_factory=dict)
    grant: Grant | None = None
    fault: str = ""


def read_asked(connection: Connection, person: Person, form: Mapping[str, str]) -> Asked:
    """The form as it came; ``grant`` is None as long as the role is not whole."""
    asked = Asked(
        email=form.get("email", "").strip()[:_LONGEST],
        name=form.get("name", "").strip()[:_LONGEST],
        language=form.get("language", DEFAULT),
        role=form.get("role", ""),
        zone=form.get("zone", ""),
        words=form.get("words", "").strip()[:_LONGEST],
    )
    if asked.language not in LOCALES:
        asked.language = DEFAULT
    role = next((each for each in ROLES if each == asked.role), None)
    if role is None:
        asked.fault = "role"
    elif role == "editor":
        _read_organization(connection, person, form.get("organization", ""), asked)
    else:
        _read_zone(role, asked)
    return asked


def offered_roles(person: Person, lang: str) -> list[tuple[str, str]]:
    """The roles that somebody may give, with their words."""
    t = translator(lang)
    mine = {given for own in person.grants for given in MAY_GIVE[own.role]}
    return [(role, t.gettext(NAMES[role])) for role in ROLES if role in mine]


def offered_zones(person: Person, lang: str) -> list[tuple[str, str]]:
    """The zones that somebody may give a role in, by name."""
    every = ((zone.id, zone.name(lang)) for zone in gazetteer().zones.zones)
    mine = None if person.is_administrator else {own.zone for own in person.grants if MAY_GIVE[own.role]}
    return sorted((each for each in every if mine is None or each[0] in mine), key=lambda each: each[1])


def _read_zone(role: Role, asked: Asked) -> None:
    known = {zone.id for zone in gazetteer().zones.zones}
    if role == "administrator":
        asked.grant = Grant(role)
    elif asked.zone in known:
        asked.grant = Grant(role, asked.zone)
    elif role == "reader" and not asked.zone:
        asked.grant = Grant(role)
    else:
        asked.fault = "zone"


def _read_organization(connection: Connection, person: Person, chosen: str, asked: Asked) -> None:
    zones = None if person.is_administrator else [own.zone for own in person.grants if own.zone]
    try:
        asked.organization = UUID(chosen) if chosen else None
    except ValueError:
        asked.organization = None
    if asked.organization is not None and organization_names(connection, [asked.organization]):
        asked.grant = Grant("editor", None, asked.organization)
        return
    asked.choices = organizations_named(connection, asked.words, zones)
    asked.fault = "which" if asked.choices else "organization"
