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

_OF_EXTENSIONS = sa.text(
    "SELECT relname FROM pg_class JOIN pg_depend ON objid = pg_class.oid"
    " WHERE classid = 'pg_class'::regclass AND refclassid = 'pg_extension'::regclass AND deptype = 'e'"
)
"""What extensions brought: the image of PostGIS has its geocoder of America on the search path as well."""


def compare_options(connection: Connection) -> dict[str, Any]:
    """What Alembic must know to compare, the same for migrating and for checking."""
    dialect = connection.dialect.name
    brought = set(connection.scalars(_OF_EXTENSIONS)) if dialect == "postgresql" else set()
    foreign = brought - set(metadata.tables)

    def is_ours(
        item: sa.Column[Any] | sa.Index | sa.Table,
        name: str | None,
        kind: str,
        reflected: bool,
        _compared_to: object,
    ) -> bool:
        if kind == "table":
            return name not in foreign and not (name or "").startswith(_FOREIGN_TABLES)
        if kind in ("column", "index") and not reflected:
            return bool(item.info.get("dialect", dialect) == dialect)
        return True

    return {"target_metadata": metadata, "compare_type": True, "include_object": is_ours}


def differences(connection: Connection) -> list[str]:
    """What a migration is missing, one line each."""
    context = MigrationContext.configure(connection, opts=compare_options(connection))
    return [str(each) for each in compare_metadata(context, metadata)]
