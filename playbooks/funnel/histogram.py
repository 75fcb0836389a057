"""Visits counted: sparse histograms that add exactly, and what of them was known before a day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from enum import StrEnum
from typing import Self

import numpy as np
from numpy.typing import NDArray

from playbooks.funnel.visits import Exit, Visit

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]

NEVER = date.max.toordinal()
"""The `undone` of a cell that still stands, and the `left_known` of one without an exit."""

NO_AGE = -1
"""The `age` of an undecided visit."""


class Dimension(StrEnum):
    """What visits can be sliced by."""

    REP = "rep"
    SOURCE = "source"
    VARIANT = "variant"


_KEYS = (
    "step",
    "entered",
    "age",
    "exit",
    "inferred",
    "rep",
    "source",
    "variant",
    "known",
    "left_known",
    "undone",
)


@dataclass(frozen=True, slots=True, eq=False)
class Histogram:
    """How many visits there are of each kind: one row a cell, in parallel columns of equal length.

    Days are proleptic ordinals (`date.toordinal`), `age` is in days (`NO_AGE` while undecided), `exit` holds the
    values of `Exit`, `source` and `variant` are places in the tuples `sources` and `variants`. `known`,
    `left_known` and `undone` are those of `Visit`, `NEVER` for none.
    """

    step: Ints
    entered: Ints
    age: Ints
    exit: Ints
    inferred: Bools
    rep: Ints
    source: Ints
    variant: Ints
    known: Ints
    left_known: Ints
    undone: Ints
    count: Ints
    sources: tuple[str, ...] = ("",)
    variants: tuple[str, ...] = ("",)

    @classmethod
    def of(cls, visits: Iterable[Visit] | Mapping[Visit, int]) -> Histogram:
        """The histogram of these visits; a mapping gives how often each counts (`changes` included)."""
        counts = Counter(visits)
        sources = tuple(sorted({visit.source for visit in counts}))
        variants = tuple(sorted({visit.variant for visit in counts}))
        at_source = {source: place for place, source in enumerate(sources)}
        at_variant = {variant: place for place, variant in enumerate(variants)}
        rows = [
            (*_row(visit), at_source[visit.source], at_variant[visit.variant], count)
            for visit, count in counts.items()
        ]
        columns = np.array(rows, dtype=np.int64).reshape(-1, 12).T
        names = (*(key for key in _KEYS if key not in {"source", "variant"}), "source", "variant", "count")
        table = dict(zip(names, columns, strict=True))
        inferred = table.pop("inferred").astype(np.bool_)
        return cls(**table, inferred=inferred, sources=sources, variants=variants).compact()

    def __add__(self, other: Histogram) -> Histogram:
        """The sum, cell by cell: exact, in any order."""
        sources = tuple(sorted({*self.sources, *other.sources}))
        variants = tuple(sorted({*self.variants, *other.variants}))
        parts = [part.labelled(sources, variants) for part in (self, other)]
        joined = {key: np.concatenate([getattr(part, key) for part in parts]) for key in (*_KEYS, "count")}
        return Histogram(**joined, sources=sources, variants=variants).compact()

    def labelled(self, sources: tuple[str, ...], variants: tuple[str, ...]) -> Histogram:
        """The same with these labels, which must hold its own; raises `ValueError` when they do not."""
        return replace(
            self,
            source=_moved(self.source, self.sources, sources),
            variant=_moved(self.variant, self.variants, variants),
            sources=sources,
            variants=variants,
        )

    def compact(self) -> Histogram:
        """One row a cell, in order; cells of count zero are gone."""
        if not len(self.count):
            return self
        order = np.lexsort([getattr(self, key) for key in reversed(_KEYS)])
        columns = [getattr(self, key)[order] for key in _KEYS]
        new = np.zeros(len(order), dtype=np.bool_)
        new[0] = True
        for column in columns:
            new[1:] |= column[1:] != column[:-1]
        counts = np.add.reduceat(self.count[order], np.flatnonzero(new))
        kept = counts != 0
        table = {key: column[new][kept] for key, column in zip(_KEYS, columns, strict=True)}
        return replace(self, **table, count=counts[kept])

    def cells(self) -> dict[Visit, int]:
        """The cells as visits, each with its count: what `of` was made from."""
        return {self._visit(row): int(self.count[row]) for row in range(len(self.count))}

    def _visit(self, row: int) -> Visit:
        age, undone = int(self.age[row]), int(self.undone[row])
        entered = int(self.entered[row])
        return Visit(
            step=int(self.step[row]),
            entered=date.fromordinal(entered),
            known=date.fromordinal(int(self.known[row])),
            rep=int(self.rep[row]),
            source=self.sources[int(self.source[row])],
            variant=self.variants[int(self.variant[row])],
            inferred=bool(self.inferred[row]),
            exit=Exit(int(self.exit[row])),
            left=None if age == NO_AGE else date.fromordinal(entered + age),
            left_known=None if age == NO_AGE else date.fromordinal(int(self.left_known[row])),
            undone=None if undone == NEVER else date.fromordinal(undone),
        )

    def as_of(self, day: date) -> Known:
        """What was known before this local day began."""
        at = day.toordinal()
        seen = (self.known < at) & (self.undone >= at)
        exited = (self.left_known < at)[seen]
        return Known(
            as_of=day,
            step=self.step[seen],
            entered=self.entered[seen],
            age=np.where(exited, self.age[seen], NO_AGE),
            exit=np.where(exited, self.exit[seen], int(Exit.UNDECIDED)),
            inferred=self.inferred[seen],
            rep=self.rep[seen],
            source=self.source[seen],
            variant=self.variant[seen],
            count=self.count[seen],
            sources=self.sources,
            variants=self.variants,
        )


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """The cells that were known before the local day `as_of` began; columns as in `Histogram`.

    A visit whose exit was not known by then is undecided. All estimates start from here.
    """

    as_of: date
    step: Ints
    entered: Ints
    age: Ints
    exit: Ints
    inferred: Bools
    rep: Ints
    source: Ints
    variant: Ints
    count: Ints
    sources: tuple[str, ...] = ("",)
    variants: tuple[str, ...] = ("",)

    def only(self, rows: Bools) -> Self:
        """The cells for which `rows` (one flag a cell) is true."""
        columns = {
            field.name: getattr(self, field.name)[rows]
            for field in fields(self)
            if field.name not in {"as_of", "sources", "variants"}
        }
        return replace(self, **columns)

    def by(self, dimension: Dimension) -> dict[str, Self]:
        """The cells of each slice; reps by their id written out, sources and variants by their names."""
        places = getattr(self, dimension)
        names = {Dimension.SOURCE: self.sources, Dimension.VARIANT: self.variants}.get(dimension)
        return {
            names[place] if names else str(place): self.only(places == place)
            for place in np.unique(places).tolist()
        }

    def of_rep(self, rep: int) -> Self:
        return self.only(self.rep == rep)


def _row(visit: Visit) -> tuple[int, ...]:
    """The keys of the visit's cell, without source and variant, in the order of `_KEYS`."""
    undecided = visit.left is None
    return (
        visit.step,
        visit.entered.toordinal(),
        NO_AGE if visit.left is None else (visit.left - visit.entered).days,
        int(visit.exit),
        int(visit.inferred),
        visit.rep,
        visit.known.toordinal(),
        NEVER if undecided or visit.left_known is None else visit.left_known.toordinal(),
        NEVER if visit.undone is None else visit.undone.toordinal(),
    )


def _moved(places: Ints, old: tuple[str, ...], new: tuple[str, ...]) -> Ints:
    if old == new:
        return places
    moved: Ints = np.array([new.index(label) for label in old], dtype=np.int64)[places]
    return moved
