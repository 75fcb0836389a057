"""Databases that do not let the bot in: another connection holds the lock it needs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import storage

IMPATIENT = 0.1
"""Seconds that a bot in tests waits for a lock."""


def impatient(engine: storage.Engine) -> storage.Engine:
    """The same database, for a bot that soon gives up waiting."""
    return storage.create_engine(engine.url.render_as_string(hide_password=False), busy_timeout=IMPATIENT)


@contextmanager
def journeys_held(engine: storage.Engine) -> Iterator[None]:
    """Somebody else changes every journey: on SQLite, where there is one lock for all, the whole database."""
    with engine.connect() as other:
        if engine.dialect.name == "postgresql":
            other.exec_driver_sql("SELECT id FROM journey FOR UPDATE")
        else:
            other.rollback()
            other.connection.dbapi_connection.execute("BEGIN IMMEDIATE")
        yield
        other.connection.dbapi_connection.rollback()
