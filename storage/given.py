"""Many values as one parameter: it costs the driver and the database the same however many there are.

A list of a few hundred rows, or of ids, written out as parameters of their own is parsed anew each time.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, ClassVar, Final, Self

from sqlalchemy import BigInteger, Boolean, Dialect, FromClause, Text, bindparam, cast, column, func, select
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.sql.operators import OperatorType
from sqlalchemy.types import TypeDecorator, TypeEngine

from storage.types import micros

ROWS: Final = "rows"
"""The name of the parameter of `rows_given`."""


def rows_given(types: Mapping[str, TypeEngine[Any]]) -> Mapping[str, FromClause]:
    """A table `given` with these columns, by dialect; `written` gives its parameter `rows`."""
    given = bindparam(ROWS, type_=Text)
    each = func.json_each(given).table_valued("value")
    fields = (func.json_extract(each.c.value, f"$.{name}", type_=types[name]).label(name) for name in types)
    records = func.jsonb_to_recordset(cast(given, JSONB))
    columns = (column(name, type_) for name, type_ in types.items())
    return {
        "sqlite": select(*(field.label(name) for name, field in zip(types, fields, strict=True))).subquery(
            "given"
        ),
        "postgresql": records.table_valued(*columns, name="given").render_derived(with_types=True),
    }


def written(rows: Sequence[Mapping[str, Any]]) -> str:
    """Rows for `rows_given`: instants as microseconds, days as ISO text, as they stand in columns."""
    return json.dumps(rows, default=_plain)


def _plain(value: object) -> int | str:
    match value:
        case datetime():
            return micros(value)
        case date():
            return value.isoformat()
        case _:
            raise TypeError(f"{value!r} has no place in a row")


class _Ids(TypeDecorator[Sequence[Any]]):
    """A list of ids as one value: an array on PostgreSQL, the text of a JSON list on SQLite."""

    impl = Text
    cache_ok = True
    of: ClassVar[type[TypeEngine[Any]]] = BigInteger

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(ARRAY(self.of) if dialect.name == "postgresql" else Text())

    def process_bind_param(self, value: Sequence[Any] | None, dialect: Dialect) -> Any:
        if value is None or dialect.name == "postgresql":
            return value
        return json.dumps(value)


class _Texts(_Ids):
    """The same of texts."""

    cache_ok = True
    of = Text


class _IsAmong(FunctionElement[bool]):
    type = Boolean()
    inherit_cache = True

    def self_group(self, against: OperatorType | None = None) -> Self:  # noqa: ARG002 - SQLAlchemy's
        """As it is: SQLAlchemy would write `... = 1` on SQLite, and then no index serves."""
        return self


def is_among(id_column: Any, name: str) -> _IsAmong:
    """Whether this id is one of those in the parameter of this name, a list."""
    return _IsAmong(id_column, bindparam(name, type_=_Ids))


def is_text_among(text_column: Any, name: str) -> _IsAmong:
    """The same of a text."""
    return _IsAmong(text_column, bindparam(name, type_=_Texts))


@compiles(_IsAmong, "sqlite")
def _is_among_on_sqlite(element: _IsAmong, compiler: SQLCompiler, **kw: Any) -> str:
    which, ids = (compiler.process(clause, **kw) for clause in element.clauses)
    return f"{which} IN (SELECT value FROM json_each({ids}))"


@compiles(_IsAmong, "postgresql")
def _is_among_on_postgresql(element: _IsAmong, compiler: SQLCompiler, **kw: Any) -> str:
    which, ids = (compiler.process(clause, **kw) for clause in element.clauses)
    return f"{which} = ANY ({ids})"
