"""The form in which a resolved listing lies in the database: short JSON that is read back quickly."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from service.catalogue.claims import Claim
from service.catalogue.resolve import Resolved
from service.catalogue.state import Standing
from service.database.claims import PUBLISHED, WITHDRAWN
from service.model.dates import PartialDate
from service.model.provenance import Provenance


def pack(resolved: Resolved) -> dict[str, Any]:
    """As JSON: values by key, each speaker once, and per key which speaker unless it is the first."""
    voices: dict[int, int] = {}
    said: list[list[str | None]] = []

    def voice(provenance: Provenance) -> int:
        number = voices.setdefault(id(provenance), len(said))  # the objects live as long as ``resolved``
        if number == len(said):
            said.append(_voice(provenance))
        return number

    provenance, values = resolved.provenance, resolved.values
    first = provenance[min(provenance)] if provenance else None
    if first is not None:
        voice(first)
    others_speak = sorted(key for key, who in provenance.items() if who is not first or key not in values)
    who = {key: voice(provenance[key]) for key in others_speak}
    others = {
        key: [[claim.value, voice(claim.provenance)] for claim in resolved.others[key]]
        for key in sorted(resolved.others)
    }
    ageing = {key: resolved.expires[key].isoformat() for key in sorted(resolved.expires)}
    rare = {"expires": ageing, "disputed": list(resolved.disputed), "standing": _standing(resolved.standing)}
    return {
        **{name: held for name, held in rare.items() if held},
        "values": dict(values),
        "who": who,
        "others": others,
        "voices": said,
        "contradictions": list(resolved.contradictions),
        "withdrawn": resolved.withdrawn,
        "sources": list(resolved.source_ids),
        "organization": resolved.organization_key,
        "said_on": _str(resolved.said_on),
        "checked_on": _str(resolved.checked_on),
        "changed_at": resolved.changed_at.isoformat() if resolved.changed_at else None,
        "recheck_on": _str(resolved.recheck_on),
    }


def unpack(packed: Mapping[str, Any]) -> Resolved:
    """What `pack` made."""
    voices = [_provenance(voice) for voice in packed["voices"]]
    changed_at, recheck_on = packed["changed_at"], packed["recheck_on"]
    provenance = dict.fromkeys(packed["values"], voices[0]) if voices else {}
    for key, number in packed["who"].items():
        provenance[key] = voices[number]
    return Resolved(
        values=packed["values"],
        provenance=provenance,
        others={
            key: tuple(Claim(value, voices[number]) for value, number in said)
            for key, said in packed["others"].items()
        },
        contradictions=tuple(packed["contradictions"]),
        withdrawn=packed["withdrawn"],
        source_ids=tuple(packed["sources"]),
        organization_key=packed["organization"],
        said_on=_partial(packed["said_on"]),
        checked_on=_day(packed["checked_on"]),
        changed_at=datetime.fromisoformat(changed_at) if changed_at else None,
        recheck_on=_day(recheck_on),
        expires={key: datetime.fromisoformat(at) for key, at in packed.get("expires", {}).items()},
        disputed=tuple(packed.get("disputed", ())),
        standing=_standing_from(packed),
    )


def _standing(held: Standing) -> list[str | None]:
    """Nothing for what the other keys tell."""
    if held.state in (PUBLISHED, WITHDRAWN):
        return []
    return [held.state, _str(held.since), _str(held.until)]


def _standing_from(packed: Mapping[str, Any]) -> Standing:
    if held := packed.get("standing"):
        return Standing(held[0], _day(held[1]), _day(held[2]))
    return Standing(WITHDRAWN if packed["withdrawn"] else PUBLISHED)


def _str(value: object) -> str | None:
    return None if value is None else str(value)


def _voice(p: Provenance) -> list[str | None]:
    return [
        p.kind, p.speaker, _str(p.said_on), p.url, p.licence, _str(p.checked_on), p.how, p.source_id, p.role,
        _str(p.confirmed_on),
    ]  # fmt: skip


def _provenance(voice: list[Any]) -> Provenance:
    kind, speaker, said_on, url, licence, checked_on, how, source_id, *later = voice
    role, confirmed_on = later or (None, None)  # a listing of before has none until a rebuild
    said, checked, confirmed = _partial(said_on), _day(checked_on), _day(confirmed_on)
    return Provenance(kind, speaker, said, url, licence, checked, how, source_id, role, confirmed)


@lru_cache(maxsize=4096)
def _partial(text: str | None) -> PartialDate | None:
    return None if text is None else PartialDate.parse(text)


@lru_cache(maxsize=4096)
def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
