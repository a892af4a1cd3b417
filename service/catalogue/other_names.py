"""Names by which something is also known: those it had before and those that other speakers give it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from service.catalogue.claims import SourceRecord
from service.model.values import Value

NAMES = {"organization.name": "organization.other_names", "service.name": "service.other_names"}
"""Where the other names of a name go."""


def other_names(
    records: Iterable[SourceRecord], said: Mapping[str, Sequence[Value | None]]
) -> dict[str, Value]:
    """The other names by field, in alphabetical order, without fields that have none.

    ``said`` is all that is said by field key, what is believed first: whatever is not believed as a name is
    another name, in whatever language, and so is what a source called it before.
    """
    found: dict[str, Value] = {}
    every = list(records)
    for path, others in NAMES.items():
        keys = [key for key in said if key.partition("@")[0] == path]
        believed = {said[key][0] for key in keys}
        names = {name for key in keys for name in said[key][1:] if isinstance(name, str)}
        names |= {name for record in every for name in record.former.get(path, ())}
        stated = said.get(others, [None])[0]
        names |= set(map(str, stated)) if isinstance(stated, list) else set()
        if left := names - believed:
            found[others] = sorted(left)
    return found


def former_names(
    before: Mapping[str, Value], former: Mapping[str, Sequence[str]], after: Mapping[str, Value]
) -> dict[str, list[str]]:
    """The names that a source gave ``before``, with those that were former already, and gives no more."""
    found = {}
    for path in NAMES:
        left = (set(former.get(path, ())) | _names(before, path)) - _names(after, path)
        if left:
            found[path] = sorted(left)
    return found


def _names(values: Mapping[str, Value], path: str) -> set[str]:
    return {
        value for key, value in values.items() if key.partition("@")[0] == path and isinstance(value, str)
    }
