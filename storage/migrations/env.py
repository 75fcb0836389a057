"""Runs the migrations: on the connection of `storage.migrate`, or for a developer's `alembic` on DATABASE_URL."""

import os

from alembic import context
from sqlalchemy import Connection

from storage.engine import create_engine
from storage.rows import Row


def run(connection: Connection) -> None:
    context.configure(connection=connection, target_metadata=Row.metadata, render_as_batch=True)
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    run(given)
else:
    with create_engine(os.environ.get("DATABASE_URL", "sqlite:///nextstep.sqlite3")).connect() as own:
        run(own)
        own.commit()
