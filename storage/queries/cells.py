"""The cells of the histogram that a window needs, brought over quickly.

A row for each cell would cost Python more than the database needs to find them. So a cell comes as one whole
number, and all cells in one value. What is summed away is left for the estimates to add up, which they do anyway:
to look for like cells first costs either database more than bringing them over.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np
from sqlalchemy import BigInteger, FunctionFilter, Integer, Select, bindparam, case, cast, literal_column, select

from playbooks.funnel.histogram import NO_AGE, Dimension, Ints, Known
from storage.given import is_among
from storage.json_sql import Gathered, GatheredNumbers, numbers_in
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
    left = (VisitCountRow.age + 1) * literal_column(str(1 << _EXIT), Integer) + VisitCountRow.exit
    parts = (
        (VisitCountRow.entered, _ENTERED),
        (case((_LEFT, left), else_=literal_column("0")), _AGE + _EXIT),
        (cast(VisitCountRow.inferred, Integer), _INFERRED),
    )
    number: Any = cast(VisitCountRow.step, BigInteger)
    for part, bits in parts:
        number = number * literal_column(str(1 << bits), Integer) + part
    return number.label("number")


def _cells(dimension: Dimension | None) -> Select[*tuple[Any, ...]]:
    """Every cell once, and those that count more than once again, with by how many.

    Most cells count one visit: what is not sent for them is a fifth of the time.
    """
    sliced = () if dimension is None else (getattr(VisitCountRow, dimension).label("slice"),)
    cells = (
        select(_number(), *sliced, VisitCountRow.count)
        .where(*OF_STEPS, *SEEN, VisitCountRow.last >= SINCE)
        .where(~_LEFT | (VisitCountRow.entered + VisitCountRow.age >= SINCE))
        .subquery("cells")
    )
    many = cells.c.count > literal_column("1")
    each: list[Any] = []
    again: list[Any] = []
    for column in cells.c:
        if column.key == "slice" and dimension is not Dimension.REP:
            each.append(Gathered(column))
            again.append(Gathered(case((many, column))))
        else:
            each.append(GatheredNumbers(column))
            again.append(FunctionFilter(GatheredNumbers(column), many))
    return select(*each[:-1], *again)


_CELLS: Mapping[Dimension | None, Select[*tuple[Any, ...]]] = {
    dimension: _cells(dimension) for dimension in (None, *Dimension)
}


def cells(dimension: Dimension | None) -> Select[*tuple[Any, ...]]:
    """The statement; it takes the steps, a day and since when, both days as ordinals."""
    return _CELLS[dimension]


def known_from(row: Sequence[Any], as_of: date, dimension: Dimension | None) -> Known:
    """What the one row of `cells` says; a cell may come in several parts."""
    each, again = row[: len(row) // 2], row[len(row) // 2 :]
    once, more = numbers_in(each[0]), numbers_in(again[-1])
    number = np.concatenate([once, numbers_in(again[0])])
    count = np.concatenate([np.ones(len(once), dtype=np.int64), more - 1])
    number, inferred = _split(number, _INFERRED)
    number, exits = _split(number, _EXIT)
    number, ages = _split(number, _AGE)
    step, entered = _split(number, _ENTERED)
    nothing = np.zeros(len(count), dtype=np.int64)
    part, labels = (nothing, ("",)) if dimension is None else _slices((each[1], again[1]), dimension)
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


def _slices(values: Sequence[Any], dimension: Dimension) -> tuple[Ints, tuple[str, ...]]:
    """The slice of each cell, the id of a rep or the place of a name, and the names."""
    if dimension is Dimension.REP:
        return np.concatenate([numbers_in(value) for value in values]), ("",)
    named: list[str] = [name for value in values if value for name in json.loads(value) if name is not None]
    names = tuple(sorted(set(named))) or ("",)
    place = {name: at for at, name in enumerate(names)}
    return np.array([place[name] for name in named], dtype=np.int64), names


def _split(number: Ints, bits: int) -> tuple[Ints, Ints]:
    """What is above the lowest bits, and what they say."""
    return number >> bits, number & ((1 << bits) - 1)
