"""Which step needs attention most: where reaching a rate within reach wins most extra customers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from playbooks.funnel.conversion import Conversion
from playbooks.funnel.histogram import Floats
from playbooks.funnel.latin import draws_of, latin
from playbooks.funnel.slices import Spread, with_factor

NAMED_FROM = 0.7
"""A step is named when its probability of having the largest gain is at least this."""

WITHIN_REACH = 0.75
"""Without a target: the rate that this part of the reps stay below."""

_DRAWS = 2000
_GRID = 64


@dataclass(frozen=True, slots=True)
class Goal:
    """What a step could reach: the playbook's `target` (a share), or the spread between the reps."""

    target: float | None = None
    reps: Spread | None = None


@dataclass(frozen=True, slots=True)
class Gain:
    """Extra wins in the period from reaching the goal: the mean, and the probability of being the largest."""

    step: int
    wins: float
    largest: float


def gains(
    steps: Sequence[Conversion], arrivals: Sequence[float], goals: Mapping[int, Goal]
) -> tuple[Gain | None, ...]:
    """The gain of each step, in the order of the funnel; None for a step without a goal.

    `arrivals` are the visits that entered each step in the period. The extra wins are the arrivals times what is
    missing to the goal, times the conversions of the steps that follow. The uncertainty of all rates counts;
    the draws are always the same ones.
    """
    places = latin(2 * len(steps), _DRAWS)
    rates = np.stack([draws_of(step.belief, places[at]) for at, step in enumerate(steps)])
    onward = np.cumprod(rates[::-1], axis=0)[::-1]
    onward = np.concatenate([onward[1:], np.ones((1, _DRAWS))])
    rows: list[Floats | None] = []
    for at, step in enumerate(steps):
        reached = _reached(step, goals.get(step.step, Goal()), rates[at], places[len(steps) + at])
        extra = None if reached is None else np.maximum(reached - rates[at], 0.0)
        rows.append(None if extra is None else arrivals[at] * extra * onward[at])
    held = np.stack([row if row is not None else np.zeros(_DRAWS) for row in rows])
    largest = np.where(held.max(axis=0) > 0, held.argmax(axis=0), -1)
    return tuple(
        None if row is None else Gain(step.step, float(row.mean()), float((largest == at).mean()))
        for at, (step, row) in enumerate(zip(steps, rows, strict=True))
    )


def bottleneck(found: Sequence[Gain | None]) -> Gain | None:
    """The step that the data tell apart; None, the usual answer in a small team, when they tell none."""
    named = [gain for gain in found if gain is not None and gain.largest >= NAMED_FROM]
    return named[0] if named else None


def one_point_better(steps: Sequence[Conversion], arrivals: Sequence[float]) -> tuple[float, ...]:
    """Extra wins in the period if each step converted one point better. For who asks; never a ranking."""
    onward = np.cumprod([step.curve.conversion for step in reversed(steps)])[::-1]
    after = np.append(onward[1:], 1.0)
    return tuple(float(extra) for extra in np.asarray(arrivals) * 0.01 * after)


def _reached(step: Conversion, goal: Goal, rates: Floats, places: Floats) -> Floats | None:
    """The rate within reach, draw by draw."""
    if goal.target is not None:
        return np.full(_DRAWS, goal.target)
    if goal.reps is None or step.curve.conversion <= 0:
        return None
    factors = goal.reps.within_reach(WITHIN_REACH, places)
    grid = np.linspace(factors.min(), factors.max(), _GRID)
    lifted = np.interp(factors, grid, with_factor(step, grid)) / step.curve.conversion
    return np.minimum(rates * lifted, 1.0)
