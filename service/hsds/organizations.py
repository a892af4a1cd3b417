"""Who offers a service, as an HSDS organization."""

from __future__ import annotations

from service.hsds.entries import Entry
from service.hsds.ids import own_id
from service.hsds.known import Json, known, uri

NO_DESCRIPTION = "No description is known."
"""The standard wants a description of every organization, and no source of ours gives one."""


def organization_of(entry: Entry, attributes: list[Json] | None = None) -> Json:
    """The organization as the listing names it; with ``attributes`` also its identifiers and these."""
    it = entry.listing.organization
    record = known(
        id=str(it.id),
        name=it.name or NO_DESCRIPTION,
        alternate_name="; ".join(it.alternate_names),
        description=NO_DESCRIPTION,
        website=uri(it.website),
    )
    if attributes is None:
        return record
    identifier = it.enterprise_number and {
        "id": own_id(it.id, "enterprise_number"),
        "identifier_scheme": "BE-BCE_KBO",
        "identifier_type": "enterprise number",
        "identifier": it.enterprise_number,
    }
    return record | known(
        organization_identifiers=[identifier] if identifier else [],
        attributes=attributes,
    )
