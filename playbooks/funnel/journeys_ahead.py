"""What may still become of prospects: the chance to be won within so many days, from any step and age.

Everything is done for several equally likely `Rates` at once, so that the uncertainty of the conversions is
shared by all prospects and all weeks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np

from playbooks.funnel.conversion import Conversion
from playbooks.funnel.convolution import convolved
from playbooks.funnel.histogram import Floats, Ints
from playbooks.funnel.latin import draws_of, latin

DRAWS = 48
_NEARLY_ONE = 1.0 - 1e-9


@dataclass(frozen=True, slots=True)
class Pipeline:
    """The undecided prospects of today, by step (its place in the funnel) and age today; `count` of each."""

    place: Ints
    age: Ints
    count: Floats


@dataclass(frozen=True, slots=True)
class Rates:
    """The daily chances in each step, by draw and age: lists over the steps of arrays draws x ages.

    The arrays hold the ages 0 to the step's horizon, and one more place for every later day: zero when nothing is
    to be extrapolated, else the last observed hazards.
    """

    moved: tuple[Floats, ...]
    left: tuple[Floats, ...]

    @classmethod
    def drawn(cls, steps: Sequence[Conversion], *, go_on: bool, draws: int = DRAWS) -> Self:
        """Equally likely rates: each step's conversion takes every part of its Beta once; the timing stays.

        `go_on`: the unresolved leave at the last observed hazards; else they never leave.
        """
        places = latin(len(steps), draws)
        pairs = [_drawn(step, draws_of(step.belief, places[at]), go_on=go_on) for at, step in enumerate(steps)]
        return cls(tuple(moved for moved, _ in pairs), tuple(left for _, left in pairs))

    @classmethod
    def estimated(cls, steps: Sequence[Conversion], *, go_on: bool) -> Self:
        """The estimates themselves, as a single draw."""
        pairs = [_drawn(step, np.array([step.curve.conversion]), go_on=go_on) for step in steps]
        return cls(tuple(moved for moved, _ in pairs), tuple(left for _, left in pairs))

    def fresh(self, days: int) -> tuple[Floats, ...]:
        """For each step: the chance that who enters it is won within 1, 2, ..., `days` days, draws x days."""
        after = np.ones((self.moved[0].shape[0], days))
        ahead: list[Floats] = []
        for moved, left in zip(reversed(self.moved), reversed(self.left), strict=True):
            leaving = _advancing(moved, left, np.zeros(1, dtype=np.int64), days)[:, 0, :]
            after = np.clip(convolved(leaving, after)[:, :days], 0.0, 1.0)
            ahead.append(after)
        return tuple(reversed(ahead))

    def standing(self, pipeline: Pipeline, days: Sequence[int]) -> tuple[Floats, ...]:
        """For each number of days: the chance of each cell of the pipeline to be won by then, draws x cells."""
        farthest = max(days)
        fresh = (*self.fresh(farthest)[1:], np.ones((self.moved[0].shape[0], farthest)))
        won = tuple(np.zeros((self.moved[0].shape[0], len(pipeline.age))) for _ in days)
        for place, after in enumerate(fresh):
            here = np.flatnonzero(pipeline.place == place)
            ages, back = np.unique(pipeline.age[here], return_inverse=True)
            leaving = _advancing(self.moved[place], self.left[place], ages, farthest)
            for at, within in enumerate(days):
                by_age = np.matmul(leaving[:, :, :within], after[:, :within][:, ::-1, None])[..., 0]
                won[at][:, here] = np.clip(by_age, 0.0, 1.0)[:, back]
        return won


def _drawn(step: Conversion, shares: Floats, *, go_on: bool) -> tuple[Floats, Floats]:
    """The daily chances with which the step converts these shares, its timing and its unresolved unchanged."""
    shape = step.curve
    moves = shape.advancing if shape.conversion > 0 else shape.advancing + shape.leaving
    leaves = shape.leaving if shape.leaving.sum() > 0 else moves
    most = 1.0 - shape.unresolved
    moving = np.minimum(shares, most)[:, None] * (moves / max(moves.sum(), 1e-300))
    leaving = np.maximum(most - shares, 0.0)[:, None] * (leaves / max(leaves.sum(), 1e-300))
    there = np.maximum(1.0 - np.cumsum(moving + leaving, axis=1) + moving + leaving, 1e-12)
    pace = np.array(step.pace if go_on else (0.0, 0.0))
    after = np.broadcast_to(pace, (len(shares), 2))
    moved = np.concatenate([moving / there, after[:, :1]], axis=1)
    left = np.concatenate([leaving / there, after[:, 1:]], axis=1)
    over = np.maximum((moved + left) / _NEARLY_ONE, 1.0)
    return moved / over, left / over


def _advancing(moved: Floats, left: Floats, ages: Ints, days: int) -> Floats:
    """The chance to advance exactly 0, 1, ... days from now, at each of these ages now: draws x ages x days."""
    at = np.minimum(ages[:, None] + np.arange(days)[None, :], moved.shape[1] - 1)
    stays = np.log1p(-(moved + left))[:, at]
    chances: Floats = moved[:, at] * np.exp(np.cumsum(stays, axis=2) - stays)
    return chances


def pipeline(known_steps: Ints, ages: Ints, counts: Ints, funnel: Sequence[int]) -> Pipeline:
    """The pipeline of these undecided visits; those of steps that are not in the funnel are left out."""
    place_of = {step: place for place, step in enumerate(funnel)}
    steps = np.array([place_of.get(int(step), -1) for step in np.unique(known_steps)], dtype=np.int64)
    place = steps[np.searchsorted(np.unique(known_steps), known_steps)] if len(known_steps) else known_steps
    kept = place >= 0
    return Pipeline(place[kept], ages[kept], counts[kept].astype(np.float64))


def step_worth(steps: Sequence[Conversion]) -> tuple[float, ...]:
    """What each step is worth: the chance to win from the next step less that from this one.

    The unresolved go on. For the order of the daily message.
    """
    through = [step.if_they_go_on for step in steps]
    from_here = np.append(np.cumprod(through[::-1])[::-1], 1.0)
    return tuple(float(worth) for worth in from_here[1:] - from_here[:-1])
