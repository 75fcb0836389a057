"""Connections to SQLite and PostgreSQL, set up so that the two behave alike."""

from __future__ import annotations

import time
from enum import StrEnum
from typing import Any

import sqlalchemy
from sqlalchemy import URL, Connection, Engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, DisconnectionError
from sqlalchemy.pool import ConnectionPoolEntry

WRITING = "nextstep_writing"
"""The execution option of connections that are going to write."""

READING = "nextstep_reading"
"""The execution option of connections whose every statement stands for itself: no transaction is begun."""

PATIENCE = "nextstep_patience"
"""The execution option that says how long, in seconds, a writer waits for its turn."""

_GOOD_URLS = "sqlite:///nextstep.sqlite3 or postgresql://user:password@host/database"
_IDLE_BEFORE_PING = 30.0
_SINCE = "nextstep_idle_since"


class Synchronous(StrEnum):
    """When SQLite waits for the disk.

    FULL waits at every commit: what a rep was told is saved survives a power cut. NORMAL waits at checkpoints
    only: several times as many commits a second on a slow disk, and the last of them may be gone after a power
    cut (not after a crash of the program), though the file stays sound.
    """

    FULL = "FULL"
    NORMAL = "NORMAL"


def create_engine(
    url: str,
    *,
    busy_timeout: float = 1.5,
    synchronous: Synchronous = Synchronous.FULL,
    connections: int = 8,
) -> Engine:
    """An engine for `sqlite:///path` or `postgresql://...`; nothing is connected yet.

    `busy_timeout` (seconds) is how long one statement waits for a lock before the unit of work says `Busy`:
    it must leave room in the three seconds that Slack gives. `connections` are kept open for as many threads;
    twice as many may be in use. Raises ValueError with one sentence for any other URL.
    """
    where = _read(url)
    settings: dict[str, Any] = {
        "pool_size": connections,
        "max_overflow": connections,
        "pool_timeout": busy_timeout,
    }
    settings["execution_options"] = {PATIENCE: busy_timeout}
    if where.get_backend_name() == "sqlite":
        return _sqlite(where, busy_timeout, synchronous, settings)
    return _postgresql(where, busy_timeout, settings)


def _read(url: str) -> URL:
    try:
        where = make_url(url)
    except ArgumentError:
        raise ValueError(f"DATABASE_URL is no address of a database; right would be {_GOOD_URLS}") from None
    match where.drivername:
        case "sqlite" if where.database in (None, "", ":memory:"):
            raise ValueError(f"DATABASE_URL names no file; right would be {_GOOD_URLS}")
        case "sqlite" | "sqlite+pysqlite":
            return where.set(drivername="sqlite")
        case "postgresql" | "postgres" | "postgresql+psycopg":
            return where.set(drivername="postgresql+psycopg")
        case other:
            raise ValueError(f"DATABASE_URL begins with {other}://; right would be {_GOOD_URLS}")


def _sqlite(where: URL, busy_timeout: float, synchronous: Synchronous, settings: dict[str, Any]) -> Engine:
    engine = sqlalchemy.create_engine(where, connect_args={"timeout": busy_timeout}, **settings)

    @event.listens_for(engine, "connect")
    def prepare(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
        # We say BEGIN ourselves, below: sqlite3's own would come late and never be IMMEDIATE.
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute("PRAGMA journal_mode = WAL")
        cursor.execute("PRAGMA foreign_keys = ON")
        # Without it REPLACE removes rows behind the back of the triggers that forbid removing.
        cursor.execute("PRAGMA recursive_triggers = ON")
        cursor.execute(f"PRAGMA synchronous = {synchronous}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # A transaction that reads first and then writes fails when somebody wrote in between: a writing one
        # takes the lock at once.
        options = connection.get_execution_options()
        if not options.get(READING):
            connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get(WRITING) else "BEGIN")

    return engine


def _postgresql(where: URL, busy_timeout: float, settings: dict[str, Any]) -> Engine:
    milliseconds = int(busy_timeout * 1000)
    limits = f"-c lock_timeout={milliseconds} -c statement_timeout={2 * milliseconds} -c timezone=UTC"
    # In seconds, and psycopg takes no less than two.
    connect = {"options": limits, "connect_timeout": max(2, round(busy_timeout)), "application_name": "nextstep"}
    engine = sqlalchemy.create_engine(where, connect_args=connect, **settings)

    @event.listens_for(engine, "checkin")
    def note_time(_: DBAPIConnection, entry: ConnectionPoolEntry) -> None:
        entry.info[_SINCE] = time.monotonic()

    @event.listens_for(engine, "checkout")
    def ping_after_idling(connection: DBAPIConnection, entry: ConnectionPoolEntry, _: Any) -> None:
        # A firewall may have dropped a connection that was idle; asking each time would cost a round trip.
        idle = time.monotonic() - entry.info.get(_SINCE, time.monotonic())
        if idle > _IDLE_BEFORE_PING and not _answers(engine, connection):
            raise DisconnectionError

    return engine


def _answers(engine: Engine, connection: DBAPIConnection) -> bool:
    try:
        return engine.dialect.do_ping(connection)
    except engine.dialect.loaded_dbapi.Error:
        return False
