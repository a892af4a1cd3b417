"""The words above the columns of a partner's table: the labels of our fields in nl, fr, en and de."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from service.geo.tables import Row, rows_of
from service.model.fields import LANGUAGES, fields

_IN_LANGUAGE = re.compile(r"(.+?)\s*[(\[]([a-z]{2})[)\]]")


@cache
def template_rows() -> list[Row]:
    """The columns of the template in their order, each with its help in nl and fr."""
    return list(rows_of(Path(__file__).resolve().parent / "columns.csv"))


def label_of(target: str, language: str) -> str:
    """What stands above the column: the label of the field, with the language of its texts."""
    own = next((row[f"label_{language}"] for row in template_rows() if row["target"] == target), "")
    path, _, of_text = target.partition("@")
    label = own or fields()[path].labels[language]
    return f"{label} ({of_text})" if of_text else label


def target_of(label: str) -> str | None:
    """The field that a label stands for, in any of its languages; None where it could be several."""
    in_language = _IN_LANGUAGE.fullmatch(label)
    if in_language and in_language[2] in LANGUAGES:
        target = _targets().get(in_language[1].casefold())
        return f"{target}@{in_language[2]}" if target and target in fields() else None
    return _targets().get(label.casefold())


@cache
def _targets() -> Mapping[str, str]:
    meant: dict[str, set[str]] = {}
    for field in fields().values():
        for label in field.labels.values():
            meant.setdefault(label.casefold(), set()).add(field.path)
    for row in template_rows():
        for label in (row["label_nl"], row["label_fr"]):
            if label:
                meant.setdefault(label.casefold(), set()).add(row["target"])
    return {label: found.pop() for label, found in meant.items() if len(found) == 1}
