"""The names of roles, for a reader."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from uuid import UUID

from sqlalchemy.engine import Connection

from service.accounts.person import Grant, Person, Role
from service.accounts.store import organization_names
from service.errors import NotFound
from service.geo.places import gazetteer
from service.i18n.messages import N_, translator

NAMES: Mapping[Role, str] = {
    "administrator": N_("Administrator"),
    "coordinator": N_("Coordinator"),
    "editor": N_("Editor of an organization"),
    "reader": N_("Professional who reads"),
}


def role_namer(lang: str, organizations: Mapping[UUID, str] | None = None) -> Callable[[Grant], str]:
    """From a grant to its words: the role, and the zone or the organization that it holds for."""
    t = translator(lang)

    def name(grant: Grant) -> str:
        words = t.gettext(NAMES[grant.role])
        if grant.zone is not None:
            return f"{words}: {_zone(grant.zone, lang)}"
        if grant.organization is not None:
            return f"{words}: {(organizations or {}).get(grant.organization, grant.organization)}"
        return words

    return name


def role_namer_of(connection: Connection, lang: str, *people: Person) -> Callable[[Grant], str]:
    """The same for the roles of these people, whose organizations are looked up."""
    ids = {each for person in people for each in person.organizations}
    return role_namer(lang, organization_names(connection, ids))


def _zone(zone_id: str, lang: str) -> str:
    try:
        return gazetteer().zones.zone(zone_id).name(lang)
    except NotFound:
        return zone_id
