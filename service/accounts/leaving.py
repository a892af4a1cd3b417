"""Somebody leaves: name and e-mail go wherever they stand; what was done stays, by nobody's name."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from service.accounts.store import close_account, find_account
from service.catalogue.ground import ground_of
from service.catalogue.project import project
from service.database.accounts import recovery_code
from service.database.claims import edit, source_record
from service.database.letters import address_mark, letter
from service.database.schema import metadata
from service.database.session import home_of

_OURS = ("sign_in", "invitation")  # letters to those who work here; others go to providers

BY = tuple(
    column
    for table in metadata.sorted_tables
    for column in table.columns
    if column.name == "by" or column.name.endswith("_by")
)
"""Every column that says who did something."""


def remove_account(connection: Connection, account_id: UUID, now: datetime) -> None:
    """Take an account's name, e-mail, password, roles and letters away. Raises NotFound.

    Where a command named them (``nabij edit --by``) in the place of their account, the account's id stands
    from then on, and listings that named them as who says so are written anew.
    """
    person = find_account(connection, account_id).person
    names = [each for each in (person.email, person.name) if each]
    said = sa.select(source_record.c.listing_id).join(edit, edit.c.listing_id == source_record.c.id)
    named = connection.scalars(said.where(edit.c.by.in_(names), edit.c.role.is_(None)).distinct()).all()
    _unname(connection, names, person.by)
    project(connection, named, now, ground_of(connection))
    _burn_letters(connection, person.email)
    connection.execute(sa.delete(recovery_code).where(recovery_code.c.account_id == account_id))
    close_account(connection, account_id)


def _unname(connection: Connection, names: list[str], by: str) -> None:
    for column in BY:
        if isinstance(column.type, sa.Text):
            table = column.table
            assert isinstance(table, sa.Table)
            connection.execute(sa.update(table).where(column.in_(names)).values({column.name: by}))


def _burn_letters(connection: Connection, email: str) -> None:
    theirs = (sa.func.lower(letter.c.recipient) == email, letter.c.kind.in_(_OURS))
    home = home_of(connection)
    for letter_id in connection.scalars(sa.select(letter.c.id).where(*theirs)).all():
        if home is not None:
            with suppress(OSError):  # it is only there where letters are files, and may be thrown away
                (home / "mailbox" / f"{letter_id.hex}.eml").unlink()
    connection.execute(sa.delete(letter).where(*theirs))
    # who asked for no letters about listings goes on getting none
    back = (address_mark.c.address == email, address_mark.c.declined_at.is_(None))
    connection.execute(sa.delete(address_mark).where(*back))
