"""What the screen knows of one listing: the fact columns of the index, typed; None and empty mean unknown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any


@dataclass(frozen=True, slots=True)
class Facts:
    """One listing as the screen sees it; names and meanings are those of the index's fact columns.

    Dates are days since 1 January 1970, counted from the first day that a date can mean; waits are days,
    amounts euros. A number ``…_until`` is the minute (`service.model.moments`) from which the fact beside it
    is not known any more. ``times`` says when it is usually open, ``contact`` which ways are written down,
    ``described``, ``plain`` and ``leaflets`` the languages of its description, its plain text and its
    leaflet. ``yes`` and ``no`` hold the facts that are one or the other, ``stated`` texts that are written
    down, ``disputed`` the columns and facts of which two sources say different things.
    """

    needs: tuple[str, ...] = ()
    audience: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    zone: tuple[str, ...] = ()
    serves: tuple[str, ...] = ()
    times: tuple[str, ...] = ()
    contact: tuple[str, ...] = ()
    described: tuple[str, ...] = ()
    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()
    stated: tuple[str, ...] = ()
    disputed: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    residence: tuple[str, ...] = ()
    reduced: tuple[str, ...] = ()
    extra_costs: tuple[str, ...] = ()
    exclusions: tuple[str, ...] = ()
    household: tuple[str, ...] = ()
    diet: tuple[str, ...] = ()
    interpreter: tuple[str, ...] = ()
    leaflets: tuple[str, ...] = ()
    plain: tuple[str, ...] = ()
    digital: tuple[str, ...] = ()
    training: tuple[str, ...] = ()
    municipality: str | None = None
    hours: str | None = None
    coverage: str | None = None
    cost: str | None = None
    appointment: str | None = None
    wheelchair: str | None = None
    readiness: str | None = None
    provision: str | None = None
    intake: str | None = None
    referral_by: str | None = None
    frequency: str | None = None
    intake_until: float | None = None
    wait_first: float | None = None
    wait_first_until: float | None = None
    wait_start: float | None = None
    wait_start_until: float | None = None
    places: float | None = None
    places_until: float | None = None
    valid_from: float | None = None
    valid_to: float | None = None
    amount: float | None = None
    reduced_amount: float | None = None
    door: float | None = None
    recognised_until: float | None = None
    said_on: float | None = None
    checked_on: float | None = None
    minimum_age: float | None = None
    maximum_age: float | None = None
    point: tuple[float, float] | None = None

    @classmethod
    def from_columns(cls, columns: Mapping[str, Any]) -> Facts:
        """Read the columns of an indexed document; lists become tuples, columns without use here are left."""
        known = {each.name for each in fields(cls)} & columns.keys()
        values: dict[str, Any] = {name: columns[name] for name in known}
        typed: dict[str, Any] = {n: tuple(v) if isinstance(v, list) else v for n, v in values.items()}
        return cls(**typed)
