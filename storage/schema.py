"""Brings a database to the newest schema, and says whether it is there."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from storage.engine import WRITING
from storage.queue import prepare_queue, queue_is_ready
from storage.recount import count_if_never_done

_MIGRATIONS = Path(__file__).parent / "migrations"
_ONE_AT_A_TIME = 7_298_011
"""The advisory lock of PostgreSQL that a migrating process holds; any number that is ours."""


def migrate(engine: Engine) -> None:
    """Applies what is missing, in one transaction; a second process that migrates at the same time waits."""
    with engine.connect().execution_options(**{WRITING: True}) as connection, connection.begin():
        if connection.dialect.name == "postgresql":
            _take_our_time(connection)
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        count_if_never_done(connection)
        if connection.dialect.name == "postgresql":
            prepare_queue(connection)


def at_head(engine: Engine) -> bool:
    """Whether every migration has been applied, and the queue is there on PostgreSQL."""
    with engine.connect() as connection:
        heads = MigrationContext.configure(connection).get_current_heads()
        queue = queue_is_ready(connection)
    return queue and set(heads) == set(ScriptDirectory.from_config(_config()).get_heads())


def trouble(engine: Engine) -> str | None:
    """What keeps us from using this database, in one sentence; None when it answers and is migrated."""
    try:
        newest = at_head(engine)
    except SQLAlchemyError as error:
        return f"The database does not answer: {getattr(error, 'orig', None) or error}"
    return None if newest else "The database is not at the newest schema; run `nextstep migrate`."


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    config.set_main_option("path_separator", "os")
    return config


def _take_our_time(connection: Connection) -> None:
    connection.exec_driver_sql("SET LOCAL statement_timeout = 0")
    connection.exec_driver_sql("SET LOCAL lock_timeout = '60s'")
    connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_ONE_AT_A_TIME})")
