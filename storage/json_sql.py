"""Rows below a row, in one statement: SQLite and PostgreSQL both make JSON lists, under other names.

A journey comes with its events, its people and its owner's days off in one round trip instead of four.
"""

from __future__ import annotations

import json
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import ScalarSelect, Text, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.elements import ColumnElement
from sqlalchemy.sql.functions import FunctionElement

_SENT = np.dtype(">i8")
"""How PostgreSQL sends a whole number of eight bytes."""


class _AsList(FunctionElement[Any]):
    """One row as a JSON list of these columns."""

    inherit_cache = True


class Gathered(FunctionElement[str]):
    """The lists of many rows as the text of one JSON list; null when there are none."""

    type = Text()
    inherit_cache = True


class GatheredNumbers(FunctionElement[Any]):
    """The whole numbers of many rows in one value, which `numbers_in` reads; null when there are none.

    On PostgreSQL they stand there as it sends them, eight bytes each: for tens of thousands, writing them as text
    and reading that takes longer than finding them.
    """

    inherit_cache = True


class Document(FunctionElement[Any]):
    """A JSON column as part of a list: not its text, but what it says."""

    inherit_cache = True


def listed(*columns: Any, where: ColumnElement[bool]) -> ScalarSelect[Any]:
    """The rows that belong to the row of the enclosing statement; read them with `rows_in`.

    Their order is not given. Instants come as microseconds, days as ISO text.
    """
    return select(Gathered(_AsList(*columns))).where(where).scalar_subquery()


def rows_in(text: str | None) -> list[list[Any]]:
    """What `listed` gave."""
    rows: list[list[Any]] = json.loads(text) if text else []
    return rows


def numbers_in(value: str | bytes | None) -> NDArray[np.int64]:
    """What `GatheredNumbers` gave."""
    if isinstance(value, bytes):
        return np.frombuffer(value, dtype=_SENT).astype(np.int64)
    return np.array(json.loads(value) if value else [], dtype=np.int64)


@compiles(_AsList, "sqlite")
def _as_list_on_sqlite(element: _AsList, compiler: SQLCompiler, **kw: Any) -> str:
    return f"json_array({compiler.process(element.clauses, **kw)})"


@compiles(_AsList, "postgresql")
def _as_list_on_postgresql(element: _AsList, compiler: SQLCompiler, **kw: Any) -> str:
    return f"json_build_array({compiler.process(element.clauses, **kw)})"


@compiles(Gathered, "sqlite")
def _gathered_on_sqlite(element: Gathered, compiler: SQLCompiler, **kw: Any) -> str:
    return f"json_group_array({compiler.process(element.clauses, **kw)})"


@compiles(Gathered, "postgresql")
def _gathered_on_postgresql(element: Gathered, compiler: SQLCompiler, **kw: Any) -> str:
    return f"json_agg({compiler.process(element.clauses, **kw)})::text"


@compiles(GatheredNumbers, "sqlite")
def _numbers_on_sqlite(element: GatheredNumbers, compiler: SQLCompiler, **kw: Any) -> str:
    return f"json_group_array({compiler.process(element.clauses, **kw)})"


@compiles(GatheredNumbers, "postgresql")
def _numbers_on_postgresql(element: GatheredNumbers, compiler: SQLCompiler, **kw: Any) -> str:
    return f"string_agg(int8send({compiler.process(element.clauses, **kw)}), '')"


@compiles(Document, "sqlite")
def _document_on_sqlite(element: Document, compiler: SQLCompiler, **kw: Any) -> str:
    return f"json({compiler.process(element.clauses, **kw)})"


@compiles(Document, "postgresql")
def _document_on_postgresql(element: Document, compiler: SQLCompiler, **kw: Any) -> str:
    return compiler.process(element.clauses, **kw)
