"""The description of a listing: the words of the feed, and under labels those that no other field takes."""

from __future__ import annotations

from collections.abc import Sequence

from importers.readers.hsds.around import Around
from importers.readers.hsds.conditions import is_told
from importers.readers.hsds.facts import is_paused, listed
from importers.readers.hsds.home import Home
from importers.readers.hsds.names import label_of
from importers.readers.hsds.staging import Item


def description(
    around: Around,
    home: Home,
    phones: Sequence[str],
    terms: Sequence[str],
    languages: Sequence[str],
    access: Sequence[str],
) -> str:
    """What the service is, and in labelled lines how to apply, whom it serves, what it is filed under."""
    service, organization = around.service, around.organization
    text = service.get("description") or service.get("short_description") or organization.get("description")
    program = around.staging.find("program", service.get("program_id"))
    areas = [row.get("name") or row.get("description") for row in around.of_service("service_area")]
    payments = [row.get("payment") for row in around.of_service("payment")]
    lines = (
        ("alert", [service.get("alert"), service.get("status") if is_paused(service) else ""]),
        ("application", [service.get("application_process")]),
        ("wait_time", [service.get("wait_time")]),
        ("capacity", [_capacity(row) for row in around.of_service("service_capacity")]),
        ("audience", [service.get("audience")]),
        ("interpretation", [service.get("interpretation_services")]),
        ("languages", languages),
        ("area", [*areas, *listed(service.get("areas"))]),
        ("payments", [*payments, *listed(service.get("payments"))]),
        ("phone", phones),
        ("programme", [program.get("name")] if program else []),
        *_place(around, text),
        ("accessibility", access),
        ("terms", terms),
    )
    labelled = [
        f"{label_of(code, home.language)}: {'; '.join(dict.fromkeys(said))}"
        for code, texts in lines
        if (said := [each for each in texts if is_told(each)])
    ]
    return "\n\n".join(filter(None, (text, "\n".join(labelled)))).replace("\\n", "\n").replace("\\r", "")


def _capacity(row: Item) -> str:
    """A row about places in its own words, where no number of it is taken."""
    return row.get("description") or "/".join(filter(None, (row.get("available"), row.get("maximum"))))


def _place(around: Around, text: str) -> list[tuple[str, list[str]]]:
    """What is said of the place and is not said already."""
    place = around.place
    if place is None:
        return []
    known = {around.service.get("name"), around.organization.get("name")}
    said = [place.get("name") if place.get("name") not in known else "", place.get("short_desc")]
    if place.get("description") not in (text, around.organization.get("description")):
        said.append(place.get("description"))
    if around.at is not None and around.at.kind == "service_at_location":
        said.append(around.at.get("description"))
    return [("place", list(dict.fromkeys(filter(None, said)))), ("transport", [place.get("transportation")])]
