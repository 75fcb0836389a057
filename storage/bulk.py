"""Rows by the thousand, by the driver's own `executemany`.

SQLAlchemy works through the parameters of each row anew, which takes it as long as the database takes for the
rows themselves. Here every value of a kind is prepared once: an import has few different days, reps and events.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any, Final

from sqlalchemy import Connection, Insert
from sqlalchemy.types import JSON

Prepare = Callable[[Any], Any]
_REMEMBERED: Final = 65_536


class BulkInsert:
    """One INSERT of one table for one dialect; the statement is SQLAlchemy's, so are the types of its columns."""

    def __init__(self, statement: Insert, columns: Sequence[str], connection: Connection) -> None:
        dialect = connection.dialect
        compiled = statement.compile(dialect=dialect, column_keys=list(columns))
        self._sql = str(compiled)
        # SQLite takes its parameters by place, PostgreSQL by name.
        self._order: Sequence[str] = tuple(compiled.positiontup or ()) if compiled.positional else tuple(columns)
        self._positional = compiled.positional
        self._prepare: dict[str, Prepare] = {}
        for name in self._order:
            kind = statement.table.c[name].type.dialect_impl(dialect)
            prepare = kind.bind_processor(dialect)
            if prepare is not None:
                self._prepare[name] = _by_identity(prepare) if isinstance(kind, JSON) else _by_value(prepare)

    def write(self, connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
        """Writes them all; what JSON columns hold has to stay as it is until then."""
        columns = [self._column(name, rows) for name in self._order]
        values = list(zip(*columns, strict=True))
        if self._positional:
            connection.exec_driver_sql(self._sql, values)
        else:
            connection.exec_driver_sql(self._sql, [dict(zip(self._order, each, strict=True)) for each in values])

    def _column(self, name: str, rows: Sequence[Mapping[str, Any]]) -> list[Any]:
        prepare = self._prepare.get(name)
        if prepare is None:
            return [row[name] for row in rows]
        return [prepare(row[name]) for row in rows]


def _by_value(prepare: Prepare) -> Prepare:
    return lru_cache(maxsize=_REMEMBERED)(prepare)


def _by_identity(prepare: Prepare) -> Prepare:
    """A document has no hash; the same one comes again and again."""
    known: dict[int, tuple[Any, Any]] = {}

    def prepared(document: Any) -> Any:
        found = known.get(id(document))
        if found is None:
            # Beside the document itself, so that no other can come to have its id.
            found = known[id(document)] = (document, prepare(document))
        return found[1]

    return prepared
