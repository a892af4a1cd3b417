"""Stating that what a listing says is still right, without saying anything else."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict
from datetime import date, datetime
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from service.catalogue.claims import Edit
from service.catalogue.edits import check_how, check_person, fed_listing
from service.catalogue.ground import Ground, ground_of
from service.catalogue.listings import read_listing
from service.catalogue.project import project
from service.database.claims import edit as edit_table
from service.errors import BadValue
from service.model.fields import parse_key
from service.model.listing import Listing
from service.model.provenance import PROVIDER, ZONE_ROLES
from service.model.values import Value

ROLES = (*sorted(ZONE_ROLES), PROVIDER)
"""In which role somebody confirms."""


def confirm(
    connection: Connection,
    listing_id: UUID,
    keys: Collection[str] = (),
    *,
    by: str,
    why: str,
    role: str,
    now: datetime,
    how: str | None = None,
    on: date | None = None,
    ground: Ground | None = None,
) -> list[Edit]:
    """State that fields (path, or path@language; all that anybody stated when none is named) are right.

    ``how`` is the way of checking (None: not checked, only known in that role), ``on`` the day when it was
    not today. The value stays its speaker's: when that says something else later, the confirmation is of
    no value any more. Raises NotFound for the listing, BadValue for a field that nobody stated or that a
    rule derived, a way, a role or a day that cannot be.
    """
    check_person(by=by, why=why)
    check_how(how, on, now)
    if role not in ROLES:
        raise BadValue("role", role, "is not known", "one of " + ", ".join(ROLES))
    feeds = fed_listing(connection, listing_id)
    found = read_listing(connection, feeds, now=now, hidden_too=True)
    values = found.values if found else {}
    stated = _stated(found.listing, values) if found else []
    wanted = list(_wanted(keys, stated)) or stated
    edits = [
        Edit(uuid4(), listing_id, key, values[key], by, now, why, role, None, how, on, confirms=True)
        for key in wanted
    ]
    if edits:
        connection.execute(sa.insert(edit_table), [asdict(each) for each in edits])
        project(connection, [feeds], now, ground or ground_of(connection))
    return edits


def _stated(listing: Listing, values: Mapping[str, Value]) -> list[str]:
    return [key for key, who in listing.provenance.items() if who.kind != "derived" and key in values]


def _wanted(keys: Iterable[str], stated: Collection[str]) -> Iterable[str]:
    """The keys named; a path without a language stands for every language that it is said in."""
    for text in keys:
        key = parse_key(text)
        found = [
            each for each in stated if each == str(key) or (not key.language and _path(each) == key.path)
        ]
        if not found:
            raise BadValue(
                key.path, text, "is stated by nobody, so there is nothing to confirm", "nabij edit"
            )
        yield from found


def _path(key: str) -> str:
    return key.partition("@")[0]
