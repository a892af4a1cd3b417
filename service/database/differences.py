"""Comparing the tables of the code with those of a database: no difference, or a migration is missing."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy.engine import Connection

from service.database.schema import metadata

_FOREIGN_TABLES = ("location_rtree", "spatial_ref_sys", "sqlite_")
"""Tables that are not ours: the R*Tree with its shadows, PostGIS's own, SQLite's own."""


def compare_options(dialect: str) -> dict[str, Any]:
    """What Alembic must know to compare, the same for migrating and for checking."""

    def is_ours(
        item: sa.Column[Any] | sa.Index | sa.Table,
        name: str | None,
        kind: str,
        reflected: bool,
        _compared_to: object,
    ) -> bool:
        if kind == "table":
            return not (name or "").startswith(_FOREIGN_TABLES)
        if kind in ("column", "index") and not reflected:
            return bool(item.info.get("dialect", dialect) == dialect)
        return True

    return {"target_metadata": metadata, "compare_type": True, "include_object": is_ours}


def differences(connection: Connection) -> list[str]:
    """What a migration is missing, one line each."""
    options = compare_options(connection.dialect.name)
    context = MigrationContext.configure(connection, opts=options)
    return [str(each) for each in compare_metadata(context, metadata)]
