"""From everything that was said about a listing to what we believe, and per field who says so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from service.catalogue.ageing import AGEING, expiry_of_edit, expiry_of_record
from service.catalogue.claims import Claim, Edit, SourceRecord
from service.catalogue.contradictions import disputed
from service.catalogue.other_names import other_names
from service.catalogue.state import ENDS_ON, Standing, last_day, standing, standing_of_one
from service.config import TIMEZONE
from service.model.dates import PartialDate
from service.model.provenance import LADDER, Provenance
from service.model.values import Value

HIDDEN = "address.hidden"
_ALSO_CALLED = Provenance("derived", "other_names", how="other_names")


@dataclass(frozen=True, slots=True)
class Resolved:
    """What we believe.

    ``values`` and ``provenance`` are by field key; a key with provenance and no value was stated to be not
    known. ``others`` are the statements that lost, best first. ``contradictions`` are fields that a
    person states or confirms and a source, heard since, states otherwise. ``source_ids`` name who speaks,
    best first. ``organization_key`` tells the organizations of one source apart: the source with the
    enterprise number, else the name, as the most believed record says it (an edit corrects it and does not
    make another one). ``changed_at`` is when the last claim was made or withdrawn, ``recheck_on`` the first
    day after an edit or a project. ``expires`` are the facts that age with the moment from which they are
    not known any more, ``disputed`` the fields of which two sources say different things and no person has
    said which. ``standing`` is whether it is to be found.
    """

    values: Mapping[str, Value]
    provenance: Mapping[str, Provenance]
    others: Mapping[str, tuple[Claim, ...]] = field(default_factory=dict)
    contradictions: tuple[str, ...] = ()
    withdrawn: bool = False
    source_ids: tuple[str, ...] = ()
    organization_key: str = ""
    said_on: PartialDate | None = None
    checked_on: date | None = None
    changed_at: datetime | None = None
    recheck_on: date | None = None
    expires: Mapping[str, datetime] = field(default_factory=dict)
    disputed: tuple[str, ...] = ()
    standing: Standing = field(default_factory=Standing)


def resolve(records: Iterable[SourceRecord], edits: Iterable[Edit], now: datetime) -> Resolved:
    """Decide field by field, and language by language, whom to believe at the aware moment ``now``.

    Live edits go before sources, the one stated last first. Among sources the higher precedence goes first,
    then the later date (the last day that it can mean; no date is oldest), then source id and key. A
    withdrawn record speaks only when all are withdrawn; then so is the listing. An address that one source
    calls secret is secret, whoever else thinks otherwise, until a person says that it is not. Who confirms a
    value adds the day and the way of checking to whoever states it, as long as somebody does. The order in
    which the claims are given does not matter. Of a fact that ages a statement that has expired speaks after
    those that have not.
    """
    every, all_edits = list(records), list(edits)
    if len(every) == 1 and not all_edits:
        return _of_one(every[0], now)
    speaking = sorted([r for r in every if r.withdrawn_at is None] or every, key=_believed_first)
    today = now.astimezone(TIMEZONE).date()
    valid = sorted((e for e in all_edits if e.is_live_on(today)), key=_newest_first, reverse=True)
    live, marks = [e for e in valid if not e.confirms], [e for e in valid if e.confirms]
    claims = _claims(speaking, live, marks, now)
    winners = {key: said[0] for key, said in claims.items()}
    names = other_names(every, {key: [claim.value for claim in said] for key, said in claims.items()})
    winners |= {key: Claim(value, _ALSO_CALLED) for key, value in names.items()}
    checks = [c.provenance.checked_on for c in winners.values() if c.provenance.checked_on]
    return Resolved(
        values={key: claim.value for key, claim in winners.items() if claim.value is not None},
        provenance={key: claim.provenance for key, claim in winners.items()},
        others={key: tuple(said[1:]) for key, said in claims.items() if len(said) > 1},
        contradictions=_contradictions(speaking, valid),
        withdrawn=all(record.withdrawn_at is not None for record in every),
        source_ids=tuple(dict.fromkeys(record.source_id for record in speaking)),
        organization_key=_organization_key(speaking),
        said_on=max((r.said_on for r in speaking if r.said_on), key=_date_order, default=None),
        checked_on=max(checks, default=None),
        changed_at=_last_change(every, all_edits),
        recheck_on=min(_rechecks(live, claims, today), default=None),
        expires=_expiries(winners),
        disputed=disputed(claims, now),
        standing=standing(claims, speaking, live, today),
    )


def _of_one(record: SourceRecord, now: datetime) -> Resolved:
    """The most frequent case, one record and no edit, without weighing anything."""
    values, provenance = record.values, dict.fromkeys(record.values, _of_record(record))
    today = now.astimezone(TIMEZONE).date()
    if record.former:
        names = other_names([record], {key: [value] for key, value in values.items()})
        values, provenance = {**values, **names}, {**provenance, **dict.fromkeys(names, _ALSO_CALLED)}
    return Resolved(
        values=values,
        provenance=provenance,
        withdrawn=record.withdrawn_at is not None,
        source_ids=(record.source_id,),
        organization_key=_organization_key([record]),
        said_on=record.said_on,
        changed_at=_last_change([record], []),
        recheck_on=_day_after(values.get(ENDS_ON), today),
        expires=_record_expiries(record),
        standing=standing_of_one(record, today),
    )


def _record_expiries(record: SourceRecord) -> dict[str, datetime]:
    if AGEING.keys().isdisjoint(record.values):
        return {}
    found = {key: expiry_of_record(key, record.said_on) for key in AGEING if key in record.values}
    return {key: moment for key, moment in found.items() if moment is not None}


def _claims(
    speaking: list[SourceRecord], live: list[Edit], marks: list[Edit], now: datetime
) -> dict[str, list[Claim]]:
    """All that is said, by field key, the one to believe first."""
    claims: dict[str, list[Claim]] = {}
    for edit in live:
        expires = expiry_of_edit(edit.key, edit) if edit.key in AGEING else None
        claims.setdefault(edit.key, []).append(Claim(edit.value, _of_edit(edit), expires))
    for record in speaking:
        provenance, expiries = _of_record(record), _record_expiries(record)
        for key, value in record.values.items():
            claims.setdefault(key, []).append(Claim(value, provenance, expiries.get(key)))
    for key in {mark.key for mark in marks} & claims.keys():
        claims[key] = [_confirmed(key, claim, marks) for claim in claims[key]]
    for key in AGEING.keys() & claims.keys():
        claims[key].sort(key=lambda claim: claim.expires is None or claim.expires <= now)
    _hide_when_in_doubt(claims.get(HIDDEN, []))
    return claims


def _expiries(winners: Mapping[str, Claim]) -> dict[str, datetime]:
    return {key: c.expires for key, c in winners.items() if c.expires is not None and c.value is not None}


def _day_after(ends_on: Value | None, today: date) -> date | None:
    day = last_day(ends_on)
    return day + timedelta(days=1) if day is not None and day >= today else None


def _rechecks(live: list[Edit], claims: Mapping[str, list[Claim]], today: date) -> Iterator[date]:
    """The days on which something else may be true: an edit or a project runs out, or what ages does."""
    if ENDS_ON in claims and (over := _day_after(claims[ENDS_ON][0].value, today)):
        yield over
    yield from (edit.until + timedelta(days=1) for edit in live if edit.until)
    for key in AGEING.keys() & claims.keys():
        if len(claims[key]) > 1 and (expires := claims[key][0].expires):
            yield expires.astimezone(TIMEZONE).date() + timedelta(days=1)


def _confirmed(key: str, claim: Claim, marks: list[Edit]) -> Claim:
    """The claim with what the newest confirmation of its value adds to it; nobody's trust takes any away."""
    own = [e for e in marks if e.key == key and e.value == claim.value]
    if not own:
        return claim
    newest = max(own, key=lambda e: (_day_of(e), _newest_first(e)))
    before, day = claim.provenance, _day_of(newest)
    marked = replace(before, confirmed_on=day, role=newest.role or before.role)
    if newest.how:
        marked = replace(marked, checked_on=day, how=newest.how)
    if _rung(marked) < _rung(before):
        marked = replace(marked, role=before.role)
    expires = claim.expires
    if key in AGEING:
        again = expiry_of_record(key, PartialDate(day.year, day.month, day.day))
        expires = max((each for each in (expires, again) if each), default=None)
    return Claim(claim.value, marked, expires)


def _rung(provenance: Provenance) -> int:
    return LADDER.index(provenance.trust) if provenance.trust else -1


def _day_of(edit: Edit) -> date:
    return edit.checked_on or edit.stated_at.astimezone(TIMEZONE).date()


def _hide_when_in_doubt(said: list[Claim]) -> None:
    said.sort(key=lambda claim: claim.provenance.kind == "source" and claim.value is not True)


def _date_order(said_on: PartialDate) -> tuple[date, date]:
    """Later last; of two that can mean the same last day the one more precisely said."""
    return said_on.latest, said_on.earliest


def _believed_first(record: SourceRecord) -> tuple[int, int, str, str]:
    day = record.said_on.latest.toordinal() if record.said_on else 0
    return -record.precedence, -day, record.source_id, record.key


def _newest_first(edit: Edit) -> tuple[datetime, str]:
    return edit.stated_at, edit.id.hex


def _of_record(record: SourceRecord) -> Provenance:
    return Provenance(
        "source",
        record.publisher,
        said_on=record.said_on,
        url=record.url,
        licence=record.licence,
        source_id=record.source_id,
        role=record.role,
    )


def _of_edit(edit: Edit) -> Provenance:
    day = edit.stated_at.astimezone(TIMEZONE).date()
    return Provenance(
        "edit",
        edit.role or edit.by,
        said_on=PartialDate(day.year, day.month, day.day),
        checked_on=_day_of(edit) if edit.how else None,
        how=edit.how,
        role=edit.role,
    )


def _organization_key(speaking: list[SourceRecord]) -> str:
    for record in speaking:
        number = record.values.get("organization.enterprise_number")
        if said := number or record.values.get("organization.name"):
            return f"{record.source_id}\n{said}"
    return f"{speaking[0].source_id}\n\n{speaking[0].key}" if speaking else ""  # nobody named it: its own


def _contradictions(speaking: list[SourceRecord], live: list[Edit]) -> tuple[str, ...]:
    found = set()
    for key, edit in {edit.key: edit for edit in reversed(live)}.items():
        since = (r for r in speaking if r.fetched_at > edit.stated_at and key in r.values)
        if any(record.values[key] != edit.value for record in since):
            found.add(key)
    return tuple(sorted(found))


def _last_change(records: list[SourceRecord], edits: list[Edit]) -> datetime | None:
    moments = [m for r in records for m in (r.fetched_at, r.withdrawn_at) if m]
    moments += [m for e in edits for m in (e.stated_at, e.withdrawn_at) if m]
    return max(moments, default=None)
