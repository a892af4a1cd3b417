"""Whether a listing is to be found: it is a draft, published, paused, ended, or withdrawn by its sources."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from service.catalogue.claims import Claim, Edit, SourceRecord
from service.database.claims import DRAFT, ENDED, PAUSED, PUBLISHED, WITHDRAWN
from service.model.values import Value

STATE, ENDS_ON = "service.state", "service.ends_on"
"""The fields that people state it in; withdrawing such an edit brings the state before back."""


@dataclass(frozen=True, slots=True)
class Standing:
    """The state; ``since`` is the first day of it where that is known, ``until`` the last day of a pause."""

    state: str = PUBLISHED
    since: date | None = None
    until: date | None = None


def standing(
    claims: Mapping[str, Sequence[Claim]],
    speaking: Sequence[SourceRecord],
    live: Iterable[Edit],
    today: date,
) -> Standing:
    """The state on a day, from what is believed first.

    What all sources dropped is withdrawn, whatever anybody says. What only a source calls a draft is one
    only where every source that speaks does: joined to something published it is that. A project of which
    the last day has passed has ended.
    """
    if all(record.withdrawn_at is not None for record in speaking):
        return Standing(WITHDRAWN)
    said = claims[STATE][0] if claims.get(STATE) else None
    if said is not None and said.value in (DRAFT, PAUSED, ENDED) and not _is_only_a_part(said, speaking):
        day = said.provenance.said_on
        return Standing(str(said.value), day.earliest if day else None, _last_day(said, live))
    ends_on = last_day(claims[ENDS_ON][0].value if claims.get(ENDS_ON) else None)
    if ends_on is not None and ends_on < today:
        return Standing(ENDED, ends_on)
    return Standing()


def standing_of_one(record: SourceRecord, today: date) -> Standing:
    """The same for one record that nobody edited."""
    if record.withdrawn_at is not None:
        return Standing(WITHDRAWN)
    state, ends_on = record.values.get(STATE), last_day(record.values.get(ENDS_ON))
    if state in (DRAFT, PAUSED, ENDED):
        return Standing(str(state), record.said_on.earliest if record.said_on else None)
    return Standing(ENDED, ends_on) if ends_on is not None and ends_on < today else Standing()


def last_day(value: Value | None) -> date | None:
    """The last day that a project runs, as its field holds it."""
    return date.fromisoformat(value) if isinstance(value, str) else None


def _is_only_a_part(said: Claim, speaking: Sequence[SourceRecord]) -> bool:
    if said.provenance.kind == "edit" or said.value != DRAFT:
        return False
    return any(record.values.get(STATE) != DRAFT for record in speaking)


def _last_day(said: Claim, live: Iterable[Edit]) -> date | None:
    if said.value != PAUSED or said.provenance.kind != "edit":
        return None
    newest = max((e for e in live if e.key == STATE), key=lambda e: (e.stated_at, e.id.hex), default=None)
    return newest.until if newest else None
