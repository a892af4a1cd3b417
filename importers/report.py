"""What came of an import, and the lines that say so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from importers.rejects import Reject

SHOWN = 20  # rejects, warnings and listings with differences that are printed; the rest is counted


@dataclass(frozen=True, slots=True)
class Difference:
    """One field of one record that an import changes; None is "nobody said".

    A record that is new, or gone, is one difference, without a field.
    """

    key: str
    field: str
    before: object
    after: object

    def __str__(self) -> str:
        if not self.field:
            return f"{self.key}: {'new' if self.before is None else 'gone'}"
        return f"{self.key} {self.field}: {_shown(self.before)} -> {_shown(self.after)}"


@dataclass(slots=True)
class Report:
    """Counts are in records, except ``rejected`` (rows), ``changes`` (cells or records, by clean-up step).

    ``rejects_path`` is where all rejects are written, None when there are none or nothing is written;
    ``left_out_path`` likewise for cells that were left out of records that landed.
    ``differences`` is filled by a dry run and holds the first of them.
    """

    source: str
    is_dry_run: bool = False
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    withdrawn: int = 0
    rejected: int = 0
    rejects: list[Reject] = field(default_factory=list)
    rejects_path: Path | None = None
    left_out_path: Path | None = None
    warnings: list[str] = field(default_factory=list)
    changes: Counter[str] = field(default_factory=Counter)
    differences: list[Difference] = field(default_factory=list)

    def lines(self) -> Iterator[str]:
        """The report as a person reads it; the last five lines are the counts."""
        if self.is_dry_run:
            yield f"{self.source}: a dry run, nothing is written."
        for step, times in sorted(self.changes.items()):
            if times:
                yield f"cleaned {step}: {times}"
        yield from _first("would change", self.differences)
        yield from _first("warning", self.warnings)
        yield from _first("reject", self.rejects)
        if self.rejects_path:
            yield f"All rejects: {self.rejects_path}"
        if self.left_out_path:
            yield f"All that was left out of records: {self.left_out_path}"
        for name in ("created", "updated", "unchanged", "withdrawn", "rejected"):
            yield f"{name}: {getattr(self, name)}"


def _first(name: str, items: list[Reject] | list[str] | list[Difference]) -> Iterator[str]:
    yield from (f"{name}: {item}" for item in items[:SHOWN])
    if len(items) > SHOWN:
        yield f"... and {len(items) - SHOWN} more of these."


def _shown(value: object) -> str:
    text = "nothing" if value is None else str(value)
    return text if len(text) <= 80 else text[:80] + "…"
