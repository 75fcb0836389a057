"""The schema of procrastinate's queue, beside our tables on PostgreSQL.

The queue only carries the ids of deliveries that the ledger holds, so nothing is lost with it. Hence it has no
migrations: where procrastinate comes with another schema than the one that stands, the queue is made anew.
"""

from __future__ import annotations

import hashlib
from typing import Final

from procrastinate.schema import SchemaManager
from sqlalchemy import Connection
from sqlalchemy.engine import make_url

_SCHEMA: Final = "nextstep_queue"
_COMMENT = f"SELECT obj_description(to_regnamespace('{_SCHEMA}'), 'pg_namespace')"


def conninfo(url: str) -> str:
    """Where procrastinate finds its queue, as psycopg takes it; `url` is a DATABASE_URL of PostgreSQL."""
    where = make_url(url).set(drivername="postgresql")
    with_schema = where.update_query_dict({"options": f"-csearch_path={_SCHEMA}"})
    return with_schema.render_as_string(hide_password=False)


def queue_is_ready(connection: Connection) -> bool:
    """Whether the queue is there as this version of procrastinate wants it; SQLite needs none."""
    if connection.dialect.name != "postgresql":
        return True
    return bool(connection.exec_driver_sql(_COMMENT).scalar_one_or_none() == _wanted())


def prepare_queue(connection: Connection) -> None:
    """Makes the queue, in the transaction of the migrations; does nothing where it is as it should be."""
    if queue_is_ready(connection):
        return
    connection.exec_driver_sql(f"DROP SCHEMA IF EXISTS {_SCHEMA} CASCADE")
    connection.exec_driver_sql(f"CREATE SCHEMA {_SCHEMA}")
    before = connection.exec_driver_sql("SHOW search_path").scalar_one()
    connection.exec_driver_sql(f"SET LOCAL search_path TO {_SCHEMA}")
    # psycopg takes a lone % for a parameter's place.
    connection.exec_driver_sql(SchemaManager.get_schema().replace("%", "%%"))
    connection.exec_driver_sql(f"SET LOCAL search_path TO {before}")
    connection.exec_driver_sql(f"COMMENT ON SCHEMA {_SCHEMA} IS '{_wanted()}'")


def _wanted() -> str:
    digest = hashlib.sha256(SchemaManager.get_schema().encode()).hexdigest()[:16]
    return f"procrastinate {digest}"
