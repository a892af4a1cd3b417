"""What two speakers say, side by side with the differences marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from service.catalogue.in_words import in_words
from service.catalogue.public import is_secret
from service.catalogue.tasks.read import Side
from service.desk.bulk.cells import cell_of, text_of
from service.i18n import formats
from service.i18n.labels import field_label, language_name
from service.i18n.messages import translator
from service.model.dates import PartialDate
from service.model.fields import fields, parse_key
from service.model.provenance import Provenance

_NOT_SHOWN = frozenset({"service.identifiers", "service.remark", "location.point", "service.needs"})


@dataclass(frozen=True, slots=True)
class Speaker:
    """One side: who speaks, when they said it, where it can be read; ``raw`` is their value of the field in
    question as a form has it."""

    name: str
    said: str
    url: str | None
    listing: UUID | None
    words: str = ""
    raw: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One field with what each side says of it."""

    label: str
    cells: tuple[str, ...]
    differs: bool


def voices(sides: Sequence[Side], key: str, lang: str) -> list[Speaker]:
    """Everybody who states the field in question, each different value once."""
    path = parse_key(key).path
    found: dict[str, Speaker] = {}
    for side in sides:
        value = side.values.get(key)
        if value is not None:
            raw = text_of(cell_of(path, value, lang))
            words = in_words(path, value, lang)
            found.setdefault(
                raw, Speaker(side.speaker, _said(side, lang), side.url, side.listing, words, raw)
            )
    return list(found.values())


def speakers(sides: Sequence[Side], lang: str) -> list[Speaker]:
    """Both sides of a doubt about two listings."""
    hidden = _is_hidden(sides)
    return [Speaker(s.speaker, _said(s, lang), None if hidden else s.url, s.listing) for s in sides]


def compared(sides: Sequence[Side], lang: str) -> list[Row]:
    """All that either side says, what differs first; of a secret address nothing."""
    order = {path: number for number, path in enumerate(fields())}
    keys = sorted({key for side in sides for key in side.values}, key=lambda key: (order[_path(key)], key))
    nobody = Provenance("source", "")
    hidden = _is_hidden(sides)
    shown = (k for k in keys if _path(k) not in _NOT_SHOWN and not (hidden and is_secret(k, nobody)))
    rows = [_row(key, sides, lang) for key in shown]
    return sorted(rows, key=lambda row: not row.differs)


def _row(key: str, sides: Sequence[Side], lang: str) -> Row:
    read = parse_key(key)
    label = field_label(read.path, lang)
    if read.language and read.language != lang:
        label = f"{label} ({language_name(read.language, lang)})"
    unknown = translator(lang).gettext("not known")
    values = [side.values.get(key) for side in sides]
    cells = tuple(unknown if each is None else in_words(read.path, each, lang) for each in values)
    return Row(label, cells, len({str(each) for each in values}) > 1)


def _is_hidden(sides: Sequence[Side]) -> bool:
    return any(side.values.get("address.hidden") is True for side in sides)


def _said(side: Side, lang: str) -> str:
    if side.said_on is None:
        return translator(lang).gettext("age not known")
    return formats.partial_date(PartialDate.parse(side.said_on), lang)


def _path(key: str) -> str:
    return key.partition("@")[0]
