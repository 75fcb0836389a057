"""Windows of days, and who was at risk in them: the table from which every conversion is estimated."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil

import numpy as np

from playbooks.funnel.histogram import NO_AGE, Floats, Ints, Known
from playbooks.funnel.visits import Exit
from playbooks.model import Step

DEFAULT_WEEKS = 13
WIDER = (26, 52)
"""To how many weeks a window widens before it takes all history."""

_IS_ADVANCE = np.array([each in {Exit.ADVANCED, Exit.WON} for each in Exit])
_DAYS_OF_A_WEEK = 7
_WORKING_DAYS_OF_A_WEEK = 5


@dataclass(frozen=True, slots=True)
class Window:
    """The whole local days from `first` to `last`, both within; `weeks` is None for all history."""

    weeks: int | None
    first: date
    last: date

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1


def window(as_of: date, weeks: int | None = DEFAULT_WEEKS) -> Window:
    """The window of so many weeks that ends the day before `as_of`; None: all history.

    Raises `ValueError` for fewer than one week.
    """
    if weeks is not None and weeks < 1:
        raise ValueError(f"a window has one week or more, not {weeks}")
    last = as_of - timedelta(days=1)
    if weeks is None or weeks * _DAYS_OF_A_WEEK > last.toordinal():
        return Window(None, date.min, last)
    return Window(weeks, as_of - timedelta(days=weeks * _DAYS_OF_A_WEEK), last)


def before(this: Window) -> Window:
    """The window of the same length that ends where this one begins; raises `ValueError` for all history."""
    if this.weeks is None:
        raise ValueError("there is nothing before all history")
    return window(this.first, this.weeks)


def widening(as_of: date, weeks: int | None = DEFAULT_WEEKS) -> Iterator[Window]:
    """The window asked for, then the wider ones, then all history."""
    yield window(as_of, weeks)
    if weeks is not None:
        yield from (window(as_of, wider) for wider in WIDER if wider > weeks)
        yield window(as_of, None)


def closing_limit(step: Step) -> int:
    """The calendar days after which a visit to this step is over, whatever happens.

    The decision is due, the question and the escalation take their days, and all the waiting that the step
    allows may be used; working days are counted as five in a week, holidays left aside.
    """
    working = step.decision_due_after + step.when_due.close_after + step.waiting.days * step.waiting.times
    return ceil(working * _DAYS_OF_A_WEEK / _WORKING_DAYS_OF_A_WEEK)


@dataclass(frozen=True, slots=True)
class Risk:
    """What one step's visits did in a window, by age in days.

    Three arrays of equal length, place *a* for age *a*: how many were `at_risk` on the day they reached it
    (exits of that day still within), how many of them advanced (or were won), how many left otherwise.
    """

    at_risk: Floats
    advances: Floats
    others: Floats

    @property
    def exits(self) -> Floats:
        return self.advances + self.others

    def up_to(self, horizon: int) -> Risk:
        """The ages 0 to `horizon` alone."""
        ages = slice(0, horizon + 1)
        return Risk(self.at_risk[ages], self.advances[ages], self.others[ages])

    def __add__(self, other: Risk) -> Risk:
        return Risk(
            self.at_risk + other.at_risk,
            self.advances + other.advances,
            self.others + other.others,
        )


def risks(known: Known, within: Window, limits: Mapping[int, int]) -> dict[int, Risk]:
    """Who was at risk in each step, by age, on the days of the window.

    `limits` gives for each step's identity the oldest age to look at, in days; steps it lacks are left out.
    At risk at age *a* is a visit whose day `entered + a` lies in the window and that had not left before that
    day; an exit on the day itself counts. Inferred visits are left out. Works in one pass over the cells,
    whatever the number of steps; `known` need hold only visits that touch the window.
    """
    steps = sorted(limits)
    ages = max(limits.values(), default=0) + 1
    table = _tables(known, within, steps, ages)
    return {step: Risk(*(part[place] for part in table)).up_to(limits[step]) for place, step in enumerate(steps)}


def _tables(known: Known, within: Window, steps: Sequence[int], ages: int) -> tuple[Floats, Floats, Floats]:
    """At risk, advances and others: arrays of steps x ages."""
    begin, end = within.first.toordinal(), within.last.toordinal()
    touching = np.flatnonzero((known.age == NO_AGE) | (known.entered + known.age >= begin))
    entered, age, count = known.entered[touching], known.age[touching], known.count[touching]
    row = _rows(known.step[touching], steps)
    first = np.maximum(begin - entered, 0)
    left = np.where(age == NO_AGE, ages, age)
    final = np.minimum(np.minimum(end - entered, left), ages - 1)
    used = (row >= 0) & ~known.inferred[touching] & (final >= first)
    shape = (len(steps), ages + 1)
    start = row * (ages + 1)
    at_risk = _sums((start + first)[used], count[used], shape) - _sums(
        (start + final)[used] + 1, count[used], shape
    )
    exited = used & (left == final)
    advanced = exited & _IS_ADVANCE[known.exit[touching]]
    moved = _sums((start + final)[advanced], count[advanced], shape)
    everyone = _sums((start + final)[exited], count[exited], shape)
    return np.cumsum(at_risk, axis=1)[:, :ages], moved[:, :ages], (everyone - moved)[:, :ages]


def _sums(cell: Ints, count: Ints, shape: tuple[int, int]) -> Floats:
    """The counts added up by cell, cells numbered row by row."""
    return np.bincount(cell, weights=count, minlength=shape[0] * shape[1]).reshape(shape).astype(np.float64)


def _rows(step: Ints, steps: Sequence[int]) -> Ints:
    """The place of each cell's step among the sorted `steps`, -1 where it is not among them."""
    known = np.asarray(steps, dtype=np.int64)
    if not len(known):
        return np.full(len(step), -1, dtype=np.int64)
    place = np.minimum(np.searchsorted(known, step), len(known) - 1)
    return np.where(known[place] == step, place, -1)


@dataclass(frozen=True, slots=True)
class Tally:
    """Plain counts of the visits that entered a step in a window, as known.

    `entered = advanced + closed + open`; `inferred` visits are counted beside them. `advanced` includes won.
    """

    entered: int
    advanced: int
    closed: int
    open: int
    inferred: int


def tallies(known: Known, within: Window, steps: Sequence[int]) -> dict[int, Tally]:
    """The counts of each of these steps (by identity)."""
    ordered = sorted(steps)
    row = _rows(known.step, ordered)
    used = (row >= 0) & (known.entered >= within.first.toordinal()) & (known.entered <= within.last.toordinal())
    kinds = np.where(known.inferred, len(Exit), known.exit)[used]
    width = len(Exit) + 1
    cells = np.bincount(
        row[used] * width + kinds, weights=known.count[used], minlength=len(ordered) * width
    ).reshape(-1, width)
    return {step: _tally(cells[place]) for place, step in enumerate(ordered)}


def _tally(by_exit: Floats) -> Tally:
    counts = [int(count) for count in by_exit]
    advanced = counts[Exit.ADVANCED] + counts[Exit.WON]
    closed = counts[Exit.LOST] + counts[Exit.NO_DECISION] + counts[Exit.NOT_NOW]
    undecided, inferred = counts[Exit.UNDECIDED], counts[len(Exit)]
    return Tally(advanced + closed + undecided, advanced, closed, undecided, inferred)
