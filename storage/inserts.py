"""Inserting what may be there already: a conflict is an answer, not an error that ends the transaction."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, select, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.dml import ReturningInsert

from storage.given import rows_given


class InsertIfNew:
    """Does nothing where a row of this unique constraint stands; gives the columns `returning` of a new one.

    `unique` names the constraint's columns, `where` the condition of a partial index. The statements are made
    once: making one anew each time costs as much as running it.
    """

    def __init__(self, row: type[Any], unique: Sequence[str], *returning: Any, where: Any = None) -> None:
        conflict = {"index_elements": unique, "index_where": where}
        self._by_dialect: dict[str, ReturningInsert[*tuple[Any, ...]]] = {
            "sqlite": sqlite.insert(row).on_conflict_do_nothing(**conflict).returning(*returning),
            "postgresql": postgresql.insert(row).on_conflict_do_nothing(**conflict).returning(*returning),
        }

    def on(self, connection: Connection) -> ReturningInsert[*tuple[Any, ...]]:
        return self._by_dialect[connection.dialect.name]


class InsertAllIfNew:
    """The same for many rows at once, of these columns: `storage.given.written` makes their parameter."""

    def __init__(self, row: type[Any], columns: Sequence[str], unique: Sequence[str], *returning: Any) -> None:
        given = rows_given({name: row.__table__.c[name].type for name in columns})
        # Without a WHERE, SQLite takes ON CONFLICT for the condition of a join.
        rows = {name: select(*each.c).where(text("true")) for name, each in given.items()}
        self._by_dialect: dict[str, ReturningInsert[*tuple[Any, ...]]] = {
            name: dialect.insert(row)
            .from_select(columns, rows[name])
            .on_conflict_do_nothing(index_elements=unique)
            .returning(*returning)
            for name, dialect in (("sqlite", sqlite), ("postgresql", postgresql))
        }

    def on(self, connection: Connection) -> ReturningInsert[*tuple[Any, ...]]:
        return self._by_dialect[connection.dialect.name]
