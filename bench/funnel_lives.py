"""What became of the prospects of a bench: years of visits, as arrays."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np

from playbooks.funnel.histogram import NEVER, Ints
from playbooks.funnel.visits import Exit

TODAY: Final = date(2026, 3, 2)
"""A Monday; nothing is known of it yet."""
SOURCES: Final = ("fair", "website", "referral", "partner", "phone")
_DAYS_OF_A_YEAR: Final = 364
_RATES: Final = (0.35, 0.5, 0.65)
"""How many of a step's visits advance; the last one is of every step that follows."""
_PACES: Final = (9.0, 14.0, 7.0)
"""Mean days in a step."""
_LONGEST: Final = 90


@dataclass(frozen=True, slots=True)
class Size:
    """So many visits a year, for so many years, and the members who share them."""

    a_year: int
    years: int
    reps: int

    @property
    def visits(self) -> int:
        return self.a_year * self.years


@dataclass(frozen=True, slots=True)
class Lives:
    """What became of prospects: for each, the day it entered each step and the day it left (`NEVER`: not yet).

    `entered` and `left` are prospects x steps, `NEVER` where a step was not reached; `won` and `quiet` (closed
    without a decision) say how the last visit ended.
    """

    entered: Ints
    left: Ints
    reached: Ints
    advanced: Ints
    quiet: Ints
    rep: Ints
    source: Ints


def lives_of(random: np.random.Generator, size: Size, year: int, steps: int) -> Lives:
    """Those who began in one year, counted back from today."""
    rates = (*_RATES, *(_RATES[-1:] * steps))[:steps]
    paces = (*_PACES, *(_PACES[-1:] * steps))[:steps]
    count = int(size.a_year / np.cumprod((1.0, *rates[:-1])).sum())
    start = TODAY.toordinal() - _DAYS_OF_A_YEAR * (year + 1)
    entered, left = np.full((count, steps), NEVER), np.full((count, steps), NEVER)
    here, alive = np.sort(random.integers(start, start + _DAYS_OF_A_YEAR, count)), np.arange(count)
    advanced, reached = np.zeros(count, dtype=np.int64), np.zeros(count, dtype=np.int64)
    for at, (rate, pace) in enumerate(zip(rates, paces, strict=True)):
        reached[alive] = at + 1
        entered[alive, at] = here
        ended = here + np.minimum(random.geometric(1 / (pace + 1), len(alive)) - 1, _LONGEST)
        over = ended < TODAY.toordinal()
        left[alive[over], at] = ended[over]
        moved = over & (random.random(len(alive)) < rate)
        alive, here = alive[moved], ended[moved]
        advanced[alive] = at + 1
    quiet = (random.random(count) < 0.3).astype(np.int64)
    rep, source = random.integers(0, size.reps, count), random.integers(0, len(SOURCES), count)
    return Lives(entered, left, reached, advanced, quiet, rep, source)


def visits_of(lives: Lives) -> Ints:
    """Step (its place), entered, left, exit, rep (its place), source (its place): 6 x visits."""
    steps = lives.entered.shape[1]
    parts = []
    for at in range(steps):
        here = np.flatnonzero(lives.reached > at)
        left = lives.left[here, at]
        lost = np.where(lives.quiet[here] > 0, int(Exit.NO_DECISION), int(Exit.LOST))
        moved = int(Exit.WON) if at == steps - 1 else int(Exit.ADVANCED)
        how = np.where(left == NEVER, int(Exit.UNDECIDED), np.where(lives.advanced[here] > at, moved, lost))
        columns = (np.full(len(here), at), lives.entered[here, at], left, how, lives.rep[here], lives.source[here])
        parts.append(np.stack(columns))
    return np.concatenate(parts, axis=1)
