"""People who work at the desk, for the tests of what they do there."""

from __future__ import annotations

from uuid import UUID, uuid5

from service.accounts.person import Grant, Person

_SPACE = UUID("6f1d2c3b-0000-4000-8000-000000000001")


def person(role: str = "coordinator", zone: str | None = "bxl-noord", name: str = "Noor") -> Person:
    grant = Grant(role, None if role == "administrator" else zone)
    return Person(
        uuid5(_SPACE, f"{name} {role} {zone}"), f"{name.lower()}@zone.example.be", name, "nl", (grant,)
    )


COORDINATOR = person()
ADMINISTRATOR = person("administrator")
READER = person("reader", name="Rik")
ELSEWHERE = person(zone="bxl-zuid", name="Els")
