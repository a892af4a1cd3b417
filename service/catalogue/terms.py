"""The closed lists and the needs as HSDS taxonomies, with ids that never change."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from uuid import UUID, uuid5

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from service.catalogue.ids import taxonomy_id
from service.database.bulk import insert_rows
from service.database.hsds_terms import taxonomy, taxonomy_term
from service.database.json_text import checksum_of
from service.model import terms

LISTS = (
    "theme", "audience", "channel", "provision", "prevention", "life_stage", "appointment", "readiness",
    "referral_by", "document", "residence", "frequency", "cost_per", "reduced_tariff", "extra_cost",
    "exclusion", "household", "diet", "duration", "interpreter", "digital_need", "legal_form", "training",
)  # fmt: skip
"""The closed lists whose codes become terms, beside the needs, whose parents are the themes."""

_TERM = ("id", "taxonomy_id", "code", "name", "description", "parent_id", "labels")


@cache
def term_id(list_name: str, code: str) -> str | None:
    """The id of a term, as 32 hexadecimal digits; None for a code of no list."""
    return _uuid(list_name, code).hex if list_name in (*LISTS, "need") else None


def store_terms(connection: Connection) -> None:
    """Bring the taxonomies of the database in step with the data files; cheap when they are."""
    version = checksum_of([(name, code, dict(term.labels)) for name, code, term in _terms()])
    if connection.scalar(sa.select(sa.func.min(taxonomy.c.version))) == version:
        return
    known = set(connection.scalars(sa.select(taxonomy_term.c.id)))
    connection.execute(sa.update(taxonomy).values(version=version))
    held = set(connection.scalars(sa.select(taxonomy.c.id)))
    lists = [(taxonomy_id(name), name, f"Nabij: {name}", version) for name in (*LISTS, "need")]
    new_lists = [row for row in lists if row[0] not in held]
    insert_rows(connection, taxonomy, ("id", "name", "description", "version"), new_lists)
    rows = [_row(name, code, term) for name, code, term in _terms()]
    insert_rows(connection, taxonomy_term, _TERM, [row for row in rows if row[0] not in known])
    for row in rows:
        if row[0] in known:
            values = dict(zip(_TERM, row, strict=True))
            connection.execute(sa.update(taxonomy_term).where(taxonomy_term.c.id == row[0]).values(values))


def _uuid(list_name: str, code: str) -> UUID:
    return uuid5(taxonomy_id(list_name), code)


def _terms() -> Iterator[tuple[str, str, terms.Term]]:
    for name in LISTS:
        for code, term in terms.values(name).items():
            yield name, code, term
    for code, need in terms.needs().items():
        yield "need", code, need


def _row(list_name: str, code: str, term: terms.Term) -> tuple[object, ...]:
    parent = _uuid("theme", term.parent) if term.parent else None
    labels = dict(term.labels)
    name, about = term.label("en"), term.scope or None
    return _uuid(list_name, code), taxonomy_id(list_name), code, name, about, parent, labels
