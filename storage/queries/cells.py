"""The cells of the histogram that a window needs, brought over quickly.

A row for each cell would cost Python more than the database needs to find them. So a cell comes as one whole
number, and all cells as the text of a JSON list. PostgreSQL adds up like cells first; on SQLite, which would sort
them for it, numpy is quicker.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np
from sqlalchemy import BigInteger, Integer, Select, bindparam, case, cast, func, literal_column, select

from playbooks.funnel.histogram import NO_AGE, Dimension, Ints, Known
from storage.given import is_among
from storage.json_sql import Gathered
from storage.rows import VisitCountRow
from storage.scope import HERE

DAY = bindparam("day", type_=Integer)
SINCE = bindparam("since", type_=Integer)
OF_STEPS = (VisitCountRow.workspace_id == HERE, is_among(VisitCountRow.step, "steps"))
SEEN = (VisitCountRow.known < DAY, VisitCountRow.undone >= DAY)
_LEFT = VisitCountRow.left_known < DAY

_ENTERED, _AGE, _EXIT, _INFERRED = 22, 16, 3, 1
"""The bits that each part of a cell's number takes; the step has what remains, which is enough for two million."""


def _number() -> Any:
    parts = (
        (VisitCountRow.entered, _ENTERED),
        (case((_LEFT, VisitCountRow.age + 1), else_=literal_column("0")), _AGE),
        (case((_LEFT, VisitCountRow.exit), else_=literal_column("0")), _EXIT),
        (cast(VisitCountRow.inferred, Integer), _INFERRED),
    )
    number: Any = cast(VisitCountRow.step, BigInteger)
    for part, bits in parts:
        number = number * literal_column(str(1 << bits), Integer) + part
    return number.label("number")


def _cells(dimension: Dimension | None, *, added_up: bool) -> Select[*tuple[Any, ...]]:
    number = _number()
    sliced = () if dimension is None else (getattr(VisitCountRow, dimension).label("slice"),)
    count: Any = cast(func.sum(VisitCountRow.count), BigInteger) if added_up else VisitCountRow.count
    cells = (
        select(number, count.label("count"), *sliced)
        .where(*OF_STEPS, *SEEN, VisitCountRow.last >= SINCE)
        .where(~_LEFT | (VisitCountRow.entered + VisitCountRow.age >= SINCE))
    )
    table = (cells.group_by(number, *sliced) if added_up else cells).subquery("cells")
    return select(*(Gathered(column) for column in table.c))


_BY_DIALECT: Mapping[str, Mapping[Dimension | None, Select[*tuple[Any, ...]]]] = {
    name: {dimension: _cells(dimension, added_up=added_up) for dimension in (None, *Dimension)}
    for name, added_up in (("sqlite", False), ("postgresql", True))
}


def cells(dialect: str, dimension: Dimension | None) -> Select[*tuple[Any, ...]]:
    """The statement; it takes the steps, a day and since when, both days as ordinals."""
    return _BY_DIALECT[dialect][dimension]


def known_from(row: Sequence[str | None], as_of: date, dimension: Dimension | None) -> Known:
    """What the one row of `cells` says."""
    numbers, counts, *sliced = (json.loads(text) if text else [] for text in row)
    names = sorted(set(sliced[0])) if sliced and dimension is not Dimension.REP else [""]
    number, part, count = _merged(numbers, _places(sliced, names, dimension), counts)
    number, inferred = _split(number, _INFERRED)
    number, exits = _split(number, _EXIT)
    number, ages = _split(number, _AGE)
    step, entered = _split(number, _ENTERED)
    nothing = np.zeros(len(count), dtype=np.int64)
    labels = tuple(names) or ("",)
    return Known(
        as_of=as_of,
        step=step,
        entered=entered,
        age=ages + NO_AGE,
        exit=exits,
        inferred=inferred.astype(np.bool_),
        rep=part if dimension is Dimension.REP else nothing,
        source=part if dimension is Dimension.SOURCE else nothing,
        variant=part if dimension is Dimension.VARIANT else nothing,
        count=count,
        sources=labels if dimension is Dimension.SOURCE else ("",),
        variants=labels if dimension is Dimension.VARIANT else ("",),
    )


def _places(sliced: Sequence[Sequence[Any]], names: Sequence[str], dimension: Dimension | None) -> Sequence[int]:
    """The slice of each cell: the id of a rep, or the place of a name; nothing when not sliced."""
    if not sliced or dimension is Dimension.REP:
        return sliced[0] if sliced else ()
    place = {name: at for at, name in enumerate(names)}
    return [place[name] for name in sliced[0]]


def _merged(numbers: Sequence[int], slices: Sequence[int], counts: Sequence[int]) -> tuple[Ints, Ints, Ints]:
    """Each number once a slice, in order, with the sum of its counts."""
    number, count = np.array(numbers, dtype=np.int64), np.array(counts, dtype=np.int64)
    part = np.array(slices, dtype=np.int64) if len(slices) else np.zeros(len(number), dtype=np.int64)
    if not len(number):
        return number, part, count
    order = np.lexsort((part, number)) if len(slices) else np.argsort(number, kind="stable")
    number, part = number[order], part[order]
    new = np.ones(len(number), dtype=np.bool_)
    new[1:] = (number[1:] != number[:-1]) | (part[1:] != part[:-1])
    return number[new], part[new], np.add.reduceat(count[order], np.flatnonzero(new))


def _split(number: Ints, bits: int) -> tuple[Ints, Ints]:
    """What is above the lowest bits, and what they say."""
    return number >> bits, number & ((1 << bits) - 1)
