"""The kinds of work that wait for a person, and what each is worth beside the others."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from service.config import DATA

Kind = Literal[
    "correction", "contradiction", "duplicate", "bounce", "phone_round", "due_check", "dead_link",
    "rejected_row", "need_gap", "gap",
]  # fmt: skip
Outcome = Literal["same", "different", "done", "dismissed", "gone"]

OUTCOMES: Mapping[str, tuple[Outcome, ...]] = {
    "correction": ("done", "dismissed"),
    "contradiction": ("done", "dismissed"),
    "duplicate": ("same", "different"),
    "bounce": ("done", "dismissed"),
    "phone_round": ("done", "dismissed"),
    "due_check": ("done", "dismissed"),
    "dead_link": ("done", "dismissed"),
    "rejected_row": ("done", "dismissed"),
    "need_gap": ("done", "dismissed"),
    "gap": ("done", "dismissed"),
}
"""How a person can close a task of each kind; ``gone`` closes by itself what is no question any more."""

CHECKS: tuple[Kind, ...] = ("due_check", "phone_round")
"""Kinds of which ``done`` says that the listing is right as it stands, and how that was checked."""


@dataclass(frozen=True, slots=True)
class TaskKind:
    """One row of ``data/taxonomy/task_kinds.csv``; the more ``worth``, the earlier in the list."""

    worth: float
    labels: Mapping[str, str]
    reason: str


@cache
def task_kinds() -> Mapping[str, TaskKind]:
    """Every kind by its code, the one of most worth first."""
    with (DATA / "taxonomy" / "task_kinds.csv").open(encoding="utf-8", newline="") as file:
        return {row["kind"]: _kind(row) for row in csv.DictReader(file)}


def _kind(row: Mapping[str, str]) -> TaskKind:
    labels = {key.removeprefix("label_"): text for key, text in row.items() if key.startswith("label_")}
    return TaskKind(float(row["worth"]), labels, row["reason"])
