"""What stands around one listing of a feed: the rows of its service, place and organization."""

from __future__ import annotations

from dataclasses import dataclass

from importers.readers.hsds.staging import Item, Staging


@dataclass(frozen=True, slots=True)
class Around:
    """One service at one place (or without) and where its other rows are found.

    ``at`` is the row that puts the service at the place; in HSDS 1.0 that is the service itself.
    """

    staging: Staging
    service: Item
    organization: Item
    at: Item | None = None
    place: Item | None = None

    def of_service(self, kind: str) -> list[Item]:
        """The rows of the service, those for another place left out, and of its service_at_location."""
        place_id, at_id = self.place.id if self.place else "", self.at.id if self.at else ""
        rows = [*self._of("service_at_location", at_id, kind), *self._of("service", self.service.id, kind)]
        return [
            row
            for row in _once(rows)
            if row.may_be_of("location_id", place_id) and row.may_be_of("service_at_location_id", at_id)
        ]

    def of_place(self, kind: str) -> list[Item]:
        """The rows of the place itself, those of another service there left out."""
        rows = self._of("location", self.place.id, kind) if self.place else []
        return [row for row in rows if row.may_be_of("service_id", self.service.id)]

    def both(self, kind: str) -> list[Item]:
        """The rows of the service and of the place."""
        return _once([*self.of_service(kind), *self.of_place(kind)])

    def nearest(self, kind: str) -> list[Item]:
        """The rows of service and place, else those of the contacts there, else of the organization."""
        found = self.both(kind)
        if found or kind == "contact":
            return found or self._of_organization(kind)
        contacts = self.nearest("contact")
        found = [row for contact in contacts for row in self._of("contact", contact.id, kind)]
        return found or self._of_organization(kind)

    def _of_organization(self, kind: str) -> list[Item]:
        """What is the organization's own: not that of one of its services or places."""
        rows = self._of("organization", self.organization.id, kind)
        return [row for row in rows if not row.get("service_id") and not row.get("location_id")]

    def _of(self, owner: str, id_: str, kind: str) -> list[Item]:
        return self.staging.children(kind, f"{owner}_id", id_)


def _once(rows: list[Item]) -> list[Item]:
    found = {(row.id or row.file, row.row): row for row in rows}
    return list(found.values())
