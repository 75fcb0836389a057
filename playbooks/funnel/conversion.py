"""The conversion of a step within its horizon: from the risk tables of ever wider windows to one figure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from playbooks.funnel.curve import Curve, curve, effective_size
from playbooks.funnel.histogram import Known
from playbooks.funnel.ranges import Belief, belief
from playbooks.funnel.windows import DEFAULT_WEEKS, Risk, Tally, Window, risks, tallies, widening

FEWEST_AT_RISK = 10
"""The risk set holds at least so many at every age up to the horizon."""

FEWEST_EXITS = 10
"""With fewer exits there is too little to tell."""

MOST_UNRESOLVED = 0.05
"""A window that ends before the closing limit is wide enough when no larger share than this is unresolved."""

_BEYOND = 2
"""So many closing limits the ages reach that tell how the unresolved go on."""


@dataclass(frozen=True, slots=True)
class Conversion:
    """A step's conversion: which share advances within the horizon, and what is known beside it.

    `window` is the one it was estimated from, `widened` whether that is wider than asked. `curve` and `risk` end
    at the horizon. `onward` is the share of the unresolved that would still advance at the last observed hazard.
    """

    step: int
    window: Window
    widened: bool
    risk: Risk
    curve: Curve
    belief: Belief
    onward: float
    pace: tuple[float, float]
    """The last observed hazards: the daily chances of advancing and of leaving otherwise."""

    @property
    def horizon(self) -> int:
        """In days."""
        return self.curve.horizon

    @property
    def unresolved(self) -> float:
        return self.curve.unresolved

    @property
    def if_they_go_on(self) -> float:
        """The share that advances when the unresolved go on at the last observed hazards, without end."""
        return self.curve.conversion + self.unresolved * self.onward


@dataclass(frozen=True, slots=True)
class TooFew:
    """Too few exits to tell even in all history: only the counts are shown."""

    step: int
    tally: Tally


def conversions(
    known: Known, limits: Mapping[int, int], weeks: int | None = DEFAULT_WEEKS
) -> dict[int, Conversion | TooFew]:
    """The conversion of each step whose closing limit (days, by the step's identity) is given.

    `known` holds all history. Raises `ValueError` for a window of fewer than one week.
    """
    return conversions_as_needed(lambda _: known, known.as_of, limits, weeks)


def conversions_as_needed(
    load: Callable[[Window], Known],
    as_of: date,
    limits: Mapping[int, int],
    weeks: int | None = DEFAULT_WEEKS,
) -> dict[int, Conversion | TooFew]:
    """The same, asking for wider windows only where a narrower one is not enough.

    `load(window)` gives what was known as of the day, at least the visits that touch the window: those undecided
    or left on its first day or later. So the cost follows the window and not the history. The steps of the answer
    stand in the order of `limits`.
    """
    found: dict[int, Conversion | TooFew] = {}
    missing = dict(limits)
    for place, within in enumerate(widening(as_of, weeks)):
        known = load(within)
        tables = risks(known, within, {step: _BEYOND * limit + 1 for step, limit in missing.items()})
        for step, table in tables.items():
            risk = table.up_to(limits[step])
            if within.weeks is None:
                told = estimate(step, risk, within, beyond=table, widened=place > 0)
                found[step] = told or TooFew(step, tallies(known, within, (step,))[step])
            elif is_enough(risk) and (told := estimate(step, risk, within, beyond=table, widened=place > 0)):
                found[step] = told
        missing = {step: limit for step, limit in limits.items() if step not in found}
        if not missing:
            break
    return {step: found[step] for step in limits}


def reach(risk: Risk) -> int:
    """The last age up to which the risk set always holds enough; -1 when not even age 0 does."""
    thin = np.flatnonzero(risk.at_risk < FEWEST_AT_RISK)
    return int(thin[0]) - 1 if len(thin) else len(risk.at_risk) - 1


def is_enough(risk: Risk) -> bool:
    """Whether a window is wide enough for its step; `risk` goes up to the step's closing limit.

    The risk set must hold enough at every age, to the closing limit or until hardly anybody is left, and the
    exits must be enough to tell.
    """
    horizon = reach(risk)
    seen = risk.up_to(horizon)
    if horizon < 0 or seen.exits.sum() < FEWEST_EXITS:
        return False
    return horizon == len(risk.at_risk) - 1 or curve(seen).unresolved <= MOST_UNRESOLVED


def estimate(
    step: int, risk: Risk, within: Window, *, beyond: Risk | None = None, widened: bool = False
) -> Conversion | None:
    """The conversion from one risk table, as far as it reaches; None when its exits are too few to tell.

    `risk` goes up to the closing limit, `beyond` to older ages: they tell how the unresolved go on.
    """
    horizon = reach(risk)
    if horizon < 0 or risk.exits.sum() < FEWEST_EXITS:
        return None
    seen = risk.up_to(horizon)
    shape = curve(seen)
    moved, left = pace(beyond or risk)
    return Conversion(
        step=step,
        window=within,
        widened=widened,
        risk=seen,
        curve=shape,
        belief=belief(shape.conversion, effective_size(seen)),
        onward=moved / (moved + left) if moved + left > 0 else 0.0,
        pace=(moved, left),
    )


def pace(risk: Risk) -> tuple[float, float]:
    """The last observed hazards of advancing and of leaving otherwise, per day.

    One day's hazard is mostly zero or a fluke, so it is taken over the oldest ages that together hold enough
    exits to tell (all ages, when there are fewer), past the horizon as well: few exits among many who stay on and
    on is what those ages have to tell.
    """
    backward = np.cumsum(risk.exits[::-1])
    enough = np.flatnonzero(backward >= FEWEST_EXITS)
    first = len(backward) - 1 - int(enough[0]) if len(enough) else 0
    days = max(float(risk.at_risk[first:].sum()), 1.0)
    return float(risk.advances[first:].sum()) / days, float(risk.others[first:].sum()) / days


def told(found: Iterable[Conversion | TooFew]) -> tuple[Conversion, ...] | None:
    """All of them as conversions; None when one has too few to tell."""
    steps = tuple(each for each in found)
    conversions = tuple(each for each in steps if isinstance(each, Conversion))
    return conversions if len(conversions) == len(steps) else None
