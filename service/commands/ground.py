"""What every command stands on: settings, a data folder that can be used, a database that is current."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.engine import Engine

from service.config import TIMEZONE, Settings, read_settings
from service.database.revisions import is_current
from service.database.session import connect_engine
from service.errors import StorageError
from service.home import prepare_home


def now() -> datetime:
    """The moment, in Belgium."""
    return datetime.now(TIMEZONE)


def settings_in_force() -> Settings:
    """The settings, with a data folder that exists and can be written. Raises BadSetting and StorageError."""
    settings = read_settings()
    prepare_home(settings.home)
    return settings


def current_database(settings: Settings) -> Engine:
    """The database, ready to be used. Raises StorageError when `nabij init` has not been run on it yet."""
    database = connect_engine(settings)
    if not is_current(database):
        raise StorageError("The database is not made yet, or is of an older version. Run: nabij init")
    return database
