"""What Alembic runs: the migrations, on the connection and in the transaction that it is given."""

from __future__ import annotations

from alembic import context

from service.database.differences import compare_options

connection = context.config.attributes["connection"]
context.configure(connection=connection, **compare_options(connection))
with context.begin_transaction():
    context.run_migrations()
