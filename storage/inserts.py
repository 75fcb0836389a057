"""Inserting what may be there already: a conflict is an answer, not an error that ends the transaction."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Insert
from sqlalchemy.dialects import postgresql, sqlite


def insert_if_new(connection: Connection, row: type[Any], **conflict: Any) -> Insert:
    """Does nothing where the row of this unique constraint stands; `conflict` names its index elements.

    Add `returning` to learn whether it was new: the count of rows is not told by every driver.
    """
    if connection.dialect.name == "sqlite":
        return sqlite.insert(row).on_conflict_do_nothing(**conflict)
    return postgresql.insert(row).on_conflict_do_nothing(**conflict)
