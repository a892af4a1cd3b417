"""Names the rows of a feed that belong to nothing: a fact that cannot be placed is not lost in silence."""

from __future__ import annotations

from collections.abc import Iterator

from importers.entry import Note
from importers.readers.hsds.staging import Staging

_OWNERS = (
    ("service_id", "service"), ("location_id", "location"), ("organization_id", "organization"),
    ("service_at_location_id", "service_at_location"), ("contact_id", "contact"),
)  # fmt: skip
_ALONE = frozenset({"service", "organization", "location", "program", "metadata", "attribute"})
"""Tables whose rows may stand alone, or point to tables that are left out."""
_CHILDREN = (
    "phone", "contact", "address", "postal_address", "schedule", "holiday_schedule", "service_area",
    "required_document", "language", "accessibility", "eligibility", "cost_option", "payment",
    "service_taxonomy",
)  # fmt: skip


def loose_ends(staging: Staging) -> Iterator[Note]:
    """Rows without an owner, rows whose owner is not in the feed, and owners without any service."""
    for kind in ("organization", "location"):
        for item in staging.unserved(kind):
            reason = f"no service of the feed belongs to this {kind}; it makes no listing"
            yield Note(item.file, item.row, "", item.get("name"), reason)
    for kind in _CHILDREN:
        for item in staging.loose(kind):
            yield Note(item.file, item.row, "", "", "belongs to no service, place or organization; left out")
    for via, owner in _OWNERS:
        for item, target in staging.dangling(via, owner):
            if item.kind not in _ALONE and item.kind != "service_at_location":
                yield Note(item.file, item.row, via, target, f"is the id of no {owner} in the feed; left out")
