"""What the screen knows of one listing: the fact columns of the index, typed; None and empty mean unknown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any


@dataclass(frozen=True, slots=True)
class Facts:
    """One listing as the screen sees it; names and meanings are those of the index's fact columns.

    Dates are days since 1 January 1970, counted from the first day that a date can mean. ``times`` says when
    it is usually open (day, evening, weekend), ``contact`` which ways are written down, ``described`` the
    languages of its description, ``documents`` whether papers are asked (asked, none),
    ``price_note`` whether the price is explained (yes), ``anonymous`` whether one can stay so (yes, no).
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
    municipality: str | None = None
    hours: str | None = None
    coverage: str | None = None
    cost: str | None = None
    appointment: str | None = None
    referral: str | None = None
    wheelchair: str | None = None
    readiness: str | None = None
    provision: str | None = None
    documents: str | None = None
    price_note: str | None = None
    anonymous: str | None = None
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
